import { describe, expect, test } from 'vitest';
import { ERROR_KINDS } from '../../../shared/errors.ts';
import { createI18n, LANGUAGES } from '../../../shared/i18n/create-i18n.ts';
import en from '../../../shared/i18n/en.json' with { type: 'json' };
import zhCN from '../../../shared/i18n/zh-CN.json' with { type: 'json' };

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') texts.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) texts.set(inner, text);
  }
  return texts;
}

const zhTexts = flatten(zhCN);
const enTexts = flatten(en);
const placeholders = (text: string | undefined): string[] => (text?.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('the two languages', () => {
  test('hold the same keys', () => {
    expect([...enTexts.keys()].sort()).toEqual([...zhTexts.keys()].sort());
  });

  test('take the same values at every key', () => {
    for (const [key, text] of zhTexts) expect(placeholders(enTexts.get(key)), key).toEqual(placeholders(text));
  });

  test('have a text for every error code and none for a code that is gone', () => {
    for (const texts of [zhCN.errors, en.errors]) {
      expect(Object.keys(texts).sort()).toEqual(Object.keys(ERROR_KINDS).sort());
    }
  });

  test('keep the tone: no exclamation marks, no boast of success, full-width punctuation in Chinese', () => {
    for (const [key, text] of [...zhTexts, ...enTexts])
      expect(text, key).not.toMatch(/[!！]|成功|哦|吧|[Ss]uccess|please/);
    for (const [key, text] of zhTexts) expect(text, key).not.toMatch(/[\u4e00-\u9fff][,;:?]|[,;?][\u4e00-\u9fff]/);
    for (const [key, text] of enTexts) expect(text, key).not.toMatch(/[\u3000-\u9fff\uff00-\uffef]/);
  });
});

describe('createI18n', () => {
  test.each(LANGUAGES)('is ready at once in %s', (language) => {
    const i18n = createI18n(language);
    expect(i18n.t('errors.CANCELLED')).toBe((language === 'en' ? en : zhCN).errors.CANCELLED);
  });

  test('inserts values as they are, without HTML entities and without reading them as texts', () => {
    const { t } = createI18n('en');
    const name = `<a href="x">'&' {{other}} $t(errors.CANCELLED)`;
    expect(t('cli.usage.unknownOption', { name, other: 'no' })).toBe(`unknown option ${name}`);
  });

  test('makes instances that do not share their language', () => {
    const zh = createI18n('zh-CN');
    createI18n('en');
    expect(zh.t('errors.CANCELLED')).toBe(zhCN.errors.CANCELLED);
  });
});
