import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { reportCheck as check, signerReport as signer } from '../../../shared/model/verification-report.ts';
import { createFurnishedDesk, type Desk } from '../../fixtures/lexpost-command.ts';
import { hasTool, mustRun } from '../../interop/foreign-tool.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await createFurnishedDesk();
}, 60_000);
afterAll(() => desk.remove());

/** OpenSSL as the other side: it writes, the command reads. */
describe.skipIf(!hasTool('openssl'))('with openssl as the writer', () => {
  const openssl = (...argv: string[]) => mustRun('openssl', argv, { cwd: desk.folder });

  beforeAll(async () => {
    await writeFile(desk.path('plain.txt'), 'bytes of another office\n');
    for (const name of ['firm', 'procuratorate', 'stranger']) {
      openssl('pkcs12', '-in', `${name}.p12`, '-passin', 'file:pw', '-nodes', '-out', `${name}.pem`);
      openssl('pkcs12', '-in', `${name}.p12`, '-passin', 'file:pw', '-nodes', '-nocerts', '-out', `${name}-keys.pem`);
    }
    const oaep = ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256'];
    const encrypt = ['cms', '-encrypt', '-binary', '-in', 'plain.txt', '-outform', 'DER'];
    openssl(...encrypt, '-aes-256-gcm', '-out', 'gcm.p7m', '-recip', 'procuratorate-encryption.pem', ...oaep);
    const ecdh = ['-keyopt', 'ecdh_kdf_md:sha256', '-aes256-wrap'];
    openssl(...encrypt, '-aes-256-cbc', '-stream', '-out', 'cbc.p7m', '-recip', 'firm-encryption.pem', ...ecdh);
    openssl(...encrypt, '-des3', '-out', 'des.p7m', '-recip', 'procuratorate-encryption.pem', ...oaep);
    const sign = [
      'cms',
      '-sign',
      '-binary',
      '-in',
      'plain.txt',
      '-signer',
      'firm-signing.pem',
      '-inkey',
      'firm-keys.pem',
      '-md',
      'sha256',
      '-cades',
    ];
    openssl(...sign, '-nodetach', '-outform', 'DER', '-out', 'attached.p7m');
    openssl(...sign, '-outform', 'PEM', '-out', 'detached.pem');
  });

  describe('cms decrypt', () => {
    const schema = z.strictObject({
      ok: z.literal(true),
      file: z.string(),
      size: z.literal(24),
      contentType: z.string(),
      encryption: z.string(),
      legacy: z.boolean(),
      authenticated: z.boolean(),
      recipient: z.looseObject({ sha256: z.string() }),
    });

    test.each([
      [
        'GCM to an RSA key in PKCS#12',
        'gcm.p7m',
        ['--key', 'procuratorate.p12', '--passphrase-file', 'pw'],
        'aes-256-gcm',
        true,
      ],
      [
        'GCM to an RSA key in PEM with its certificate beside it',
        'gcm.p7m',
        ['--key', 'procuratorate-keys.pem', '--cert', 'procuratorate-encryption.pem'],
        'aes-256-gcm',
        true,
      ],
      ['streamed CBC to an EC key in a PEM bundle', 'cbc.p7m', ['--key', 'firm.pem'], 'aes-256-cbc', false],
      [
        'DES where legacy algorithms are allowed',
        'des.p7m',
        ['--key', 'procuratorate.pem', '--allow-legacy'],
        'des-ede3-cbc',
        false,
      ],
    ])('reads %s', async (name, file, argv, encryption, authenticated) => {
      const out = `${name.replace(/\W+/g, '-')}.txt`;
      const { exit, document } = await desk.json('cms', 'decrypt', file, ...argv, '--out', out);
      expect(exit).toBe(0);
      expect(schema.parse(document)).toMatchObject({ file: out, encryption, authenticated });
      expect(await readFile(desk.path(out))).toEqual(await readFile(desk.path('plain.txt')));
    });

    test.each([
      ['a key that it is not for', 'gcm.p7m', ['--key', 'stranger.pem'], 3, 'PACKAGE_NOT_FOR_ME'],
      [
        'a legacy algorithm without the switch',
        'des.p7m',
        ['--key', 'procuratorate.pem'],
        1,
        'PACKAGE_ALGORITHM_REFUSED',
      ],
      ['a key without its certificate', 'gcm.p7m', ['--key', 'procuratorate-keys.pem'], 1, 'KEY_MISSING'],
      [
        'a certificate of another key',
        'gcm.p7m',
        ['--key', 'procuratorate-keys.pem', '--cert', 'firm-encryption.pem'],
        1,
        'KEY_MISSING',
      ],
      ['no key', 'gcm.p7m', [], 2, 'USAGE'],
      ['a missing file', 'none.p7m', ['--key', 'procuratorate.pem'], 5, 'FILE_NOT_FOUND'],
    ])('refuses %s and leaves no file', async (_name, file, argv, status, code) => {
      const { exit, document } = await desk.json('cms', 'decrypt', file, ...argv, '--out', 'refused.txt');
      expect([exit, document['code']]).toEqual([status, code]);
      expect(await readdir(desk.folder)).not.toContain('refused.txt');
    });

    test('leaves no plaintext behind when the tag is wrong', async () => {
      const bytes = await readFile(desk.path('gcm.p7m'));
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      await writeFile(desk.path('tampered.p7m'), bytes);
      const before = await readdir(desk.folder);
      const { exit, document } = await desk.json(
        'cms',
        'decrypt',
        'tampered.p7m',
        '--key',
        'procuratorate.pem',
        '--out',
        'no.txt',
      );
      expect([exit, document['code']]).toEqual([1, 'PACKAGE_TAMPERED']);
      expect(await readdir(desk.folder)).toEqual(before);
    });
  });

  describe('cms verify', () => {
    const schema = z.strictObject({
      ok: z.boolean(),
      code: z.string().optional(),
      indication: z.string(),
      subIndication: z.string().nullable(),
      validationTime: z.iso.datetime(),
      contentType: z.literal('data'),
      contentSize: z.number().nullable(),
      signers: z.array(signer),
      checks: z.array(check),
    });
    const trust = ['--trust', 'ca.pem', '--crl', 'ca.crl'];

    test.each([
      ['attached', ['attached.p7m', ...trust], 0, 'TOTAL_PASSED', null],
      ['detached', ['detached.pem', '--content', 'plain.txt', ...trust], 0, 'TOTAL_PASSED', null],
      [
        'detached over another content',
        ['detached.pem', '--content', 'form.json', ...trust],
        1,
        'TOTAL_FAILED',
        'HASH_FAILURE',
      ],
      ['detached without its content', ['detached.pem', ...trust], 4, 'INDETERMINATE', 'SIGNED_DATA_NOT_FOUND'],
      ['without revocation data', ['attached.p7m', '--trust', 'ca.pem'], 4, 'INDETERMINATE', 'TRY_LATER'],
      ['without a need for it', ['attached.p7m', '--trust', 'ca.pem', '--revocation', 'soft'], 0, 'TOTAL_PASSED', null],
      [
        'by a revoked signer',
        ['attached.p7m', '--trust', 'ca.pem', '--crl', 'revoked.crl'],
        4,
        'INDETERMINATE',
        'REVOKED_NO_POE',
      ],
    ])('judges a signature %s', async (_name, argv, status, indication, subIndication) => {
      const { exit, document } = await desk.json('cms', 'verify', ...argv);
      expect(exit).toBe(status);
      expect(schema.parse(document)).toMatchObject({ ok: status === 0, indication, subIndication });
    });

    test('ends with 1 for what is no signature and with 5 for a missing content', async () => {
      const none = await desk.json('cms', 'verify', 'form.json', ...trust);
      const missing = await desk.json('cms', 'verify', 'detached.pem', '--content', 'none.txt', ...trust);
      expect([none.exit, none.document['code']]).toEqual([1, 'SIGNATURE_MALFORMED']);
      expect([missing.exit, missing.document['code']]).toEqual([5, 'FILE_NOT_FOUND']);
    });
  });
});
