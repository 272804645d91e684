import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { integer, nullValue, objectIdentifier, octetString, sequence } from '../../../electron/pki/asn1/der-writer.ts';
import { requireKeyAllowed } from '../../../electron/pki/key-policy.ts';
import { generateKeyPair, loadPrivateKey } from '../../../electron/pki/keys.ts';
import { OID } from '../../../electron/pki/oids.ts';
import { writePem } from '../../../electron/pki/pem.ts';

const passphrase = Buffer.from('密码 with spaces');
const { privateKey } = generateKeyPair('p256');
const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
const encrypted = privateKey.export({ format: 'der', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase });
const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('a private key', () => {
  test.each<[string, string | Buffer, Buffer | undefined]>([
    ['PKCS#8 DER', pkcs8, undefined],
    ['PKCS#8 PEM', writePem('PRIVATE KEY', pkcs8), undefined],
    ['SEC 1 PEM', privateKey.export({ format: 'pem', type: 'sec1' }), undefined],
    ['SEC 1 DER', privateKey.export({ format: 'der', type: 'sec1' }), undefined],
    ['encrypted PKCS#8 DER', encrypted, passphrase],
    ['encrypted PKCS#8 PEM', writePem('ENCRYPTED PRIVATE KEY', encrypted), passphrase],
    [
      'old encrypted PEM',
      privateKey.export({ format: 'pem', type: 'sec1', cipher: 'aes-128-cbc', passphrase }),
      passphrase,
    ],
    ['a plain one, whatever the passphrase', pkcs8, passphrase],
    ['after a certificate', `${writePem('CERTIFICATE', nullValue())}${writePem('PRIVATE KEY', pkcs8)}`, undefined],
  ])('%s is not read', (_, bytes, secret) => {
    expect(loadPrivateKey(Buffer.from(bytes), secret).equals(privateKey)).toBe(true);
  });

  test.each<[string, Buffer | string, Buffer | undefined, string]>([
    ['another passphrase', encrypted, Buffer.from('x'), 'KEY_PASSPHRASE_WRONG'],
    ['no passphrase', encrypted, undefined, 'KEY_PASSPHRASE_WRONG'],
    ['no key in it', writePem('CERTIFICATE', nullValue()), undefined, 'KEY_MISSING'],
    ['a public key', privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(0, 20), undefined, 'KEY_MALFORMED'],
    ['broken base64', '-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----', undefined, 'KEY_MALFORMED'],
    ['nothing', Buffer.alloc(0), undefined, 'KEY_MALFORMED'],
  ])('a file with %s gives a key, or another code', (_, bytes, secret, wanted) => {
    expect(() => loadPrivateKey(Buffer.from(bytes), secret)).toThrow(code(wanted));
  });
});

describe('derivations that would hang', () => {
  const scheme = (derivation: Buffer) =>
    sequence(
      sequence(objectIdentifier(OID.pbes2), sequence(derivation, sequence(objectIdentifier(OID.data)))),
      octetString(Buffer.alloc(32)),
    );
  const salt = octetString(Buffer.alloc(8));

  test.each<[string, Buffer]>([
    ['PBKDF2 of a billion rounds', sequence(objectIdentifier(OID.pbkdf2), sequence(salt, integer(1_000_000_000)))],
    [
      'scrypt of a gigabyte',
      sequence(objectIdentifier(OID.scrypt), sequence(salt, integer(2 ** 20), integer(8), integer(1))),
    ],
    [
      'scrypt a thousand times',
      sequence(objectIdentifier(OID.scrypt), sequence(salt, integer(2), integer(1), integer(1_000))),
    ],
    ['an unknown one', sequence(objectIdentifier('1.2.3'), sequence(salt, integer(1)))],
  ])('%s is tried', (_, derivation) => {
    expect(() => loadPrivateKey(scheme(derivation), passphrase)).toThrow(code('KEY_ALGORITHM_REFUSED'));
  });

  test('PBES1, which is DES, RC2 and MD5, is tried', () => {
    const pbes1 = sequence(
      sequence(objectIdentifier('1.2.840.113549.1.5.3'), sequence(salt, integer(1))),
      octetString(salt),
    );
    expect(() => loadPrivateKey(pbes1, passphrase)).toThrow(code('KEY_ALGORITHM_REFUSED'));
  });
});

describe('the algorithm policy', () => {
  const der = (key: KeyObject) => key.export({ format: 'der', type: 'pkcs8' });

  test.each(['p256', 'p384', 'p521', 'rsa3072', 'ed25519'] as const)('%s is refused', (algorithm) => {
    const { privateKey: key } = generateKeyPair(algorithm);
    expect(loadPrivateKey(der(key)).equals(key)).toBe(true);
  });

  test.each<[string, KeyObject]>([
    ['RSA of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey],
    ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey],
    ['X25519', generateKeyPairSync('x25519').privateKey],
  ])('%s is accepted', (_, key) => {
    expect(() => loadPrivateKey(der(key))).toThrow(code('KEY_ALGORITHM_REFUSED'));
  });

  test.each([2n ** 33n + 1n, 1n, 65_536n])('an RSA key with exponent %s is accepted', (exponent) => {
    const modulus = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }).n ?? '';
    const e = Buffer.from(exponent.toString(16).padStart(10, '0'), 'hex').toString('base64url');
    const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: modulus, e } });
    expect(() => requireKeyAllowed(key)).toThrow(code('KEY_ALGORITHM_REFUSED'));
  });

  test('weak RSA is refused although a person asks for it', () => {
    const key = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    expect(
      loadPrivateKey(der(key), undefined, { allowLegacy: true }).equals(
        createPrivateKey(key.export({ format: 'pem', type: 'pkcs8' })),
      ),
    ).toBe(true);
  });
});
