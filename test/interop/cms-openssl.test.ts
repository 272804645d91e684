import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/files/bytes.ts';
import { buildSignedData } from '../../electron/packages/cms/build-signed-data.ts';
import { verifyCms } from '../../electron/packages/cms/verify-cms.ts';
import { sealContent } from '../fixtures/cms-material.ts';
import { decryptToBuffer } from '../fixtures/decrypt-to-buffer.ts';
import { createCmsFiles, type PairOnDisk } from './cms-files.ts';
import { hasTool, mustRun, run } from './foreign-tool.ts';

const files = createCmsFiles();
afterAll(() => files.close());

const content = randomBytes(70_001);
const contentFile = files.file('content', content);
const ALGORITHMS = ['p256', 'p384', 'p521', 'rsa3072'] as const;
const each = ALGORITHMS.map((algorithm) => [algorithm] as const);

describe.skipIf(!hasTool('openssl'))('openssl cms -decrypt opens what we enveloped', () => {
  test.each(each)('%s, alone and among the others', (algorithm) => {
    const pair = files.pair(algorithm, 'encrypt');
    const everybody = ALGORITHMS.map((one) => files.pair(one, 'encrypt').certificate);
    for (const recipients of [[pair.certificate], everybody]) {
      const message = files.file(`ours-${algorithm}`, sealContent(content, recipients).message);
      const args = ['cms', '-decrypt', '-binary', '-inform', 'DER', '-in', message];
      const { stdout } = mustRun('openssl', [...args, '-recip', pair.certificateFile, '-inkey', pair.keyFile]);
      expect(stdout.equals(content)).toBe(true);
    }
  });
});

describe.skipIf(!hasTool('openssl'))('we open what openssl cms -encrypt wrote', () => {
  const rsa = files.pair('rsa3072', 'encrypt');
  const oaep = (...args: string[]) => ['-keyopt', 'rsa_padding_mode:oaep', ...args.flatMap((arg) => ['-keyopt', arg])];
  const encrypt = (pair: PairOnDisk, cipher: string, form: readonly string[], keyOptions: readonly string[]) =>
    mustRun('openssl', [
      ...['cms', '-encrypt', '-binary', `-${cipher}`, '-outform', 'DER', ...form],
      ...['-in', contentFile, '-recip', pair.certificateFile, ...keyOptions],
    ]).stdout;
  const ciphers = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'aes-128-gcm', 'aes-256-gcm'];
  const forms = [[], ['-stream'], ['-keyid'], ['-keyid', '-stream']];

  test.each(ciphers.flatMap((cipher) => forms.map((form) => [cipher, form.join(' '), form] as const)))(
    '%s %s, for every curve and for RSA with its hashes',
    async (cipher, _title, form) => {
      for (const algorithm of ['p256', 'p384', 'p521'] as const) {
        const pair = files.pair(algorithm, 'encrypt');
        const message = encrypt(pair, cipher, form, ['-keyopt', 'ecdh_kdf_md:sha256']);
        expect((await decryptToBuffer(message, [pair]))?.content.equals(content)).toBe(true);
      }
      const message = encrypt(rsa, cipher, form, oaep('rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256'));
      expect((await decryptToBuffer(message, [rsa]))?.content.equals(content)).toBe(true);
    },
  );

  test.each(['sha224', 'sha256', 'sha384', 'sha512'])(
    'ECDH with a KDF over %s, also as cofactor ECDH',
    async (hash) => {
      const pair = files.pair('p256', 'encrypt');
      for (const mode of ['ecdh_cofactor_mode:0', 'ecdh_cofactor_mode:1']) {
        const message = encrypt(pair, 'aes-256-cbc', [], ['-keyopt', `ecdh_kdf_md:${hash}`, '-keyopt', mode]);
        expect((await decryptToBuffer(message, [pair]))?.content.equals(content)).toBe(true);
      }
    },
  );

  const hashes = ['sha224', 'sha256', 'sha384', 'sha512'];
  test.each(hashes.flatMap((hash) => hashes.map((mgf) => [hash, mgf] as const)))(
    'OAEP with %s and MGF1 with %s, with a label too',
    async (hash, mgf) => {
      for (const label of [[], ['rsa_oaep_label:6c6578']]) {
        const message = encrypt(rsa, 'aes-256-gcm', [], oaep(`rsa_oaep_md:${hash}`, `rsa_mgf1_md:${mgf}`, ...label));
        expect((await decryptToBuffer(message, [rsa]))?.content.equals(content)).toBe(true);
      }
    },
  );

  test.each([
    ['PKCS #1 v1.5', 'aes-256-gcm', []],
    ['PKCS #1 v1.5 and Triple-DES', 'des-ede3-cbc', []],
    ['OAEP by its defaults, SHA-1', 'aes-256-gcm', oaep()],
    ['OAEP with SHA-256 and MGF1 with SHA-1', 'aes-256-cbc', oaep('rsa_oaep_md:sha256', 'rsa_mgf1_md:sha1')],
    ['Camellia', 'camellia-256-cbc', oaep('rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256')],
  ])('%s: only with the legacy switch', async (_title, cipher, keyOptions) => {
    const message = encrypt(rsa, cipher, [], keyOptions);
    await expect(decryptToBuffer(message, [rsa])).rejects.toMatchObject({ code: 'PACKAGE_ALGORITHM_REFUSED' });
    const opened = await decryptToBuffer(message, [rsa], { policy: { allowLegacy: true } });
    expect(opened?.content.equals(content)).toBe(true);
  });

  test('a message under a password is for nobody with a certificate', async () => {
    const password = ['-pwri_password', 'secret'];
    const args = ['cms', '-encrypt', '-binary', '-aes-256-cbc', '-outform', 'DER', '-in', contentFile, ...password];
    const { status, stdout } = run('openssl', args);
    expect(status).toBe(0);
    expect(await decryptToBuffer(stdout, [rsa])).toBe(null);
  });
});

describe.skipIf(!hasTool('openssl'))('openssl cms -verify -cades verifies what we signed', () => {
  test.each(ALGORITHMS.flatMap((one) => [[one, true] as const, [one, false] as const]))(
    '%s, detached: %s, and refuses another content',
    (algorithm, detached) => {
      const pair = files.pair(algorithm, 'sign');
      for (const pss of algorithm === 'rsa3072' ? [false, true] : [false]) {
        const { der } = buildSignedData({ ...pair, chain: [], content, detached, signingTime: new Date(), pss });
        const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', files.file('ours.p7s', der)];
        const trust = ['-CAfile', pair.certificateFile, '-purpose', 'any'];
        const verify = (about: string) => run('openssl', [...args, ...(detached ? ['-content', about] : []), ...trust]);
        expect(verify(contentFile)).toMatchObject({ status: 0, text: expect.stringContaining('successful') });
        if (detached) expect(verify(files.file('other', 'another')).status).not.toBe(0);
      }
    },
  );
});

describe.skipIf(!hasTool('openssl'))('we verify what openssl cms -sign wrote', () => {
  const verdict = (bytes: Buffer, pair: PairOnDisk, detached: boolean, about = content) =>
    verifyCms({
      bytes,
      content: detached ? bufferSource(about) : undefined,
      trust: { anchors: [pair.certificate], revocation: 'off' },
      at: new Date(),
    });
  /** Options of a key stand behind its signer. */
  const sign = ({ certificateFile, keyFile }: PairOnDisk, ...options: string[]) => {
    const signer = ['-signer', certificateFile, '-inkey', keyFile];
    return mustRun('openssl', ['cms', '-sign', '-binary', '-in', contentFile, ...signer, ...options]).stdout;
  };

  test.each([
    ['detached', ['-outform', 'DER'], true],
    ['detached, CAdES', ['-cades', '-outform', 'DER'], true],
    ['attached', ['-nodetach', '-outform', 'DER'], false],
    ['attached, streamed', ['-nodetach', '-stream', '-outform', 'DER'], false],
    ['attached, PEM', ['-nodetach', '-outform', 'PEM'], false],
    ['by key identifier', ['-keyid', '-outform', 'DER'], true],
    ['without signed attributes', ['-noattr', '-outform', 'DER'], true],
    ['with SHA-384', ['-md', 'sha384', '-outform', 'DER'], true],
    ['with SHA-512', ['-md', 'sha512', '-cades', '-outform', 'DER'], true],
  ])('%s, by every algorithm, and refuse another content', async (_title, args, detached) => {
    for (const algorithm of ALGORITHMS) {
      const pair = files.pair(algorithm, 'sign');
      const bytes = sign(pair, ...args);
      const { indication, signers } = await verdict(bytes, pair, detached);
      expect(indication).toBe('TOTAL_PASSED');
      expect(signers[0]?.signature.hasSignedAttributes).toBe(!args.includes('-noattr'));
      expect(signers[0]?.signature.signingCertificate).toBe(args.includes('-cades') ? 2 : null);
      expect((await verdict(bytes, pair, true, Buffer.from('another'))).indication).toBe('TOTAL_FAILED');
    }
  });

  test('RSASSA-PSS with each hash and salt', async () => {
    const pair = files.pair('rsa3072', 'sign');
    for (const hash of ['sha256', 'sha384', 'sha512']) {
      for (const salt of ['digest', 'max', '0']) {
        const options = ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', `rsa_pss_saltlen:${salt}`];
        const bytes = sign(pair, '-md', hash, '-outform', 'DER', ...options);
        expect((await verdict(bytes, pair, true)).indication).toBe('TOTAL_PASSED');
      }
    }
  });

  test('two signers, each on its own', async () => {
    const [first, second] = [files.pair('p256', 'sign'), files.pair('rsa3072', 'sign')];
    const bytes = sign(first, '-outform', 'DER', '-signer', second.certificateFile, '-inkey', second.keyFile);
    const both = await verifyCms({
      bytes,
      content: bufferSource(content),
      trust: { anchors: [first.certificate, second.certificate], revocation: 'off' },
      at: new Date(),
    });
    expect(both.signers.map(({ indication }) => indication)).toEqual(['TOTAL_PASSED', 'TOTAL_PASSED']);
    expect((await verdict(bytes, first, true)).indication).toBe('INDETERMINATE');
  });
});
