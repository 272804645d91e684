import { beforeEach, expect, test, vi } from 'vitest';
import type { Preferences } from '../../../shared/ipc/channels/app.ts';

let system: string[] = [];
let switches: Map<string, string>;
vi.mock('electron', () => ({
  app: {
    getPreferredSystemLanguages: () => system,
    // Empty before the app is ready
    getLocale: () => '',
    commandLine: {
      hasSwitch: (name: string) => switches.has(name),
      appendSwitch: (name: string, value: string) => void switches.set(name, value),
    },
  },
}));
const { displayLanguage, speakAsWindow } = await import('../../../electron/shell/display-language.ts');

const chosen = (language: Preferences['language']): Preferences => ({
  language,
  appearance: 'system',
  singleKeys: true,
});
beforeEach(() => {
  switches = new Map();
});

test.each([
  ['zh-CN', ['de-DE'], 'zh-CN', 'zh-CN'],
  ['en', ['zh-CN'], 'en', 'en-GB'],
  ['system', ['zh-Hans-CN', 'en'], 'zh-CN', 'zh-CN'],
  ['system', ['de-DE', 'zh-CN'], 'en', 'en-GB'],
  ['system', [], 'en', 'en-GB'],
] as const)(
  'chosen %s on a system of %j: the window speaks %s, and Chromium’s own fields %s',
  (language, languages, window, fields) => {
    system = [...languages];
    expect(displayLanguage(chosen(language))).toBe(window);
    speakAsWindow(chosen(language));
    expect(switches.get('lang')).toBe(fields);
  },
);

test('what was said when the program was started stands', () => {
  switches.set('lang', 'fr');
  speakAsWindow(chosen('zh-CN'));
  expect(switches.get('lang')).toBe('fr');
});
