import { LANGUAGES, type Language } from '../../shared/i18n/create-i18n.ts';

/**
 * Which language the command speaks: `--lang` first, then the locale as POSIX orders it (LC_ALL, LC_MESSAGES, LANG; the
 * first that is set decides). Anything but Chinese is answered in English; no locale at all in Chinese, the product's first language.
 */
export function chooseLanguage(flag: string | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  const wanted = flag ?? [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value);
  if (wanted === undefined) return 'zh-CN';
  return LANGUAGES.find((language) => language === wanted) ?? (/^zh/i.test(wanted) ? 'zh-CN' : 'en');
}
