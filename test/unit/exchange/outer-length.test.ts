import { describe, expect, test } from 'vitest';
import { delayAfter, drawChance, POSTING, REPEATING } from '../../../electron/exchange/backoff.ts';
import { isMailboxName, randomMailboxName } from '../../../electron/exchange/mailbox-name.ts';
import { OUTER_HEADER, outerLength } from '../../../electron/exchange/outer-length.ts';

describe('outerLength', () => {
  test.each([
    ['short form', '3005', 7],
    ['one octet', '308180', 131],
    ['four octets', '308400010000', 65542],
    ['six octets', '3086010000000000', 2 ** 40 + 8],
  ])('%s', (_, hex, length) => {
    expect(outerLength(Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(OUTER_HEADER)]))).toBe(length);
  });
  test.each([
    ['indefinite length', '3080'],
    ['a length cut short', '3084'],
    ['a length that no file has', '3087ffffffffffffff'],
    ['another element', '3105'],
    ['nothing', ''],
  ])('%s says nothing', (_, hex) => {
    expect(outerLength(Buffer.from(hex, 'hex'))).toBeNull();
  });
});

describe('backoff', () => {
  test('doubles up to its longest and never overflows', () => {
    expect([1, 2, 3].map((attempt) => delayAfter(attempt, POSTING))).toEqual([30_000, 60_000, 120_000]);
    expect(delayAfter(10_000, POSTING)).toBe(POSTING.longest);
    expect(delayAfter(0, REPEATING)).toBe(REPEATING.first);
    expect(delayAfter(3, POSTING, 0.5)).toBe(90_000);
    expect(drawChance(() => Buffer.from('80000000', 'hex'))).toBe(0.5);
  });
});

describe('mailbox names', () => {
  test('are 26 characters of base32 that every file system keeps apart', () => {
    const names = new Set(Array.from({ length: 100 }, () => randomMailboxName()));
    expect(names.size).toBe(100);
    expect([...names].every(isMailboxName)).toBe(true);
    expect(['', 'A'.repeat(26), `${'a'.repeat(26)} (1)`, `../${'a'.repeat(23)}`].some(isMailboxName)).toBe(false);
  });
});
