import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { objectIdentifier, sequence } from '../../../electron/pki/asn1/der-writer.ts';
import type { Identity } from '../../../electron/pki/identity.ts';
import { createIdentity } from '../../../electron/pki/issue/create-identity.ts';
import { certificateProfile } from '../../../electron/pki/issue/create-pair.ts';
import { issueCertificate } from '../../../electron/pki/issue/issue-certificate.ts';
import { extension, uriName } from '../../../electron/pki/issue/write-extensions.ts';
import { generateKeyPair } from '../../../electron/pki/keys.ts';
import { OID } from '../../../electron/pki/oids.ts';
import { addAnchors } from '../../../electron/usecases/add-trust.ts';
import { importIdentity } from '../../../electron/usecases/import-identity.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { setTrustNetwork } from '../../../electron/usecases/set-trust-network.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { listFetchedIssuers } from '../../../electron/usecases/trust/fetched-issuers.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { listNetworkAsks } from '../../../electron/vault/repositories/network-asks.ts';
import { listRejected } from '../../../electron/vault/repositories/rejected.ts';
import type { M } from '../../../shared/model/brand.ts';
import {
  createLab,
  introduce,
  type Lab,
  OFFICES,
  PASSPHRASE,
  type Party,
  send,
  toP12,
} from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { daysFrom, type Made, makeCa } from '../../fixtures/pki-material.ts';
import { startTrustServices, type TrustServices } from '../../fixtures/trust-services.ts';
import { hasTool } from '../../interop/foreign-tool.ts';

let trust: TrustServices;
let lab: Lab;
let firm: Party;
let lead: Party;
let m: M;
const now = new Date();
const life = { notBefore: daysFrom(-20, now), notAfter: daysFrom(300, now) };
const named = { countryName: 'CN', commonName: 'Sub CA' } as const;
let sub: Made;

/** A person below a CA that nobody sends along, whose certificate says where that CA's own is. */
function personBelow(issuer: Made): Identity {
  const { name, type: officeType, id: uscc, region } = OFFICES.firm;
  const plain = createIdentity({
    name,
    officeType,
    uscc,
    region,
    algorithm: 'p256',
    issuer: { ...issuer, chain: [] },
    now,
  });
  const { publicKey, privateKey } = generateKeyPair('p256');
  const profile = certificateProfile({ purpose: 'sign', now, validDays: 200, issuer }, publicKey);
  const access = sequence(objectIdentifier('1.3.6.1.5.5.7.48.2'), uriName(trust.url('/sub.cer')));
  const extensions = [...profile.extensions, extension(OID.authorityInfoAccess, false, sequence(access))];
  const template = { ...profile, extensions, subject: plain.signing.certificate.subject, publicKey };
  return { ...plain, signing: { certificate: issueCertificate(template, issuer), key: privateKey }, chain: [] };
}

const serve = ({ certificate }: Made): void => {
  trust.services.set('/sub.cer', () => ({ type: 'application/pkix-cert', body: certificate.der }));
};
const allow = (hosts = [trust.host]) => setTrustNetwork(lead.context, { hosts }, 'test');
const status = () => findMessage(lead.context.vault.read, m)?.status ?? null;
const kept = () => listFetchedIssuers(lead.context, lead.context.vault.read).map(({ sha256 }) => sha256);
/** What is fetched at the end of one sync is used by the next. */
const twice = async () => {
  await sync(lead.context);
  await sync(lead.context);
};

beforeAll(async () => {
  trust = await startTrustServices();
  sub = makeCa('Sub CA', { ...life, issuer: trust.root, subject: named });
});
afterAll(() => trust.close());

describe.skipIf(!hasTool('openssl'))('a person whose CA’s certificate nobody has sent', () => {
  beforeEach(async () => {
    trust.asked.length = 0;
    lab = createLab(now.toISOString());
    const lenient = { context: { revocation: 'off' } } as const;
    firm = await lab.addOffice(OFFICES.firm, lenient);
    lead = await lab.addOffice(OFFICES.procuratorate, lenient);
    addAnchors(lead.context, trust.root.certificate.der, 'test');
    const person = importIdentity(firm.context, { p12: toP12(personBelow(sub)), password: PASSPHRASE, iterations: 1 });
    await issueCard(firm.context, firm.credentials);
    await introduce(lab.share, [firm, lead]);
    const second = { ...firm, credentials: { person: person.id, passphrase: PASSPHRASE } };
    const target = { type: 'file-review', to: [lead.office.id] } as const;
    ({ m } = await send(second, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {} }));
    await sync(firm.context);
  });
  afterEach(() => lab.close());

  test('stays turned away although the certificate can be had where theirs says', async () => {
    serve(sub);
    allow();
    await sync(lead.context);
    expect(listRejected(lead.context.vault.read, 10, null).items.map(({ code }) => code)).toEqual([
      'SIGNER_NOT_TRUSTED',
    ]);
    expect(trust.asked).toEqual(['/sub.cer']);
    expect(kept()).toEqual([sub.certificate.sha256]);
    await sync(lead.context);
    expect(status()).toBe('accepted');
    await twice();
    expect(trust.asked).toEqual(['/sub.cer']);
  });

  test('makes somebody be asked whom the office did not allow', async () => {
    serve(sub);
    await twice();
    allow(['crl.example.cn']);
    await twice();
    expect([status(), trust.asked, kept()]).toEqual([null, [], []]);
    expect(listNetworkAsks(lead.context.vault.read)).toMatchObject([
      { url: trust.url('/sub.cer'), code: 'FETCH_REFUSED' },
    ]);
  });

  test.each([
    ['another CA of the same name', () => makeCa('Sub CA', { ...life, issuer: trust.root, subject: named })],
    [
      'the same key below a root that nobody trusts',
      () => makeCa('Sub CA', { ...life, issuer: makeCa('other root', life), subject: named, keys: sub.keys }),
    ],
    [
      'a certificate that has expired',
      () =>
        makeCa('Sub CA', {
          notBefore: life.notBefore,
          notAfter: daysFrom(-1, now),
          issuer: trust.root,
          subject: named,
          keys: sub.keys,
        }),
    ],
  ])('is vouched for, or room is taken, by %s', async (_, make) => {
    serve(make());
    allow();
    await twice();
    expect([status(), kept()]).toEqual([null, []]);
    expect(trust.asked).toContain('/sub.cer');
  });

  test('is vouched for by what is no certificate, or too large', async () => {
    allow();
    for (const body of [Buffer.from('<html>'), Buffer.alloc(70_000, 0x30)]) {
      trust.services.set('/sub.cer', () => ({ type: 'application/pkix-cert', body }));
      lab.later(2 * 3600_000);
      await twice();
    }
    expect([status(), kept()]).toEqual([null, []]);
  });
});
