import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { context, sequence } from '../../../electron/pki/asn1/der-writer.ts';
import type { Identity, KeyPairCertificate } from '../../../electron/pki/identity.ts';
import { createCa } from '../../../electron/pki/issue/create-ca.ts';
import { createIdentity } from '../../../electron/pki/issue/create-identity.ts';
import { issueCertificate } from '../../../electron/pki/issue/issue-certificate.ts';
import { issueCrl } from '../../../electron/pki/issue/issue-crl.ts';
import { caExtension, extension, keyUsageExtension } from '../../../electron/pki/issue/write-extensions.ts';
import { generateKeyPair } from '../../../electron/pki/keys.ts';
import { OID } from '../../../electron/pki/oids.ts';
import { writePem } from '../../../electron/pki/pem.ts';
import { writePkcs12 } from '../../../electron/pki/pkcs12/write-pkcs12.ts';
import { craftContainer, enclose } from '../../fixtures/crafted-container.ts';
import { createDesk, type Desk, PASSPHRASE, USCC } from '../../fixtures/lexpost-command.ts';
import { verificationReport } from './verification-report.ts';

/**
 * A package whose only fault is its signer's certificate, for each fault: `package open` must say which one, in JSON, in the lines and in the page. Judged
 * on one day of the past, so that nothing depends on the clock.
 */
const AT = new Date('2026-06-01T12:00:00Z');
const days = (count: number): Date => new Date(AT.getTime() + count * 24 * 3600_000);

const root = createCa({ name: '试验根 CA', algorithm: 'p256', now: days(-700) });
const office = (issuer: KeyPairCertificate, now: Date, validDays = 365): Identity =>
  createIdentity({
    name: '安徽徽正律师事务所',
    officeType: 'law-firm',
    uscc: USCC.firm,
    region: '340100',
    algorithm: 'p256',
    issuer: { ...issuer, chain: issuer === root ? [] : [issuer.certificate] },
    now,
    validDays,
  });

/** A CA that may issue only below dc=elsewhere. */
function constrainedCa(): KeyPairCertificate {
  const { publicKey, privateKey } = generateKeyPair('p256');
  const elsewhere = context(4, createCa({ name: '别处', algorithm: 'p256', now: days(-1) }).certificate.subject);
  const permitted = extension(OID.nameConstraints, true, sequence(context(0, sequence(elsewhere))));
  const template = {
    subject: createCa({ name: '受限 CA', algorithm: 'p256', now: days(-1) }).certificate.subject,
    publicKey,
    notBefore: days(-600),
    notAfter: days(600),
    extensions: [caExtension(null), keyUsageExtension(['keyCertSign', 'cRLSign']), permitted],
  };
  return { certificate: issueCertificate(template, root), key: privateKey };
}

const good = office(root, days(-30));
const constrained = constrainedCa();

interface Fault {
  readonly signer: Identity;
  readonly issuer?: KeyPairCertificate;
  readonly revoked?: boolean;
  readonly says: {
    readonly exit: number;
    readonly verdict: readonly [indication: string, subIndication: string | null];
    /** In the lines and in the page alike. */
    readonly zh: string;
    readonly en: string;
  };
}

const FAULTS: Readonly<Record<string, Fault>> = {
  none: {
    signer: good,
    says: { exit: 0, verdict: ['TOTAL_PASSED', null], zh: '签名有效，截至', en: 'Signature valid as of' },
  },
  revoked: {
    signer: office(root, days(-30)),
    revoked: true,
    says: {
      exit: 4,
      verdict: ['INDETERMINATE', 'REVOKED_NO_POE'],
      zh: '证书已吊销，没有吊销前已签署的时间证明',
      en: 'the certificate is revoked, and nothing proves that it signed before',
    },
  },
  expired: {
    signer: office(root, days(-60), 30),
    says: {
      exit: 4,
      verdict: ['INDETERMINATE', 'OUT_OF_BOUNDS_NO_POE'],
      zh: '证书不在有效期内，没有在有效期内签署的时间证明',
      en: 'the certificate is outside its validity, and nothing proves that it signed within',
    },
  },
  'not yet valid': {
    signer: office(root, days(30)),
    says: {
      exit: 1,
      verdict: ['TOTAL_FAILED', 'NOT_YET_VALID'],
      zh: '签署时证书尚未生效',
      en: 'the certificate was not yet valid when it signed',
    },
  },
  'for encryption only': {
    signer: { ...good, signing: good.encryption },
    says: {
      exit: 4,
      verdict: ['INDETERMINATE', 'CHAIN_CONSTRAINTS_FAILURE'],
      zh: '这张证书不是用于签署文件的',
      en: 'this certificate is not for signing documents',
    },
  },
  'outside the names its CA may issue': {
    signer: office(constrained, days(-30)),
    issuer: constrained,
    says: {
      exit: 4,
      verdict: ['INDETERMINATE', 'CERTIFICATE_CHAIN_GENERAL_FAILURE'],
      zh: '证书违反了签发机构所设的限制',
      en: 'the certificate breaks a limit set by its issuers',
    },
  },
};
const names = Object.keys(FAULTS);
const fileOf = (name: string): string => name.replaceAll(' ', '-');

let desk: Desk;
beforeAll(async () => {
  desk = await createDesk();
  const recipient = office(root, days(-30));
  const entries = [recipient.signing, recipient.encryption];
  await writeFile(
    desk.path('me.p12'),
    writePkcs12({ entries, certificates: [], password: PASSPHRASE, iterations: 1000 }),
  );
  await writeFile(desk.path('root.pem'), writePem('CERTIFICATE', root.certificate.der));
  for (const [name, { signer, issuer = root, revoked = false }] of Object.entries(FAULTS)) {
    const recipients = [recipient.encryption.certificate, good.encryption.certificate];
    await writeFile(desk.path(`${fileOf(name)}.p7m`), enclose(craftContainer({ signer, recipients }), recipients));
    const { serial } = signer.signing.certificate;
    const entry = { serial, revokedAt: days(-10), reason: 1 as const };
    const times = { thisUpdate: days(-1), nextUpdate: days(6), number: 1 };
    const lists = [
      issueCrl({ ...times, revoked: revoked ? [entry] : [] }, issuer),
      ...(issuer === root ? [] : [issueCrl({ ...times, revoked: [] }, root)]),
    ];
    await writeFile(desk.path(`${fileOf(name)}.crl`), lists.map(({ der }) => writePem('X509 CRL', der)).join(''));
  }
}, 60_000);
afterAll(() => desk.remove());

const open = (name: string, ...more: string[]): string[] => {
  const key = ['--key', 'me.p12', '--passphrase-file', 'pw'];
  const trust = ['--trust', 'root.pem', '--crl', `${fileOf(name)}.crl`, '--at', AT.toISOString()];
  return ['package', 'open', `${fileOf(name)}.p7m`, ...key, ...trust, ...more];
};

describe.each(names)('package open where the signer’s fault is: %s', (name) => {
  const says = FAULTS[name]?.says;

  test('another sub-indication, exit status or signer is reported to machines', async () => {
    const { exit, document } = await desk.json(...open(name));
    const report = verificationReport.parse(document);
    expect([exit, report.indication, report.subIndication]).toEqual([says?.exit, ...(says?.verdict ?? [])]);
    expect(report.signers.map(({ indication, subIndication }) => [indication, subIndication])).toEqual([says?.verdict]);
  });

  test.each(['zh-CN', 'en'] as const)('another reason is given to people (%s)', async (language) => {
    const page = `${fileOf(name)}-${language}.html`;
    const { stdout } = await desk.run(...open(name, '--lang', language, '--report', page, '--detailed'));
    const words = says?.[language === 'en' ? 'en' : 'zh'] ?? '';
    expect(stdout.split('\n')[0]).toContain(words);
    const html = await readFile(desk.path(page), 'utf8');
    expect(/<h2 id="verdict">(?<headline>.*?)<\/h2>/.exec(html)?.groups?.['headline']).toContain(words);
    const verdict = says?.verdict.filter((one) => one !== null).join(' / ') ?? '';
    expect(html).toContain(verdict);
    expect(stdout).toContain(verdict.replace(' / ', ' '));
  });
});

test('two faults of a signer share a sub-indication', () => {
  const all = names.map((name) => FAULTS[name]?.says.verdict[1]);
  expect(new Set(all).size).toBe(names.length);
});

test('a report replaces a file that is there', async () => {
  await writeFile(desk.path('kept.html'), 'mine');
  const { exit, document } = await desk.json(...open('none', '--report', 'kept.html'));
  expect([exit, document['code']]).toEqual([5, 'FILE_EXISTS']);
  expect(await readFile(desk.path('kept.html'), 'utf8')).toBe('mine');
});
