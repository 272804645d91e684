import { useTranslation } from 'react-i18next';
import type { Language, Translate } from '../../shared/i18n/create-i18n.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import {
  documentDayParts,
  formatDate,
  formatDay,
  formatExact,
  formatLongDay,
  formatMoment,
  formatTime,
} from './format-date.ts';
import { formatBytes, formatCount, formatShare } from './format-number.ts';
import { sentence } from './sentence.ts';
import { useNow } from './use-now.ts';

type When = string | Date;

/** Texts in the person's language, and dates, sizes and counts written as window.md 8 asks. */
export interface Text {
  readonly t: Translate;
  readonly language: Language;
  readonly date: (when: When) => string;
  readonly day: (when: When) => string;
  readonly longDay: (when: When) => string;
  readonly documentDay: (when: When) => string;
  readonly time: (when: When) => string;
  readonly moment: (when: When) => string;
  /** The same where it begins a line: Today 10:20. */
  readonly momentAlone: (when: When) => string;
  readonly exact: (when: When) => string;
  readonly bytes: (bytes: Bytes) => string;
  readonly count: (count: number) => string;
  readonly share: (share: number) => string;
}

export function useText(): Text {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh-CN';
  const moment = (when: When): string => formatMoment(when, language, now, t('window.date.today'));
  return {
    t,
    language,
    date: (when) => formatDate(when, language, now),
    day: (when) => formatDay(when, language, now),
    longDay: (when) => formatLongDay(when, language),
    documentDay: (when) => t('window.date.document', documentDayParts(when, language, t('window.date.numerals'))),
    time: formatTime,
    moment,
    momentAlone: (when) => sentence(moment(when)),
    exact: formatExact,
    bytes: formatBytes,
    count: formatCount,
    share: (share) => formatShare(share, language),
  };
}
