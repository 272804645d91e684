import { AppError } from '../../errors.ts';
import { addDays, type CivilDate, parseCivilDate } from './civil-date.ts';
import type { ClockRule } from './rule.ts';

/**
 * A table of rules that contradicts itself would give two offices two dates: it is refused when it is loaded.
 *
 * @throws AppError CLOCK_TABLE_INVALID with the `rule` and the `reason`: `duplicate`, `length`, `date`, `order`, `gap`, `overlap`
 */
export function checkRules(rows: readonly ClockRule[]): readonly ClockRule[] {
  const ids = new Set<string>();
  for (const row of rows) {
    if (ids.has(row.id)) refuse(row, 'duplicate');
    ids.add(row.id);
    checkRow(row);
  }
  for (const period of Map.groupBy(rows, ({ period, region }) => `${period} ${region ?? ''}`).values())
    checkPeriod(period);
  return rows;
}

export function isInForce({ validFrom, validTo }: ClockRule, date: CivilDate): boolean {
  return (validFrom === null || date >= validFrom) && (validTo === null || date <= validTo);
}

function checkRow(row: ClockRule): void {
  if (!Number.isInteger(row.length) || row.length < 1) refuse(row, 'length');
  for (const date of [row.validFrom, row.validTo])
    if (date !== null && parseCivilDate(date) === null) refuse(row, 'date');
  if (row.validFrom !== null && row.validTo !== null && row.validTo < row.validFrom) refuse(row, 'order');
}

/** One after the other: each row begins the day after the one before it ended. */
function checkPeriod(rows: readonly ClockRule[]): void {
  const ordered = rows.toSorted((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1));
  for (const [index, row] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before === undefined) continue;
    if (before.validTo === null || row.validFrom === null || row.validFrom <= before.validTo) refuse(row, 'overlap');
    else if (addDays(before.validTo, 1) !== row.validFrom) refuse(row, 'gap');
  }
}

function refuse({ id }: ClockRule, reason: string): never {
  throw new AppError('CLOCK_TABLE_INVALID', { rule: id, reason });
}
