import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bufferSource, readRange } from '../../../electron/files/bytes.ts';
import { signContent } from '../../../electron/packages/cms/build-signed-data.ts';
import { openPackage } from '../../../electron/packages/open-package.ts';
import { sealPackage } from '../../../electron/packages/seal-package.ts';
import { verifyContainer } from '../../../electron/packages/verify-container.ts';
import type { Certificate } from '../../../electron/pki/certificate.ts';
import type { KeyPairCertificate } from '../../../electron/pki/identity.ts';
import { createCa } from '../../../electron/pki/issue/create-ca.ts';
import { createPair } from '../../../electron/pki/issue/create-pair.ts';
import { writePem } from '../../../electron/pki/pem.ts';
import {
  openTokenModule,
  type TokenCertificate,
  type TokenModule,
  type TokenSession,
} from '../../../electron/pki/token/open-token.ts';
import { probeDecryption } from '../../../electron/pki/token/probe-decryption.ts';
import { memorySink, memoryTarget } from '../../fixtures/memory-bytes.ts';
import { actDraft, document, NOW } from '../../fixtures/package-material.ts';
import {
  buildShim,
  certifyInToken,
  createSoftTokens,
  PIN,
  SOFT_MODULE,
  type SoftTokens,
  TOKEN_TOOLS,
} from '../../fixtures/soft-token.ts';
import { hasTool, mustRun, run } from '../foreign-tool.ts';

/** Keys that were made in SoftHSM2 and never leave it; trouble by a shim around it. */

const ready = existsSync(SOFT_MODULE) && TOKEN_TOOLS.every(hasTool);

let folder: string;
let tokens: SoftTokens;
let shim: ReturnType<typeof buildShim>;
let ca: KeyPairCertificate;
const open: TokenModule[] = [];

const SIGNERS = [
  ['RSA-3072', '01'],
  ['P-256', '02'],
  ['P-384', '03'],
] as const;
const READERS = [
  ['P-256', '12'],
  ['P-384', '13'],
] as const;

beforeAll(() => {
  if (!ready) return;
  folder = mkdtempSync(join(tmpdir(), 'lexpost-token-'));
  tokens = createSoftTokens(folder);
  shim = buildShim(folder);
  ca = createCa({ name: '令牌测试根', algorithm: 'p256', now: new Date('2026-01-01T00:00:00Z') });
  const token = tokens.addToken('office');
  const second = tokens.addToken('second');
  const make = (where: typeof token, id: string, type: string, usage: 'sign' | 'decrypt' | 'derive') =>
    certifyInToken(where, ca, {
      id,
      type,
      usage,
      purpose: usage === 'sign' ? 'sign' : 'encrypt',
      subject: { commonName: `key ${id}` },
      now: new Date('2026-06-01T00:00:00Z'),
    });
  make(token, '01', 'rsa:3072', 'sign');
  make(token, '02', 'EC:prime256v1', 'sign');
  make(token, '03', 'EC:secp384r1', 'sign');
  make(token, '11', 'rsa:3072', 'decrypt');
  make(token, '12', 'EC:prime256v1', 'derive');
  make(token, '13', 'EC:secp384r1', 'derive');
  make(second, '02', 'EC:prime256v1', 'sign');
  // A certificate whose key lies elsewhere
  const stray = createPair({
    purpose: 'sign',
    subject: { commonName: 'stray' },
    algorithm: 'p256',
    now: NOW,
    issuer: ca,
  });
  token.store('7f', 'stray', stray.certificate);
}, 120_000);
beforeEach(() => {
  for (const module of open.splice(0)) module.close();
  if (ready) shim.set('');
});
afterAll(() => {
  for (const module of open) module.close();
  if (ready) rmSync(folder, { recursive: true, force: true });
});

async function load(path = SOFT_MODULE, patience?: number): Promise<TokenModule> {
  const module = await openTokenModule({ module: path, ...(patience === undefined ? {} : { patience }) });
  open.push(module);
  return module;
}

async function tokenOf(module: TokenModule, label = 'office') {
  const token = (await module.listTokens()).find((one) => one.label === label);
  if (token === undefined) throw new Error(`no token ${label}`);
  return token;
}

async function logIn(path = SOFT_MODULE, patience?: number, label = 'office'): Promise<TokenSession> {
  const module = await load(path, patience);
  return module.logIn(await tokenOf(module, label), Buffer.from(PIN));
}

function entry(session: TokenSession, id: string): TokenCertificate {
  const found = session.certificates.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no certificate ${id}`);
  return found;
}

async function sealWith(session: TokenSession, signerId: string, recipients: readonly Certificate[]): Promise<Buffer> {
  const signer = entry(session, signerId);
  const sink = memorySink();
  const draft = actDraft({ signing: { certificate: signer.certificate } } as never, recipients);
  await sealPackage({
    draft,
    documents: [document('起诉意见书.txt', Buffer.from('令牌签名'))],
    signer: { certificate: signer.certificate, key: session.signingKey(signer), chain: [] },
    recipients,
    sink,
    now: NOW,
  });
  return sink.bytes();
}

const refused = (code: string) => expect.objectContaining({ code });
const signOnce = (session: TokenSession, id = '02') =>
  session.signingKey(entry(session, id)).sign({ scheme: 'ecdsa', digest: 'sha256' }, Buffer.from('words'));

describe.skipIf(!ready)('a key in a token', () => {
  test.each(SIGNERS)('%s signs packages that LexPost and OpenSSL verify', async (_name, id) => {
    const session = await logIn();
    const reader = createPair({ purpose: 'encrypt', subject: { commonName: 'r' }, algorithm: 'p256', now: NOW });
    const sealed = await sealWith(session, id, [reader.certificate]);
    const opened = await openPackage({
      source: bufferSource(sealed),
      keys: [reader],
      target: memoryTarget(),
      accept: 'exchange',
    });
    if (opened === null) throw new Error('not for the recipient');
    const trust = { anchors: [ca.certificate], crls: [], revocation: 'off' as const };
    const { indication } = await verifyContainer({ container: opened.container, opened, trust, at: NOW });
    expect(indication).toBe('TOTAL_PASSED');

    const zip = join(folder, `${id}.asice`);
    writeFileSync(zip, await readRange(opened.container, 0, opened.container.size));
    writeFileSync(join(folder, 'ca.pem'), writePem('CERTIFICATE', ca.certificate.der));
    const out = join(folder, `out-${id}`);
    mustRun('unzip', ['-q', '-o', zip, '-d', out]);
    const meta = (name: string): string => join(out, 'META-INF', name);
    const { status, text } = run('openssl', [
      ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', meta('signature001.p7s')],
      ...['-content', meta('ASiCManifest001.xml'), '-CAfile', join(folder, 'ca.pem'), '-purpose', 'any'],
      ...['-attime', String(NOW.getTime() / 1000), '-out', '/dev/null'],
    ]);
    expect(text).toContain('successful');
    expect(status).toBe(0);
  });

  test('signs by RSASSA-PSS, and through CKM_RSA_PKCS where the token cannot digest', async () => {
    const session = await logIn(shim.module);
    const signer = entry(session, '01');
    const common = { certificate: signer.certificate, key: session.signingKey(signer), chain: [], signingTime: NOW };
    const content = Buffer.from('manifest');
    // signContent itself refuses what does not verify under the certificate
    await signContent({ ...common, content, detached: true, pss: true });
    const digested = await signContent({ ...common, content, detached: true });
    shim.set('plain-rsa');
    const prepared = await signContent({ ...common, content, detached: true });
    expect(prepared.signature.equals(digested.signature)).toBe(true);
  });

  test.each(READERS)('%s opens what was sealed for its certificate', async (_name, id) => {
    const session = await logIn();
    const reader = entry(session, id);
    expect(await probeDecryption(reader.certificate, session.decryptionKey(reader))).toBe(true);
    const sealed = await sealWith(session, '02', [reader.certificate]);
    const key = { certificate: reader.certificate, key: session.decryptionKey(reader) };
    const opened = await openPackage({
      source: bufferSource(sealed),
      keys: [key],
      target: memoryTarget(),
      accept: 'exchange',
    });
    expect(opened?.openedAs).toBe(reader.certificate.sha256);
    const other = { ...key, certificate: entry(session, id === '12' ? '13' : '12').certificate };
    expect(
      await openPackage({ source: bufferSource(sealed), keys: [other], target: memoryTarget(), accept: 'exchange' }),
    ).toBeNull();
  });

  test('that decrypts RSAES-OAEP with SHA-256 is found able, and opens', async () => {
    shim.set('oaep');
    const session = await logIn(shim.module);
    const reader = entry(session, '11');
    const key = session.decryptionKey(reader);
    expect(await probeDecryption(reader.certificate, key)).toBe(true);
    const sealed = await sealWith(session, '02', [reader.certificate]);
    const keys = [{ certificate: reader.certificate, key }];
    const source = bufferSource(sealed);
    expect(await openPackage({ source, keys, target: memoryTarget(), accept: 'exchange' })).not.toBeNull();
    expect(await key.decryptOaep(Buffer.alloc(384, 1))).toBeNull();
  });

  test('that decrypts OAEP with SHA-1 alone is found unable before anything is sealed for it', async () => {
    const session = await logIn();
    const reader = entry(session, '11');
    expect(await probeDecryption(reader.certificate, session.decryptionKey(reader))).toBe(false);
  });

  test('cannot be taken out of it', () => {
    const list = ['--list-objects', '--type', 'privkey', '--login', '--pin', PIN];
    const { text } = mustRun('pkcs11-tool', ['--module', SOFT_MODULE, '--token-label', 'office', ...list]);
    const access = text.match(/Access:.*/g) ?? [];
    expect(access).toHaveLength(SIGNERS.length + READERS.length + 1);
    for (const line of access) expect(line).toContain('always sensitive, never extractable');
  });
});

describe.skipIf(!ready)('tokens', () => {
  test('in two slots are told apart by label and serial, each with certificates of its own', async () => {
    const module = await load();
    const all = (await module.listTokens()).filter(({ pin }) => pin !== 'none');
    expect(all.map(({ label }) => label).sort()).toEqual(['office', 'second']);
    expect(new Set(all.map(({ serial }) => serial)).size).toBe(2);
    const [office, second] = [await tokenOf(module), await tokenOf(module, 'second')];
    expect((await module.listCertificates(office)).map(({ id }) => id).sort()).toEqual([
      '01',
      '02',
      '03',
      '11',
      '12',
      '13',
      '7f',
    ]);
    expect((await module.listCertificates(second)).map(({ id }) => id)).toEqual(['02']);
  });

  test('sign with the key of the slot that was opened, not of another with the same id', async () => {
    const [first, second] = [await logIn(), await logIn(SOFT_MODULE, undefined, 'second')];
    for (const session of [first, second]) {
      const signer = entry(session, '02');
      const key = session.signingKey(signer);
      await signContent({
        certificate: signer.certificate,
        key,
        chain: [],
        signingTime: NOW,
        content: Buffer.from('x'),
        detached: true,
      });
    }
  });

  test('refuse a wrong PIN, and take the right one afterwards', async () => {
    const module = await load();
    const token = await tokenOf(module);
    const pin = Buffer.from('000000');
    await expect(module.logIn(token, pin)).rejects.toThrow(refused('TOKEN_PIN_WRONG'));
    expect(pin.equals(Buffer.alloc(6))).toBe(true);
    const session = await module.logIn(token, Buffer.from(PIN));
    await signOnce(session);
  });

  test('are not opened a second time by a login that nobody would check', async () => {
    const module = await load();
    const token = await tokenOf(module);
    await module.logIn(token, Buffer.from(PIN));
    await expect(module.logIn(token, Buffer.from('000000'))).rejects.toThrow(refused('TOKEN_IN_USE'));
  });

  test.each([
    ['a locked PIN', 'locked', 'TOKEN_PIN_LOCKED'],
    ['a locked PIN that the token shows by its flags', 'flag-locked', 'TOKEN_PIN_LOCKED'],
    ['an expired PIN', 'expired', 'TOKEN_PIN_LOCKED'],
    ['the last try, which a program must not spend', 'last-try', 'TOKEN_PIN_LAST_TRY'],
    ['somebody else’s login', 'busy', 'TOKEN_IN_USE'],
  ])('say what stands in the way: %s', async (_name, mode, code) => {
    const module = await load(shim.module);
    shim.set(mode);
    await expect(module.logIn(await tokenOf(module), Buffer.from(PIN))).rejects.toThrow(refused(code));
    shim.set('');
    await signOnce(await module.logIn(await tokenOf(module), Buffer.from(PIN)));
  });

  test('that are not initialised are listed as such and take no PIN', async () => {
    const module = await load();
    const blank = (await module.listTokens()).find(({ pin }) => pin === 'none');
    if (blank === undefined) throw new Error('SoftHSM shows no blank slot');
    await expect(module.logIn(blank, Buffer.from(PIN))).rejects.toThrow(refused('TOKEN_UNINITIALISED'));
  });

  test('without the key of a certificate say so', async () => {
    const session = await logIn();
    await expect(signOnce(session, '7f')).rejects.toThrow(refused('TOKEN_KEY_MISSING'));
  });

  test.each([
    ['pulled out in the middle', 'removed', 'TOKEN_REMOVED'],
    ['broken', 'general', 'TOKEN_MODULE_FAILED'],
    ['write-protected', 'protected', 'TOKEN_WRITE_PROTECTED'],
  ])('%s fail the signature and nothing else', async (_name, mode, code) => {
    const session = await logIn(shim.module);
    shim.set(mode);
    await expect(signOnce(session)).rejects.toThrow(refused(code));
    await expect(sealWith(session, '02', [entry(session, '12').certificate])).rejects.toThrow(refused(code));
    shim.set('');
    await signOnce(session);
  });

  test('that were erased while plugged in take no PIN and are not found again', async () => {
    const own = mkdtempSync(join(tmpdir(), 'lexpost-token-'));
    const conf = process.env['SOFTHSM2_CONF'];
    try {
      const soft = createSoftTokens(own);
      soft.addToken('gone').generate('02', 'EC:prime256v1', 'sign');
      const module = await load();
      const token = await tokenOf(module, 'gone');
      soft.removeAll();
      await expect(module.logIn(token, Buffer.from(PIN))).rejects.toThrow(/^TOKEN_/);
      const fresh = await load();
      expect((await fresh.listTokens()).filter(({ label }) => label === 'gone')).toEqual([]);
    } finally {
      process.env['SOFTHSM2_CONF'] = conf;
      rmSync(own, { recursive: true, force: true });
    }
  });
});

describe.skipIf(!ready)('a module', () => {
  test.each([
    ['that is not there', () => join(folder, 'nothing.so'), 'TOKEN_MODULE_MISSING'],
    ['that is no library', () => join(folder, 'ca.pem'), 'TOKEN_MODULE_MISSING'],
    ['that is another library', () => 'libm.so.6', 'TOKEN_MODULE_MISSING'],
  ])('%s is refused', async (_name, path, code) => {
    writeFileSync(join(folder, 'ca.pem'), 'text');
    await expect(load(path())).rejects.toThrow(refused(code));
  });

  test('that crashes takes nothing with it: the call fails, and a new process works', async () => {
    const session = await logIn(shim.module);
    shim.set('crash');
    await expect(signOnce(session)).rejects.toThrow(refused('TOKEN_MODULE_FAILED'));
    shim.set('');
    await expect(signOnce(session)).rejects.toThrow(refused('TOKEN_MODULE_FAILED'));
    await signOnce(await logIn(shim.module));
  });

  test('that hangs is ended after its patience, while the office goes on', async () => {
    const session = await logIn(shim.module, 2000);
    shim.set('hang');
    let turns = 0;
    const timer = setInterval(() => turns++, 20);
    await expect(signOnce(session)).rejects.toThrow(refused('TOKEN_MODULE_FAILED'));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
    shim.set('');
    await signOnce(await logIn(shim.module));
  });

  test('that returns a wrong signature is caught before anything is sealed', async () => {
    const session = await logIn(shim.module);
    shim.set('liar');
    await expect(sealWith(session, '01', [entry(session, '12').certificate])).rejects.toThrow(refused('KEY_MISSING'));
  });

  test('has no login left after closing', async () => {
    const session = await logIn();
    session.close();
    await expect(signOnce(session)).rejects.toThrow(refused('TOKEN_MODULE_FAILED'));
  });
});
