import { describe, expect, test } from 'vitest';
import { describePkcs12 } from '../../../../electron/pki/pkcs12/describe-pkcs12.ts';
import { readPkcs12 } from '../../../../electron/pki/pkcs12/read-pkcs12.ts';
import { writePkcs12 } from '../../../../electron/pki/pkcs12/write-pkcs12.ts';
import { entriesOf, FEW_ITERATIONS, makeIdentity } from '../../../fixtures/pkcs12-material.ts';

const { identity } = makeIdentity();
const [entry] = entriesOf(identity);

describe('writePkcs12', () => {
  test('fewer iterations than 600,000 where nobody asked for them', () => {
    const description = describePkcs12(writePkcs12({ entries: [], certificates: identity.chain, password: 'p' }), null);
    expect(description?.integrity.iterations).toBe(600_000);
    expect(description?.encryption).toMatchObject([{ iterations: 600_000, cipher: 'AES-256-CBC', digest: 'SHA-256' }]);
  });

  test('a password that readers take for different octets', () => {
    for (const password of ['', 'a\ud800']) {
      expect(() => writePkcs12({ entries: [], password, iterations: 1 })).toThrow(
        expect.objectContaining({ code: 'USAGE' }),
      );
    }
  });

  test('a salt or initialization vector that is used twice', () => {
    const sizes: number[] = [];
    let next = 0;
    const random = (size: number) => {
      sizes.push(size);
      return Buffer.alloc(size, ++next);
    };
    const entries = entriesOf(identity);
    const file = writePkcs12({ entries, password: 'p', iterations: FEW_ITERATIONS, random });
    // Salt and vector of the certificates and of each key, and the salt of the MAC
    expect(sizes).toEqual([16, 16, 16, 16, 16, 16, 16]);
    next = 0;
    expect(writePkcs12({ entries, password: 'p', iterations: FEW_ITERATIONS, random })).toEqual(file);
  });

  test('a key without certificate, or certificates without key', () => {
    const write = (certificate: typeof identity.signing.certificate | null) =>
      writePkcs12({ entries: [{ key: identity.signing.key, certificate }], password: 'p', iterations: FEW_ITERATIONS });
    expect(readPkcs12(write(null), 'p')?.entries).toMatchObject([{ certificate: null, localKeyId: null }]);
    const chainOnly = writePkcs12({
      entries: [],
      certificates: identity.chain,
      password: 'p',
      iterations: FEW_ITERATIONS,
    });
    expect(readPkcs12(chainOnly, 'p')).toMatchObject({ entries: [], certificates: [{ commonName: '测试根证书' }] });
  });

  test('a key in clear anywhere in the file', () => {
    const file = writePkcs12({
      entries: entry === undefined ? [] : [entry],
      password: 'p',
      iterations: FEW_ITERATIONS,
    });
    const secret = Buffer.from(identity.signing.key.export({ format: 'jwk' }).d ?? '', 'base64url');
    expect(secret).toHaveLength(32);
    expect(file.includes(secret)).toBe(false);
  });
});
