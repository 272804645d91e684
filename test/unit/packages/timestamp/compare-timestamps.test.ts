import { expect, test } from 'vitest';
import { compareTimestamps, genTimeBounds } from '../../../../electron/packages/timestamp/compare-timestamps.ts';

const at = (milliseconds: number, accuracy: number | null = 100, ordering = false) => ({
  genTime: new Date(milliseconds),
  accuracy,
  ordering,
});

test.each([
  ['within the sum of accuracies are told apart', at(0), at(200), false, null],
  ['beyond it are not', at(0), at(201), false, 'before'],
  ['beyond it are mixed up', at(201), at(0), false, 'after'],
  ['without accuracy count as exact', at(0, null), at(1900, null), false, null],
  ['without accuracy are never told apart', at(0, null), at(2001, null), false, 'before'],
  ['of one TSA that promises order are not told apart', at(0, 100, true), at(1, 100, true), true, 'before'],
  ['of two TSAs that promise order are told apart', at(0, 100, true), at(1, 100, true), false, null],
  ['of equal time are told apart', at(5, 0, true), at(5, 0, true), true, null],
] as const)('two tokens %s', (_, a, b, sameTsa, expected) => {
  expect(compareTimestamps(a, b, sameTsa)).toBe(expected);
});

test('bounds leave out the accuracy, or round inwards', () => {
  const { earliest, latest } = genTimeBounds(at(10_000, 0.5));
  expect([earliest.getTime(), latest.getTime()]).toEqual([9_999, 10_001]);
});
