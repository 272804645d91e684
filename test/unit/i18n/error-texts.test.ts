import { describe, expect, test } from 'vitest';
import { ERROR_KINDS } from '../../../shared/errors.ts';
import en from '../../../shared/i18n/en.json' with { type: 'json' };
import zh from '../../../shared/i18n/zh-CN.json' with { type: 'json' };

type Tree = { readonly [key: string]: string | Tree };

/** "a.b.c" -> text, of every leaf. */
function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

const texts = { en: flatten(en), zh: flatten(zh) };
/** Chinese has one plural form, English two. */
const withoutPlural = (key: string) => key.replace(/_(?:one|other)$/, '');
const keys = (language: keyof typeof texts) => [...new Set([...texts[language].keys()].map(withoutPlural))].sort();
const placeholders = (text: string) => [...new Set(text.match(/\{\{[^}]+\}\}/g))].sort();

describe('texts in Chinese and English', () => {
  test('both languages have the same keys', () => {
    expect(keys('en')).toEqual(keys('zh'));
  });

  test.each([...texts.zh])('%s is not empty and takes the same values in both languages', (key, text) => {
    const other = texts.en.get(key) ?? texts.en.get(`${withoutPlural(key)}_other`) ?? '';
    expect(text.trim()).not.toBe('');
    expect(other.trim()).not.toBe('');
    expect(placeholders(other)).toEqual(placeholders(text));
  });

  test.each(Object.keys(ERROR_KINDS))('error %s has a text in both languages', (code) => {
    expect(texts.en.get(`errors.${code}`)).toBeTruthy();
    expect(texts.zh.get(`errors.${code}`)).toBeTruthy();
  });

  test('no text belongs to an error that does not exist', () => {
    const known = new Set(Object.keys(ERROR_KINDS).map((code) => `errors.${code}`));
    expect([...texts.zh.keys()].filter((key) => key.startsWith('errors.') && !known.has(key))).toEqual([]);
  });
});
