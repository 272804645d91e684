import { hasNotice, natureOfDay } from '../../shared/procedures/clock/calendar.ts';
import type { CivilDate } from '../../shared/procedures/clock/civil-date.ts';
import { addDays, weekday } from '../../shared/procedures/clock/civil-date.ts';
import type { ClockRule } from '../../shared/procedures/clock/rule.ts';
import { CLOCK_RULES } from '../../shared/procedures/clock/rules.ts';
import type { MatterClock } from '../../shared/procedures/matter-clock.ts';

/** The rules and days that this program counts a matter's clocks by, as a bundle carries them and as its verifier compares them. */

export function rulesOf(clocks: readonly MatterClock[]): ClockRule[] {
  const used = new Set(clocks.map(({ rule }) => rule));
  return CLOCK_RULES.filter(({ id }) => used.has(id));
}

export interface CalendarYear {
  readonly notice: boolean;
  /** Days that work or rest otherwise than their weekday says. */
  readonly days: Readonly<Record<string, boolean>>;
}

/** The years that the clocks touch. */
export function calendarOf(clocks: readonly MatterClock[]): Record<string, CalendarYear> {
  const dates = clocks.flatMap(({ startedAt, due }) => [startedAt, due]).filter((date) => date !== null);
  const years = [...new Set(dates.map((date) => date.slice(0, 4)))].sort();
  return Object.fromEntries(years.map((year) => [year, yearOf(year)]));
}

function yearOf(year: string): CalendarYear {
  const days: Record<string, boolean> = {};
  for (let date = `${year}-01-01` as CivilDate; date.startsWith(year); date = addDays(date, 1)) {
    const { working } = natureOfDay(date);
    const isWeekday = weekday(date) !== 0 && weekday(date) !== 6;
    if (working !== isWeekday) days[date] = working;
  }
  return { notice: hasNotice(Number(year)), days };
}
