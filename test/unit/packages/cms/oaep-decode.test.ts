import {
  constants,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decodeOaep } from '../../../../electron/packages/cms/oaep-decode.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const label = Buffer.from('label');
const key = randomBytes(32);

/** What RSA gives back before its padding is taken off. */
function encoded(hash: string, message = key): Buffer {
  const ciphertext = publicEncrypt({ key: publicKey, oaepHash: hash, oaepLabel: label }, message);
  return raw(privateKey, ciphertext);
}

function raw(secret: KeyObject, ciphertext: Buffer): Buffer {
  return privateDecrypt({ key: secret, padding: constants.RSA_NO_PADDING }, ciphertext);
}

const decode = (bytes: Buffer, hash: string, length = 32, ownLabel = label) =>
  decodeOaep(bytes, { hashName: hash, mgfHash: hash, label: ownLabel, length });

describe('decodeOaep', () => {
  test.each(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'])('%s: gives what node:crypto encoded', (hash) => {
    expect(decode(encoded(hash), hash)?.equals(key)).toBe(true);
  });

  test('any bit turned, another label, hash or length: no key', () => {
    const good = encoded('sha256');
    for (let at = 0; at < good.length; at++) {
      const altered = Buffer.from(good);
      altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
      expect(decode(altered, 'sha256')).toBe(null);
    }
    expect(decode(good, 'sha256', 32, Buffer.alloc(0))).toBe(null);
    expect(decode(good, 'sha384')).toBe(null);
    expect(decode(good, 'sha256', 24)).toBe(null);
    expect(decode(good, 'sha256', 16)).toBe(null);
  });

  test('a first byte other than zero is refused', () => {
    const good = encoded('sha256');
    good[0] = 1;
    expect(decode(good, 'sha256')).toBe(null);
  });

  test('a modulus too small for hash and key is refused', () => {
    expect(decode(Buffer.alloc(128), 'sha512')).toBe(null);
  });
});
