import { natureOfDay } from './calendar.ts';
import { addDays, civilMomentAt } from './civil-date.ts';

const DAY = 24 * 3600_000;

/**
 * The same time of day so many working days later, in Asia/Shanghai. A patience of the office's own, no period of any law.
 *
 * @param time milliseconds since 1970 in UTC
 */
export function afterWorkingDays(time: number, days: number): number {
  const { date } = civilMomentAt(time);
  let passed = 0;
  for (let left = days; left > 0; ) {
    passed++;
    if (natureOfDay(addDays(date, passed)).working) left--;
  }
  return time + passed * DAY;
}
