import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCertificate } from '../../../electron/pki/certificate.ts';
import type { KeyPairCertificate } from '../../../electron/pki/identity.ts';
import { createCa } from '../../../electron/pki/issue/create-ca.ts';
import { officeName } from '../../../electron/pki/issue/create-identity.ts';
import { writePem } from '../../../electron/pki/pem.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import type { Desk } from '../../fixtures/lexpost-command.ts';
import { sealArguments, USCC, writeRequestPapers } from '../../fixtures/lexpost-command.ts';
import { createOfficeDesk } from '../../fixtures/office-desk.ts';
import { certifyInToken, createSoftTokens, PIN, SOFT_MODULE, TOKEN_TOOLS } from '../../fixtures/soft-token.ts';
import { hasTool } from '../foreign-tool.ts';

const ready = existsSync(SOFT_MODULE) && TOKEN_TOOLS.every(hasTool);
let desk: Desk;
let root: KeyPairCertificate;

beforeAll(async () => {
  if (!ready) return;
  desk = await createOfficeDesk();
  root = createCa({ name: '令牌根', algorithm: 'p256', now: new Date(Date.now() - 1000) });
  await writeFile(desk.path('token-ca.pem'), writePem('CERTIFICATE', root.certificate.der));
  await writeFile(desk.path('pin'), `${PIN}\n`);
  await writeFile(desk.path('bad-pin'), '000000\n');
  await writeFile(desk.path('request.json'), JSON.stringify(FILE_REVIEW['submit']));
  const tokens = createSoftTokens(desk.folder);
  const token = tokens.addToken('lawyer');
  tokens.addToken('other');
  const subject = officeName({
    name: '安徽徽正律师事务所',
    officeType: 'law-firm',
    uscc: USCC.firm,
    region: '340100',
    person: '李四',
  });
  const make = (id: string, type: string, usage: 'sign' | 'derive' | 'decrypt', label: string) =>
    certifyInToken(token, root, {
      ...{ id, type, usage, label, subject, now: new Date() },
      purpose: usage === 'sign' ? 'sign' : 'encrypt',
    });
  make('01', 'rsa:3072', 'sign', 'signing');
  const reading = make('02', 'EC:secp384r1', 'derive', 'reading');
  make('03', 'rsa:3072', 'decrypt', 'rsa reading');
  await writeFile(desk.path('reading.pem'), writePem('CERTIFICATE', reading.der));
}, 120_000);
afterAll(async () => {
  if (ready) await desk.remove();
});

const flags = (...more: string[]) => ['--token', SOFT_MODULE, '--slot', 'lawyer', '--pin-file', 'pin', ...more];
const own = ['--vault', 'firm-vault', '--passphrase-file', 'pw'];
const sealBy = (out: string, ...signer: string[]) => {
  const argv = [...sealArguments(out)];
  const at = argv.indexOf('--signer');
  argv.splice(at, 2);
  return [...argv, ...signer];
};

describe.skipIf(!ready)('package seal and open', () => {
  test('sign by a token, open by a token, and verify', async () => {
    const sealed = await desk.json(...sealBy('a.p7m', ...flags('--label', 'signing', '--to', 'reading.pem')));
    expect(sealed).toMatchObject({ exit: 0, document: { ok: true, senderCanRead: true } });
    const open = ['package', 'open', 'a.p7m', '--trust', 'token-ca.pem', '--revocation', 'off'];
    const opened = await desk.json(...open, ...flags('--label', 'reading'));
    expect(opened).toMatchObject({ exit: 0, document: { indication: 'TOTAL_PASSED' } });
    const other = await desk.json(...open, ...flags('--label', 'rsa reading'));
    expect(other).toMatchObject({ exit: 3, document: { code: 'PACKAGE_NOT_FOR_ME' } });
    const software = await desk.json(...open, '--key', 'procuratorate.p12', '--passphrase-file', 'pw');
    expect(software).toMatchObject({ exit: 0, document: { indication: 'TOTAL_PASSED' } });
  });

  test.each([
    ['a wrong PIN', ['--token', SOFT_MODULE, '--slot', 'lawyer', '--pin-file', 'bad-pin'], 1, 'TOKEN_PIN_WRONG'],
    ['no such token', ['--token', SOFT_MODULE, '--slot', 'nobody', '--pin-file', 'pin'], 5, 'TOKEN_MISSING'],
    ['no such module', ['--token', '/nowhere.so', '--pin-file', 'pin'], 5, 'TOKEN_MODULE_MISSING'],
    ['several tokens and none named', ['--token', SOFT_MODULE, '--pin-file', 'pin'], 2, 'USAGE'],
    ['no such certificate', [...flags(), '--label', 'nothing'], 1, 'TOKEN_KEY_MISSING'],
    ['nobody named', [], 2, 'USAGE'],
  ])('%s writes no package and says why', async (_name, argv, exit, code) => {
    const result = await desk.json(...sealBy('never.p7m', ...argv));
    expect([result.exit, result.document['code']]).toEqual([exit, code]);
    expect(existsSync(desk.path('never.p7m'))).toBe(false);
  });

  test('never shows the PIN, in no output and no message', async () => {
    const { stdout, stderr } = await desk.run(
      ...sealBy('never.p7m', '--token', SOFT_MODULE, '--slot', 'lawyer', '--pin-file', 'bad-pin'),
    );
    expect(`${stdout}${stderr}`).not.toContain('000000');
  });
});

describe.skipIf(!ready)('a vault with a token', () => {
  test('lists what lies on it, signs with it and reads with it', async () => {
    const before = await desk.json('identity', 'list', ...own, '--token', SOFT_MODULE);
    expect(before.exit).toBe(0);
    const labels = (before.document['identities'] as { label: string | null; keeper: string }[])
      .filter(({ keeper }) => keeper === 'token')
      .map(({ label }) => label);
    expect(labels.sort()).toEqual(['reading', 'rsa reading', 'signing']);

    const use = ['identity', 'use-token', ...own, ...flags()];
    const signer = await desk.json(...use, '--label', 'signing', '--name', '李四');
    expect(signer).toMatchObject({ exit: 0, document: { person: { name: '李四' }, keeper: 'token' } });
    const unable = await desk.json(...use, '--reading', '--label', 'rsa reading');
    expect(unable).toMatchObject({ exit: 0, document: { adopted: false, keeper: 'vault' } });
    const able = await desk.json(...use, '--reading', '--label', 'reading');
    expect(able).toMatchObject({ exit: 0, document: { adopted: true, keeper: 'token' } });

    const bySoftware = ['--signing-passphrase-file', 'pw'];
    const [person] = (before.document['identities'] as { use: string; person: string }[]).filter(
      (one) => one.use === 'signing',
    );
    const card = await desk.json('office', 'card', ...own, ...bySoftware, '--person', person?.person ?? '');
    expect(card).toMatchObject({ exit: 0, document: { ok: true } });
    const exported = await desk.json('office', 'export', ...own, '--out', 'firm.card');
    const spoken = String(exported.document['fingerprint']);
    const theirs = ['--vault', 'office-vault', '--passphrase-file', 'pw'];
    const waiting = await desk.json('trust', 'import', ...theirs, 'token-ca.pem');
    expect(waiting).toMatchObject({ exit: 4, document: { anchors: [{ confirmed: false }] } });
    const groups = root.certificate.sha256.toUpperCase().match(/.{4}/g) ?? [];
    expect(await desk.json('trust', 'confirm', ...groups, ...theirs)).toMatchObject({ exit: 0 });
    expect(await desk.json('office', 'add', 'firm.card', ...theirs, '--fingerprint', spoken)).toMatchObject({
      exit: 0,
    });
    await desk.json('office', 'export', ...theirs, '--out', 'office.card');
    const card2 = await desk.json('office', 'import', 'office.card', ...own);
    const told = ['--fingerprint', String(card2.document['fingerprint'])];
    expect(await desk.json('office', 'confirm', USCC.procuratorate, ...own, ...told)).toMatchObject({ exit: 0 });

    const send = ['message', 'send', ...own, '--type', 'file-review', '--act', 'submit', '--to', USCC.procuratorate];
    const what = ['--form', 'request.json', '--person', '李四', ...(await writeRequestPapers(desk))];
    // Without the PIN of the token that reads, nothing that cannot be read again here is sent
    const locked = await desk.json(...send, ...what, '--pin-file', 'pin');
    expect(locked).toMatchObject({ exit: 5, document: { code: 'TOKEN_PIN_NEEDED' } });
    const sent = await desk.json(...send, ...what, '--pin-file', 'pin', '--token-pin-file', 'pin');
    expect(sent).toMatchObject({ exit: 0, document: { ok: true } });
    expect(await desk.json('sync', ...own, '--token-pin-file', 'pin')).toMatchObject({ document: { posted: 1 } });
    const there = await desk.json('sync', ...theirs, '--revocation', 'off');
    expect(there.document).toMatchObject({ received: { accepted: 1 } });
    await desk.json('sync', ...theirs, '--revocation', 'off');
    const without = await desk.json('sync', ...own);
    expect(without.document).toMatchObject({ received: { accepted: 0, rejected: 0 } });
    const withPin = await desk.json('sync', ...own, '--token-pin-file', 'pin');
    expect(Number((withPin.document['received'] as { accepted: number }).accepted)).toBeGreaterThan(0);
  }, 120_000);

  test('renews its keys and tells the ends of certificates', async () => {
    const renewed = await desk.json(
      'vault',
      'renew',
      'office-vault',
      '--passphrase-file',
      'pw',
      '--signing-passphrase-file',
      'pw',
    );
    expect(renewed).toMatchObject({ exit: 0, document: { renewed: [{ kind: 'encryption' }, { kind: 'receipt' }] } });
    const status = await desk.json('vault', 'status', 'office-vault', '--passphrase-file', 'pw');
    expect(status).toMatchObject({ exit: 0, document: { expiring: [] } });
  });

  test('takes authorities in, changes and removes them by their typed fingerprint', async () => {
    const der = (await readFile(desk.path('token-ca.pem'))).toString('utf8');
    const { sha256 } = parseCertificate(Buffer.from(der.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
    expect(sha256).toBe(root.certificate.sha256);
    const theirs = ['--vault', 'office-vault', '--passphrase-file', 'pw'];
    const changed = await desk.json(
      'trust',
      'change',
      sha256,
      ...theirs,
      '--scope',
      'timestamp',
      '--until',
      '2030-01-01',
    );
    expect(changed).toMatchObject({
      exit: 0,
      document: { anchor: { scopes: ['timestamp'], validUntil: '2030-01-01T00:00:00.000Z', confirmed: true } },
    });
    const wrong = await desk.json('trust', 'remove', sha256.replace(/^./, '0').replace(/.$/, '0'), ...theirs);
    expect(wrong).toMatchObject({ exit: 2, document: { code: 'ANCHOR_UNKNOWN' } });
    expect(await desk.json('trust', 'remove', sha256, ...theirs)).toMatchObject({ exit: 0 });
    const { document } = await desk.json('trust', 'list', ...theirs);
    expect((document['anchors'] as { sha256: string }[]).map((one) => one.sha256)).not.toContain(sha256);
  });
});
