import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toGrams } from '../../../../electron/vault/search/grams.ts';
import { queryTerms, toMatchExpression } from '../../../../electron/vault/search/query.ts';

describe('tokens of a text', () => {
  test.each([
    ['阅卷申请', '阅卷 卷申 申请 请'],
    ['卷', '卷'],
    ['（2026）皖01刑初123号', '2026 皖 01 刑初 初 123 号'],
    ['Li-Si PDF', 'li si pdf'],
    ['律师，阅卷', '律师 师 阅卷 卷'],
    ['', ''],
    ['——……', ''],
    ['ＰＤＦ１２', 'pdf12'],
    ['𠮷野家', '𠮷野 野家 家'],
  ])('%j is %j', (text, grams) => {
    expect(toGrams(text)).toBe(grams);
  });
});

describe('the expression of a query', () => {
  test.each([
    ['加密', '"加密"'],
    ['卷', '"卷"*'],
    ['阅卷申请', '"阅卷 卷申 申请"'],
    ['阅卷 加密', '"阅卷" AND "加密"'],
    ['pd', '"pd"*'],
    ['刑初123号', '"刑初 初 123 号"*'],
    ['律师，阅卷', '"律师 师 阅卷"'],
  ])('of %j is %j', (query, expression) => {
    expect(toMatchExpression(query)).toBe(expression);
  });

  test.each(['', '   ', '"', '*', '——', 'AND'.replace('AND', '()')])(
    '%j finds nothing rather than everything',
    (query) => {
      expect(toMatchExpression(query)).toBeNull();
    },
  );

  test('never holds a character of a query that FTS5 could take for syntax', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (query) => {
        const phrases = toMatchExpression(query)?.split(' AND ') ?? [];
        expect(phrases.every((phrase) => /^"[a-z0-9 \u0080-\u{10ffff}]+"\*?$/u.test(phrase))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('has at most eight terms of 64 characters', () => {
    expect(queryTerms('甲 '.repeat(20))).toHaveLength(8);
    expect(queryTerms('乙'.repeat(100))).toEqual(['乙'.repeat(64)]);
  });
});
