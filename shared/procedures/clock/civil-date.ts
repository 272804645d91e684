import type { Brand } from '../../model/brand.ts';

/** A day of the calendar in Asia/Shanghai, `YYYY-MM-DD`. Periods are counted in days there, whatever machine counts. */
export type CivilDate = Brand<string, 'CivilDate'>;

/** China has one zone without daylight saving since 1992: minutes east of UTC. */
const SHANGHAI_OFFSET = 8 * 60;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const utc = (date: CivilDate): number => Date.parse(`${date}T00:00:00Z`);
const fromUtc = (time: number): CivilDate => new Date(time).toISOString().slice(0, 10) as CivilDate;

export function parseCivilDate(text: string): CivilDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || fromUtc(time) !== text ? null : (text as CivilDate);
}

export const addDays = (date: CivilDate, days: number): CivilDate => fromUtc(utc(date) + days * DAY);
export const daysBetween = (from: CivilDate, to: CivilDate): number => Math.round((utc(to) - utc(from)) / DAY);
/** 0 is Sunday. */
export const weekday = (date: CivilDate): number => new Date(utc(date)).getUTCDay();
export const yearOf = (date: CivilDate): number => Number(date.slice(0, 4));

export function lastDayOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * The corresponding day `months` later; where the month has none, its last day (民法典 202). In `criminal` mode a period that starts on the last
 * day of a month also ends on the last day of one (刑诉法解释 202).
 */
export function addMonths(date: CivilDate, months: number, mode: 'civil' | 'criminal'): CivilDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const target = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(target / 12), (target % 12) + 1];
  const last = lastDayOfMonth(toYear, toMonth);
  const startsOnLast = day === lastDayOfMonth(year, month);
  const toDay = mode === 'criminal' && startsOnLast ? last : Math.min(day, last);
  return `${String(toYear).padStart(4, '0')}-${String(toMonth).padStart(2, '0')}-${String(toDay).padStart(2, '0')}` as CivilDate;
}

/** A moment of the wall clock in Asia/Shanghai. */
export interface CivilMoment {
  readonly date: CivilDate;
  /** Minutes since midnight. */
  readonly minutes: number;
}

/** Reads ISO 8601: without an offset the text is Shanghai time, with one it is converted. Null where it is neither. */
export function parseCivilMoment(text: string): CivilMoment | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  const date = match?.[1] === undefined ? null : parseCivilDate(match[1]);
  if (match === null || date === null) return null;
  const [hours, minutes] = [Number(match[2] ?? 0), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59) return null;
  if (match[4] === undefined) return { date, minutes: hours * 60 + minutes };
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : civilMomentAt(time);
}

/** The wall clock in Shanghai at an instant (milliseconds since 1970 in UTC). */
export function civilMomentAt(time: number): CivilMoment {
  const local = new Date(time + SHANGHAI_OFFSET * MINUTE);
  return {
    date: local.toISOString().slice(0, 10) as CivilDate,
    minutes: local.getUTCHours() * 60 + local.getUTCMinutes(),
  };
}

export function addMinutes(moment: CivilMoment, minutes: number): CivilMoment {
  const total = moment.minutes + minutes;
  const days = Math.floor(total / (24 * 60));
  return { date: addDays(moment.date, days), minutes: total - days * 24 * 60 };
}

/** `YYYY-MM-DDTHH:mm`, Shanghai time. */
export function formatCivilMoment({ date, minutes }: CivilMoment): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
