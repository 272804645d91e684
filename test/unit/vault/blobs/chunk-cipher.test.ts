import { describe, expect, test } from 'vitest';
import {
  CHUNK,
  chunkCount,
  chunkPosition,
  openChunk,
  sealChunk,
  sealedSize,
} from '../../../../electron/vault/blobs/chunk-cipher.ts';

const key = Buffer.alloc(32, 9);
const sealed = (index: number, final: boolean, text = 'text') =>
  Buffer.concat(sealChunk(key, index, final, Buffer.from(text)));
const refused = expect.objectContaining({ code: 'BLOB_TAMPERED' });

describe('a sealed chunk', () => {
  test('opens at its own place only', () => {
    expect(openChunk(key, 3, false, sealed(3, false))).toEqual(Buffer.from('text'));
    expect(() => openChunk(key, 4, false, sealed(3, false))).toThrow(refused);
    expect(() => openChunk(key, 3, true, sealed(3, false))).toThrow(refused);
    expect(() => openChunk(key, 3, false, sealed(3, true))).toThrow(refused);
    expect(() => openChunk(Buffer.alloc(32), 3, false, sealed(3, false))).toThrow(refused);
  });

  test('is refused with any bit changed, cut anywhere, or extended', () => {
    const whole = sealed(0, true);
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const changed = Buffer.from(whole);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openChunk(key, 0, true, changed)).toThrow(refused);
    }
    for (let length = 0; length < whole.length; length++) {
      expect(() => openChunk(key, 0, true, whole.subarray(0, length))).toThrow(refused);
    }
    expect(() => openChunk(key, 0, true, Buffer.concat([whole, Buffer.alloc(1)]))).toThrow(refused);
  });

  test('counters above 2^32 stay apart', () => {
    expect(() => openChunk(key, 2 ** 32, false, sealed(0, false))).toThrow(refused);
  });
});

describe('sizes', () => {
  test.each([
    [0, 1, 8 + 16],
    [1, 1, 8 + 1 + 16],
    [CHUNK, 1, 8 + CHUNK + 16],
    [CHUNK + 1, 2, 8 + CHUNK + 1 + 32],
    [3 * CHUNK, 3, 8 + 3 * CHUNK + 48],
  ])('a content of %d bytes has %d chunks and a file of %d bytes', (size, chunks, file) => {
    expect(chunkCount(size)).toBe(chunks);
    expect(sealedSize(size)).toBe(file);
  });

  test('chunks lie one after the other', () => {
    expect(chunkPosition(2) - chunkPosition(1)).toBe(CHUNK + 16);
  });
});
