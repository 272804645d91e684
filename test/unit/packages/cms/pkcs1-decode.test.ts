import { describe, expect, test } from 'vitest';
import { decodePkcs1Key } from '../../../../electron/packages/cms/pkcs1-decode.ts';

const key = Buffer.alloc(32, 0x11);
const fallback = Buffer.alloc(32, 0x77);
const good = Buffer.concat([Buffer.from([0, 2]), Buffer.alloc(256 - 35, 0xaa), Buffer.from([0]), key]);

const altered = (at: number, byte: number) => {
  const bytes = Buffer.from(good);
  bytes[at] = byte;
  return bytes;
};

describe('decodePkcs1Key', () => {
  test('gives the key of a right encoding', () => {
    expect(decodePkcs1Key(good, fallback).equals(key)).toBe(true);
  });

  test.each([
    ['first byte', altered(0, 1)],
    ['block type', altered(1, 1)],
    ['no separator', altered(256 - 33, 0xaa)],
    ['a zero in the padding: another length of key', altered(100, 0)],
    ['a zero in the first padding byte', altered(2, 0)],
    ['shorter than padding and key', good.subarray(0, 40)],
  ])('%s: the fallback, and no sign that anything was wrong', (_title, encoded) => {
    expect(decodePkcs1Key(encoded, fallback).equals(fallback)).toBe(true);
  });
});
