import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { collect, oneOf, parseInstant, parseOid, wholeNumber } from '../../../electron/cli/options.ts';

describe('parseInstant', () => {
  test.each([
    ['2026-11-24', '2026-11-24T00:00:00.000Z'],
    ['2026-11-24T08:30', '2026-11-24T08:30:00.000Z'],
    ['2026-11-24T08:30:01.5Z', '2026-11-24T08:30:01.500Z'],
    ['2026-11-24T08:30:00+08:00', '2026-11-24T00:30:00.000Z'],
  ])('reads %s, in UTC where no zone is given', (text, expected) => {
    expect(parseInstant(text).toISOString()).toBe(expected);
  });

  test.each(['', 'now', '24.11.2026', '2026-13-01', '2026-02-30', '2026-02-30T10:00Z', '1700000000'])(
    'refuses %j',
    (text) => {
      expect(() => parseInstant(text)).toThrow(InvalidArgumentError);
    },
  );
});

test('collect keeps repeated values in order', () => {
  expect(collect('b', collect('a'))).toEqual(['a', 'b']);
});

test('oneOf refuses a word that is not on its list', () => {
  expect(oneOf(['a', 'b'])('b')).toBe('b');
  expect(() => oneOf(['a', 'b'])('c')).toThrow(InvalidArgumentError);
});

test('wholeNumber refuses what is outside its range or not written in digits', () => {
  expect(wholeNumber(1, 10)('10')).toBe(10);
  for (const text of ['0', '11', '1e1', '-1', '1.5', '']) expect(() => wholeNumber(1, 10)(text)).toThrow();
});

test('parseOid refuses what is no object identifier', () => {
  expect(parseOid('2.5.29.32.0')).toBe('2.5.29.32.0');
  for (const text of ['', '2', '3.1', '1.02', 'anyPolicy', '1..2']) expect(() => parseOid(text)).toThrow();
});
