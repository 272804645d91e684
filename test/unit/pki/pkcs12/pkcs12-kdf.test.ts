import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Digest } from '../../../../electron/pki/pkcs12/algorithm-identifier.ts';
import { bmpPassword } from '../../../../electron/pki/pkcs12/password-forms.ts';
import { derivePkcs12Key, PURPOSE } from '../../../../electron/pki/pkcs12/pkcs12-kdf.ts';

const derive = (
  digest: Digest,
  password: string,
  salt: string,
  iterations: number,
  purpose: 1 | 2 | 3,
  length: number,
) =>
  derivePkcs12Key({
    digest,
    purpose,
    password: bmpPassword(password),
    salt: Buffer.from(salt, 'hex'),
    iterations,
    length,
  }).toString('hex');

describe('derivePkcs12Key', () => {
  // OpenSSL, test/recipes/30-test_evp_data/evpkdf_pkcs12.txt
  test.each([
    ['smeg', '0a58cf64530d823f', 1, PURPOSE.encryptionKey, 24, '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3'],
    ['smeg', '0a58cf64530d823f', 1, PURPOSE.initializationVector, 8, '79993dfe048d3b76'],
    ['queeg', '05dec959acff72f7', 1000, PURPOSE.encryptionKey, 24, 'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4'],
    ['queeg', '263216fcc2fab31c', 1000, PURPOSE.macKey, 20, '5ec4c7a80df652294c3925b6489a7ab857c83476'],
  ] as const)(
    'a wrong purpose, carry or iteration: %s/%s/%i/%i',
    (password, salt, iterations, purpose, length, key) => {
      expect(derive('sha1', password, salt, iterations, purpose, length)).toBe(key);
    },
  );

  // SHA-256 of what `openssl kdf PKCS12KDF` prints
  test.each([
    ['sha1', '0dee426294861a33ee2b003b8185699ddc1d98e5d887851bbff939a9becf1ac8'],
    ['sha224', '4efc3cfbd53164d050f180b903c33967b5c2a17eb76ef5cbd1026ea78f0bf574'],
    ['sha256', '19f4f89ee42a5eb0d448b96f61e0bc28ab2aba0833570397ab0d6b6282dbff8a'],
    ['sha384', 'af89c9951bc4c4600d94af6982a721002fd67346b22951f7c5961e3cc734febf'],
    ['sha512', '431199b4e69bfcd406214742086b35702ae1608dfb8892603b27bcefc1901cae'],
  ] as const)('a wrong block length for %s, or an output of several blocks that repeats', (digest, expected) => {
    const key = derive(digest, '密码 pass', '0102030405', 7, PURPOSE.encryptionKey, 150);
    expect(hash('sha256', key.toUpperCase())).toBe(expected);
  });

  test('an empty salt or password that is taken for a block of zeros', () => {
    const input = { digest: 'sha256', purpose: PURPOSE.macKey, iterations: 3, length: 32 } as const;
    const none = Buffer.alloc(0);
    const keys = [
      derivePkcs12Key({ ...input, salt: none, password: none }),
      derivePkcs12Key({ ...input, salt: Buffer.alloc(64), password: none }),
      derivePkcs12Key({ ...input, salt: none, password: Buffer.alloc(128) }),
    ];
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(3);
  });
});
