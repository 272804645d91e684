import type { Language } from './create-i18n.ts';

/** Each language by its own name, whatever language the window speaks: whoever is lost in the wrong one finds theirs. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { 'zh-CN': '简体中文', en: 'English' };
