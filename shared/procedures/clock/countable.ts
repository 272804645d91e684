import type { CivilDate } from './civil-date.ts';

const EARLIEST = '1990-01-01';
const LATEST = '2199-12-31';
/** Between the first and the last date that one period is counted by: excluded time is months (公证程序规则 64), not decades of a day-by-day count. */
const MOST_YEARS = 4;

/** Whether a period that begins on one of these days, and is touched on the others, is one that anybody counts: the calendar has no year 10000. */
export function isCountable(dates: readonly CivilDate[]): boolean {
  const ordered = dates.toSorted();
  const [first = '', last = ''] = [ordered[0], ordered.at(-1)];
  return first >= EARLIEST && last <= LATEST && Number(last.slice(0, 4)) - Number(first.slice(0, 4)) <= MOST_YEARS;
}
