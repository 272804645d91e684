import { expect, test } from 'vitest';
import { chooseLanguage } from '../../../electron/cli/language.ts';

test.each([
  ['the flag before the locale', 'en', { LC_ALL: 'zh_CN.UTF-8' }, 'en'],
  ['LC_ALL before LANG', undefined, { LC_ALL: 'en_GB.UTF-8', LANG: 'zh_CN.UTF-8' }, 'en'],
  ['LC_MESSAGES before LANG', undefined, { LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh-CN'],
  ['an empty variable as not set', undefined, { LC_ALL: '', LANG: 'zh_TW' }, 'zh-CN'],
  ['any Chinese as Chinese', 'zh', {}, 'zh-CN'],
  ['the C locale as English', undefined, { LANG: 'C.UTF-8' }, 'en'],
  ['no locale as Chinese', undefined, {}, 'zh-CN'],
])('chooseLanguage takes %s', (_name, flag, env, expected) => {
  expect(chooseLanguage(flag, env)).toBe(expected);
});
