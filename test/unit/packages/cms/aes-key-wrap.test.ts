import { describe, expect, test } from 'vitest';
import { unwrapKey, wrapKey } from '../../../../electron/packages/cms/aes-key-wrap.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const KEK = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const KEY = '00112233445566778899aabbccddeeff0001020304050607';

describe('AES key wrap', () => {
  // RFC 3394, 4.1, 4.2, 4.3, 4.5 and 4.6
  test.each([
    [16, 16, '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5'],
    [24, 16, '96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d'],
    [32, 16, '64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7'],
    [32, 24, 'a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1'],
  ])('RFC 3394: KEK of %i bytes, key of %i', (kekLength, keyLength, wrapped) => {
    const kek = hex(KEK).subarray(0, kekLength);
    const key = hex(KEY).subarray(0, keyLength);
    expect(wrapKey(kek, key).toString('hex')).toBe(wrapped);
    expect(unwrapKey(kek, hex(wrapped))?.equals(key)).toBe(true);
  });

  test('one bit turned anywhere, or another KEK, gives no key', () => {
    const wrapped = wrapKey(hex(KEK), hex(KEY));
    for (let bit = 0; bit < wrapped.length * 8; bit++) {
      const altered = Buffer.from(wrapped);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(unwrapKey(hex(KEK), altered)).toBe(null);
    }
    expect(unwrapKey(hex(KEK).reverse(), wrapped)).toBe(null);
  });

  test.each([0, 8, 16, 23, 25])('%i bytes are no wrapped key', (length) => {
    expect(unwrapKey(hex(KEK), Buffer.alloc(length))).toBe(null);
  });

  test.each([0, 8, 20])('a key of %i bytes is not wrapped', (length) => {
    expect(() => wrapKey(hex(KEK), Buffer.alloc(length))).toThrow(RangeError);
  });
});
