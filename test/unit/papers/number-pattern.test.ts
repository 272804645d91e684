import { describe, expect, test } from 'vitest';
import { checkNumberPattern, formatNumber } from '../../../shared/papers/number-pattern.ts';

describe('number patterns', () => {
  test.each([
    ['示援决〔{year}〕{n}号', '示援决〔2026〕7号'],
    ['（{year}）示函字第{n:4}号', '（2026）示函字第0007号'],
  ])('%s', (pattern, number) => {
    expect(formatNumber(checkNumberPattern(pattern), 2026, 7)).toBe(number);
  });
  test.each([
    '〔{year}〕号',
    '第{n}号',
    '〔{year}〕{n}{n}号',
    '〔{year}〕{m}号',
    '〔{year}〕{n}号}',
    `{year}{n}${'号'.repeat(80)}`,
    '',
  ])('refused: %s', (pattern) => {
    expect(() => checkNumberPattern(pattern)).toThrowError(expect.objectContaining({ code: 'PAPER_PATTERN_INVALID' }));
  });
});
