import { createInstance, type i18n, type TFunction } from 'i18next';
import en from './en.json' with { type: 'json' };
import { PROCEDURE_LABELS } from './procedures/labels.ts';
import zhCN from './zh-CN.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof zhCN };
    returnNull: false;
  }
}

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Translate = TFunction;

/**
 * The one maker of texts, for the window, the command, printed papers and reports. Ready when it returns: the texts are
 * part of the program, nothing is loaded later.
 *
 * Values are inserted as they are. Whoever shows a text as HTML escapes there; escaping here would put `&amp;` on terminals and paper.
 */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.init({
    lng: language,
    fallbackLng: 'zh-CN',
    supportedLngs: [...LANGUAGES],
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: {
      'zh-CN': { translation: zhCN, procedures: procedureLabels('zh-CN') },
      en: { translation: en, procedures: procedureLabels('en') },
    },
  });
  return instance;
}

/** What procedures call their states, acts and fields lies beside, one file per procedure; read by procedure-text.ts. */
function procedureLabels(language: Language): Record<string, unknown> {
  return Object.fromEntries(Object.entries(PROCEDURE_LABELS).map(([name, labels]) => [name, labels[language]]));
}
