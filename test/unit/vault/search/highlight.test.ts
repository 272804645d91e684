import { describe, expect, test } from 'vitest';
import { findHighlights, toSnippet } from '../../../../electron/vault/search/highlight.ts';

const marked = (text: string, query: string): string[] =>
  findHighlights(text, query).map(({ start, end }) => text.slice(start, end));

describe('highlights', () => {
  test.each([
    ['律师阅卷申请，再次阅卷', '阅卷', ['阅卷', '阅卷']],
    ['阅卷申请', '申 阅卷', ['阅卷申']],
    ['阅卷，申请', '请 阅卷', ['阅卷', '请']],
    ['刑初123号', '初123号', ['初123号']],
    ['律师，阅卷', '律师、阅', ['律师，阅']],
    ['甲乙丙丁', '乙丙 丙丁', ['乙丙丁']],
    ['ＰＤＦ文件', 'pdf', ['ＰＤＦ']],
    ['律师，阅卷', '师阅', []],
    ['𠮷野家', '野', ['野']],
    ['没有', '阅卷', []],
    ['阅卷', '', []],
  ])('in %j of %j are %j', (text, query, parts) => {
    expect(marked(text, query)).toEqual(parts);
  });
});

describe('a snippet', () => {
  const text = `${'前'.repeat(100)}阅卷${'后'.repeat(100)}`;

  test('shows the first place and where in it to look', () => {
    const snippet = toSnippet(text, '阅卷', 40);
    expect(snippet.text).toHaveLength(40);
    expect(snippet.ranges.map(({ start, end }) => snippet.text.slice(start, end))).toEqual(['阅卷']);
  });

  test('is the beginning where nothing is found, and all of a short text', () => {
    expect(toSnippet(text, '没有', 10).text).toBe('前'.repeat(10));
    expect(toSnippet('短', '短', 40)).toEqual({ text: '短', ranges: [{ start: 0, end: 1 }] });
  });

  test('never cuts a character in two', () => {
    const rare = '𠮷'.repeat(50);
    for (let length = 5; length < 20; length++)
      expect(toSnippet(`${rare}卷${rare}`, '卷', length).text.isWellFormed()).toBe(true);
  });
});
