import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { type CivilDate, weekday, yearOf } from './civil-date.ts';

/**
 * Working days by the State Council's yearly notices, as the package chinese-days keeps them (2004 to 2026 in 1.5.7). A year without a notice gets
 * only what the statute fixes (全国年节及纪念日放假办法, 2024-11-10) and every answer about it is provisional: the notice also moves working days.
 */
export interface DayNature {
  readonly working: boolean;
  /** No notice of that year is known here. */
  readonly provisional: boolean;
  /** Name of the holiday in Chinese, or of the holiday that this make-up day pays for. */
  readonly holiday: string | null;
  /** A weekend day that a notice makes a working day. */
  readonly makeUp: boolean;
}

const holidays: Readonly<Record<string, string>> = data.holidays;
const makeUpDays: Readonly<Record<string, string>> = data.workdays;
const noticeYears = new Set(Object.keys(holidays).map((date) => Number(date.slice(0, 4))));

/** 放假办法 art. 2 for years without a notice; lunar dates by the calendar of GB/T 33661. */
const STATUTORY: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  2027: {
    '01-01': '元旦',
    '02-05': '春节',
    '02-06': '春节',
    '02-07': '春节',
    '02-08': '春节',
    '04-05': '清明',
    '05-01': '劳动节',
    '05-02': '劳动节',
    '06-09': '端午',
    '09-15': '中秋',
    '10-01': '国庆节',
    '10-02': '国庆节',
    '10-03': '国庆节',
  },
};
/** The days that fall on the same date each year, for years that the table above does not reach. */
const FIXED: Readonly<Record<string, string>> = {
  '01-01': '元旦',
  '05-01': '劳动节',
  '05-02': '劳动节',
  '10-01': '国庆节',
  '10-02': '国庆节',
  '10-03': '国庆节',
};

const nameOf = (entry: string | undefined): string | null => entry?.split(',')[1] ?? null;

export function hasNotice(year: number): boolean {
  return noticeYears.has(year);
}

export function natureOfDay(date: CivilDate): DayNature {
  const weekend = weekday(date) === 0 || weekday(date) === 6;
  if (hasNotice(yearOf(date))) {
    const makeUp = nameOf(makeUpDays[date]);
    const holiday = nameOf(holidays[date]);
    return {
      working: makeUp !== null || (holiday === null && !weekend),
      provisional: false,
      holiday: holiday ?? makeUp,
      makeUp: makeUp !== null,
    };
  }
  const holiday = (STATUTORY[yearOf(date)] ?? FIXED)[date.slice(5)] ?? null;
  return { working: holiday === null && !weekend, provisional: true, holiday, makeUp: false };
}
