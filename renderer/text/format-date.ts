import type { Language } from '../../shared/i18n/create-i18n.ts';

/*
 * Dates as the window writes them: 11-24 周二 and Tue 24 Nov, the year only where it is not this one, 24 hours, Asia/Shanghai.
 * A moment is RFC 3339; a day may also be `YYYY-MM-DD`, which is a day in Shanghai.
 */

const ZONE = 'Asia/Shanghai';
/** Shanghai has kept UTC+8 without daylight saving since 1991. */
const OFFSET = '+08:00';

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const NUMERIC = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function toDate(when: string | Date): Date {
  if (when instanceof Date) return when;
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(when) ? `${when}T00:00:00${OFFSET}` : when);
}

function parts(when: string | Date): Parts {
  const found = Object.fromEntries(NUMERIC.formatToParts(toDate(when)).map(({ type, value }) => [type, value]));
  const part = (name: string): string => found[name] ?? '';
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

function named(when: string | Date, language: Language, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { timeZone: ZONE, ...style }).format(
    toDate(when),
  );
}

/** `YYYY-MM-DD` of the day in Shanghai. */
export function civilDay(when: string | Date): string {
  const { year, month, day } = parts(when);
  return `${year}-${month}-${day}`;
}

/** 11-24 / 24 Nov */
export function formatDate(when: string | Date, language: Language, now: Date): string {
  const { year, month, day } = parts(when);
  const thisYear = year === parts(now).year;
  if (language !== 'en') return thisYear ? `${month}-${day}` : `${year}-${month}-${day}`;
  const short = `${Number(day)} ${named(when, 'en', { month: 'short' })}`;
  return thisYear ? short : `${short} ${year}`;
}

/** 11-24 周二 / Tue 24 Nov */
export function formatDay(when: string | Date, language: Language, now: Date): string {
  const date = formatDate(when, language, now);
  const weekday = named(when, language, { weekday: 'short' });
  return language === 'en' ? `${weekday} ${date}` : `${date} ${weekday}`;
}

/** 11 月 24 日 星期二 / Tuesday, 24 November */
export function formatLongDay(when: string | Date, language: Language): string {
  const weekday = named(when, language, { weekday: 'long' });
  const day = named(when, language, { month: 'long', day: 'numeric' });
  if (language === 'en') return `${weekday}, ${day}`;
  // A gap between digits and characters, as everywhere in the window.
  return `${day.replaceAll(/(?<=\d)(?=\p{Script=Han})|(?<=\p{Script=Han})(?=\d)/gu, ' ')} ${weekday}`;
}

/** Of a month or a day: 二十四, 十一, 三十. */
function inNumerals(number: number, numerals: readonly string[]): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const head = tens === 0 ? '' : `${tens === 1 ? '' : numerals[tens]}${numerals[10]}`;
  return head + (ones === 0 ? '' : numerals[ones]);
}

/**
 * The parts of a date as a document writes it: 二〇二六 十一 二十四, or 2026 November 24.
 * @param numerals the Chinese ones from nought to ten; English names the month instead
 */
export function documentDayParts(when: string | Date, language: Language, numerals: string) {
  const { year, month, day } = parts(when);
  const list = [...numerals];
  if (language === 'en') return { year, month: named(when, language, { month: 'long' }), day: String(Number(day)) };
  return {
    year: [...year].map((digit) => list[Number(digit)]).join(''),
    month: inNumerals(Number(month), list),
    day: inNumerals(Number(day), list),
  };
}

/** 10:20 */
export function formatTime(when: string | Date): string {
  const { hour, minute } = parts(when);
  return `${hour}:${minute}`;
}

/** Today 10:20, otherwise 11-24 10:20 / 24 Nov 10:20 */
export function formatMoment(when: string | Date, language: Language, now: Date, today: string): string {
  const day = civilDay(when) === civilDay(now) ? today : formatDate(when, language, now);
  return `${day} ${formatTime(when)}`;
}

/** 2026-11-24 10:20:31, where the exact instant is the point. */
export function formatExact(when: string | Date): string {
  const { year, month, day, hour, minute, second } = parts(when);
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}
