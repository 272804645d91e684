import { describe, expect, test } from 'vitest';
import { deriveSubkey, isScryptCost } from '../../../../electron/vault/keys/kdf.ts';
import { unwrapKey, wrapKey } from '../../../../electron/vault/keys/key-wrap.ts';
import { passphraseBytes, withSecret } from '../../../../electron/vault/keys/secret.ts';
import { deriveVaultKeys, zeroVaultKeys } from '../../../../electron/vault/keys/vault-keys.ts';

const kek = Buffer.alloc(32, 1);
const key = Buffer.alloc(32, 2);

describe('a wrapped key', () => {
  test('comes back under the same key and purpose', () => {
    expect(unwrapKey(kek, wrapKey(kek, key, 'a'), 'a')).toEqual(key);
  });

  test('does not come back under another key, another purpose, or with any bit changed', () => {
    const wrapped = wrapKey(kek, key, 'a');
    expect(unwrapKey(Buffer.alloc(32, 3), wrapped, 'a')).toBeNull();
    expect(unwrapKey(kek, wrapped, 'b')).toBeNull();
    for (let at = 0; at < wrapped.length; at++) {
      const changed = Buffer.from(wrapped);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unwrapKey(kek, changed, 'a')).toBeNull();
    }
  });

  test('that is too short to be one is malformed, not wrong', () => {
    expect(() => unwrapKey(kek, Buffer.alloc(28), 'a')).toThrow(expect.objectContaining({ code: 'VAULT_CORRUPT' }));
  });
});

describe('derived keys', () => {
  test('secret, salt and label all count', () => {
    const secret = Buffer.alloc(22, 0x0b);
    const salt = Buffer.from('000102030405060708090a0b0c', 'hex');
    expect(deriveSubkey(secret, salt, 'a')).toHaveLength(32);
    expect(deriveSubkey(secret, salt, 'a')).not.toEqual(deriveSubkey(secret, salt, 'b'));
    expect(deriveSubkey(secret, salt, 'a')).not.toEqual(deriveSubkey(secret, Buffer.alloc(13), 'a'));
  });

  test('every purpose and every vault has its own', () => {
    const made = [
      ...Object.values(deriveVaultKeys(key, 'v1')),
      ...Object.values(deriveVaultKeys(key, 'v2')),
    ] as Buffer[];
    expect(new Set(made.map((each) => each.toString('hex'))).size).toBe(12);
  });

  test('nothing of them is left after zeroing', () => {
    const keys = deriveVaultKeys(key, 'v1');
    zeroVaultKeys(keys);
    expect((Object.values(keys) as Buffer[]).every((each) => each.equals(Buffer.alloc(32)))).toBe(true);
  });
});

describe('secrets', () => {
  test('composed and decomposed spellings of a passphrase are one', () => {
    expect(passphraseBytes('re\u0301sume\u0301')).toEqual(passphraseBytes('r\u00e9sum\u00e9'));
  });

  test('an empty passphrase is refused', () => {
    expect(() => passphraseBytes('')).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  test('are zeroed also where their use fails', async () => {
    const secret = Buffer.from('secret');
    await expect(withSecret(secret, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(secret).toEqual(Buffer.alloc(6));
  });

  test.each([
    { N: 2 ** 13, r: 8, p: 1 },
    { N: 2 ** 21, r: 8, p: 1 },
    { N: 2 ** 14 + 1, r: 8, p: 1 },
    { N: 2 ** 17, r: 1, p: 1 },
    { N: 2 ** 17, r: 1024, p: 1 },
    { N: 2 ** 17, r: 8, p: 1000 },
    { N: 0, r: 8, p: 1 },
    { N: -16384, r: 8, p: 1 },
  ])('a scrypt cost of %j is refused', (cost) => {
    expect(isScryptCost(cost)).toBe(false);
  });

  test.each([2 ** 14, 2 ** 17, 2 ** 20])('a scrypt cost of %d is accepted', (N) => {
    expect(isScryptCost({ N, r: 8, p: 1 })).toBe(true);
  });
});
