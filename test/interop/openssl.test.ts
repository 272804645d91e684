import { afterAll, describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/files/bytes.ts';
import { verifyCms } from '../../electron/packages/cms/verify-cms.ts';
import { decryptToBuffer } from '../fixtures/decrypt-to-buffer.ts';
import { flipBit } from '../fixtures/stored-zip.ts';
import { hasTool, mustRun, run } from './foreign-tool.ts';
import { createSamples, DOCUMENTS } from './sealed-samples.ts';

const samples = await createSamples();
afterAll(() => samples.close());

const each = samples.packages.map((sample) => [sample.name, sample] as const);
const openssl = (...args: string[]) => run('openssl', args);
const decrypt = (file: string, { key, certificate }: { readonly key: string; readonly certificate: string }) =>
  openssl('cms', '-decrypt', '-binary', '-inform', 'DER', '-in', file, '-inkey', key, '-recip', certificate);
const verify = (signature: string, content: string, anchor: string) =>
  openssl(
    ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', signature],
    ...['-content', content, '-CAfile', anchor, '-purpose', 'any'],
  );

describe.skipIf(!hasTool('openssl'))('OpenSSL reads what LexPost wrote', () => {
  test.each(each)('%s: every recipient opens the package and gets the container', (_name, sample) => {
    for (const pair of sample.recipients) {
      const { status, stdout } = decrypt(sample.packageFile, pair);
      expect(status).toBe(0);
      expect(stdout.equals(sample.container)).toBe(true);
    }
  });

  test.each(each)('%s: one bit of the content turned, and the package no longer opens', (name, sample) => {
    const file = samples.file(`${name}-bad.p7m`, flipBit(sample.package, -1000));
    for (const pair of sample.recipients) expect(decrypt(file, pair).status).not.toBe(0);
  });

  test.each(each)(
    '%s: the signature is CAdES over the manifest, by a certificate under the anchor',
    (_name, sample) => {
      const { status, text } = verify(sample.signatureFile, sample.manifestFile, samples.anchorFile);
      expect(text).toContain('Verification successful');
      expect(status).toBe(0);
    },
  );

  test.each(each)('%s: a manifest with one bit turned does not verify', (name, sample) => {
    const manifest = samples.file(`${name}-bad.xml`, flipBit(mustRun('cat', [sample.manifestFile]).stdout, 300));
    const { status, text } = verify(sample.signatureFile, manifest, samples.anchorFile);
    expect(text).not.toContain('Verification successful');
    expect(status).not.toBe(0);
  });

  test('a signature under another anchor does not verify', () => {
    const [sample] = samples.packages;
    const other = samples.pairFiles('other', samples.offices.p384.signing).certificate;
    expect(verify(sample?.signatureFile ?? '', sample?.manifestFile ?? '', other).status).not.toBe(0);
  });
});

describe.skipIf(!hasTool('openssl'))('LexPost opens what OpenSSL wrote', () => {
  const content = DOCUMENTS[1]?.content ?? Buffer.alloc(0);
  const contentFile = samples.file('content', content);
  const recipients = Object.entries(samples.offices).map(([name, { encryption }]) => ({
    ...encryption,
    file: samples.pairFiles(`for-${name}`, encryption).certificate,
  }));
  const oaep = ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256', '-keyopt', 'rsa_mgf1_md:sha256'];
  const sha256Kdf = ['-keyopt', 'ecdh_kdf_md:sha256'];
  const to = recipients.flatMap(({ file, key }) => [
    '-recip',
    file,
    ...(key.asymmetricKeyType === 'rsa' ? oaep : sha256Kdf),
  ]);

  test.each([
    ['AES-256-GCM, DER', ['-aes-256-gcm', '-outform', 'DER'], true],
    ['AES-256-GCM, BER as a stream', ['-aes-256-gcm', '-stream', '-outform', 'DER'], true],
    ['AES-128-GCM, subject key ids', ['-aes-128-gcm', '-keyid', '-outform', 'DER'], true],
    ['AES-256-CBC, DER', ['-aes-256-cbc', '-outform', 'DER'], false],
    ['AES-256-CBC, BER as a stream', ['-aes-256-cbc', '-stream', '-outform', 'DER'], false],
    ['AES-256-CBC, PEM', ['-aes-256-cbc', '-outform', 'PEM'], false],
  ] as const)('%s, for RSA-OAEP, P-256 and P-384', async (_title, args, authenticated) => {
    const message = mustRun('openssl', ['cms', '-encrypt', '-binary', ...args, '-in', contentFile, ...to]).stdout;
    for (const pair of recipients) {
      const opened = await decryptToBuffer(message, [pair]);
      expect(opened?.content.equals(content)).toBe(true);
      expect(opened?.authenticated).toBe(authenticated);
    }
  });

  test('with its own defaults, SHA-1 in OAEP and key derivation, only where legacy algorithms are allowed', async () => {
    const plain = recipients.flatMap(({ file, key }) => [
      ...['-recip', file],
      ...(key.asymmetricKeyType === 'rsa' ? ['-keyopt', 'rsa_padding_mode:oaep'] : []),
    ]);
    const args = ['cms', '-encrypt', '-binary', '-aes-256-gcm', '-outform', 'DER', '-in', contentFile, ...plain];
    const message = mustRun('openssl', args).stdout;
    for (const pair of recipients) {
      await expect(decryptToBuffer(message, [pair])).rejects.toMatchObject({ code: 'PACKAGE_ALGORITHM_REFUSED' });
      const opened = await decryptToBuffer(message, [pair], { policy: { allowLegacy: true } });
      expect(opened?.content.equals(content)).toBe(true);
    }
  });

  test('with a bit of the ciphertext turned it is refused', async () => {
    const args = ['cms', '-encrypt', '-binary', '-aes-256-gcm', '-outform', 'DER', '-in', contentFile, ...to];
    const message = mustRun('openssl', args).stdout;
    await expect(decryptToBuffer(bufferSource(flipBit(message, -5000)), recipients)).rejects.toMatchObject({
      code: 'PACKAGE_TAMPERED',
    });
  });
});

describe.skipIf(!hasTool('openssl'))('LexPost verifies what OpenSSL signed', () => {
  const content = DOCUMENTS[1]?.content ?? Buffer.alloc(0);
  const contentFile = samples.file('to-sign', content);
  const signers = Object.entries(samples.offices).map(([name, { signing }]) => [name, signing] as const);
  const forms = [
    ['attached, DER', ['-nodetach', '-outform', 'DER'], false],
    ['attached, BER as a stream', ['-nodetach', '-stream', '-outform', 'DER'], false],
    ['attached, PEM', ['-nodetach', '-outform', 'PEM'], false],
    ['detached, DER', ['-outform', 'DER'], true],
  ] as const;
  const sign = (name: string, signing: (typeof signers)[number][1], args: readonly string[]): Buffer => {
    const { certificate, key } = samples.pairFiles(`openssl-${name}`, signing);
    const signer = ['-signer', certificate, '-inkey', key];
    return mustRun('openssl', ['cms', '-sign', '-cades', '-binary', ...args, '-in', contentFile, ...signer]).stdout;
  };
  const verifyBytes = (bytes: Buffer, detached: boolean, signed: Buffer = content) =>
    verifyCms({
      bytes,
      content: detached ? bufferSource(signed) : undefined,
      trust: samples.trust,
      at: new Date(),
    });

  test.each(
    signers.flatMap(([name, pair]) =>
      forms.map(([title, args, detached]) => [name, title, pair, args, detached] as const),
    ),
  )('%s, %s', async (name, _title, pair, args, detached) => {
    const verdict = await verifyBytes(sign(name, pair, args), detached);
    expect(verdict).toMatchObject({ indication: 'TOTAL_PASSED', subIndication: null });
    expect(verdict.content === null || verdict.content.equals(content)).toBe(true);
  });

  test.each(signers)('%s: another content fails by its hash', async (name, pair) => {
    const verdict = await verifyBytes(sign(name, pair, ['-outform', 'DER']), true, flipBit(content, 7));
    expect(verdict).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' });
  });
});
