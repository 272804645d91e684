import { app } from 'electron';
import type { Language } from '../../shared/i18n/create-i18n.ts';
import type { Preferences } from '../../shared/ipc/channels/app.ts';

/** As Chromium knows them: British English writes days and hours as the window does. */
const LOCALES: Readonly<Record<Language, string>> = { 'zh-CN': 'zh-CN', en: 'en-GB' };

/** What the window speaks: as a person chose, or as the system does. */
export function displayLanguage({ language }: Preferences): Language {
  if (language !== 'system') return language;
  return /^zh\b/i.test(app.getPreferredSystemLanguages()[0] ?? app.getLocale()) ? 'zh-CN' : 'en';
}

/**
 * Makes Chromium write dates in its own fields and name its own buttons in the language of the window, not in that of the system. Before the app is ready; a
 * change of language counts from the next start on.
 */
export function speakAsWindow(preferences: Preferences): void {
  if (!app.commandLine.hasSwitch('lang')) app.commandLine.appendSwitch('lang', LOCALES[displayLanguage(preferences)]);
}
