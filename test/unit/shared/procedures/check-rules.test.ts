import { describe, expect, test } from 'vitest';
import { isAppError } from '../../../../shared/errors.ts';
import { checkRules } from '../../../../shared/procedures/clock/check-rules.ts';
import type { CivilDate } from '../../../../shared/procedures/clock/civil-date.ts';
import type { ClockRule } from '../../../../shared/procedures/clock/rule.ts';
import { CLOCK_RULES, findRule, findRuleInForce } from '../../../../shared/procedures/clock/rules.ts';

const base = findRule('fy.43.assign') as ClockRule;
const row = (id: string, from: string | null, to: string | null, change: Partial<ClockRule> = {}): ClockRule => ({
  ...base,
  id,
  period: 'p',
  validFrom: from as CivilDate | null,
  validTo: to as CivilDate | null,
  ...change,
});
const refusal = (...rows: ClockRule[]): unknown => {
  try {
    checkRules(rows);
    return null;
  } catch (error) {
    return isAppError(error) ? { code: error.code, ...error.params } : error;
  }
};
const refused = (rule: string, reason: string) => ({ code: 'CLOCK_TABLE_INVALID', rule, reason });

describe('a table of rules', () => {
  test('whose rows follow one another day by day is taken, in whatever order they stand', () => {
    const rows = [row('b', '2026-03-01', '2026-12-31'), row('c', '2027-01-01', null), row('a', null, '2026-02-28')];
    expect(refusal(...rows)).toBeNull();
    expect(refusal(...CLOCK_RULES)).toBeNull();
  });
  test('with a gap of one day is refused', () => {
    expect(refusal(row('a', null, '2026-02-28'), row('b', '2026-03-02', null))).toEqual(refused('b', 'gap'));
  });
  test('with an overlap of one day is refused, also where a row has no end or two have no beginning', () => {
    expect(refusal(row('a', null, '2026-03-01'), row('b', '2026-03-01', null))).toEqual(refused('b', 'overlap'));
    expect(refusal(row('a', null, null), row('b', '2026-03-01', null))).toEqual(refused('b', 'overlap'));
    expect(refusal(row('a', null, '2026-03-01'), row('b', null, '2026-04-01'))).toMatchObject({ reason: 'overlap' });
  });
  test('may hold one period for several regions at once', () => {
    expect(refusal(row('a', null, null), row('b', null, null, { region: '510000' }))).toBeNull();
  });
  test('with a row that cannot be is refused', () => {
    expect(refusal(row('a', null, '2026-01-31'), row('a', '2026-02-01', null))).toEqual(refused('a', 'duplicate'));
    expect(refusal(row('a', null, null, { length: 0 }))).toEqual(refused('a', 'length'));
    expect(refusal(row('a', null, null, { length: 1.5 }))).toEqual(refused('a', 'length'));
    expect(refusal(row('a', '2026-02-30', null))).toEqual(refused('a', 'date'));
    expect(refusal(row('a', '2026-03-01', '2026-02-01'))).toEqual(refused('a', 'order'));
  });
});

test('the rule in force on the day of the start is the one that counts, and an old matter keeps its own', () => {
  const ids = ['zc.35.accept', 'zc.24.accept.2017'];
  expect(findRuleInForce(ids, '2026-02-28' as CivilDate, '340000')?.id).toBe('zc.24.accept.2017');
  expect(findRuleInForce(ids, '2026-03-01' as CivilDate, '340000')?.id).toBe('zc.35.accept');
  expect(findRuleInForce(['zc.35.accept'], '2026-02-28' as CivilDate, '340000')).toBeNull();
});

describe('a rule of a region', () => {
  const day = '2026-03-02' as CivilDate;
  const table = [
    row('all', null, null),
    row('anhui', null, null, { region: '340000', length: 5 }),
    row('hefei', '2026-03-01', null, { region: '340100', length: 2 }),
  ];
  const ids = ['all', 'hefei', 'anhui'];
  const inForce = (region: string, on = day, of = ids) => findRuleInForce(of, on, region, table)?.id ?? null;

  test('counts elsewhere, or does not go before that of the country at its own place', () => {
    expect(checkRules(table)).toBe(table);
    expect(inForce('310000')).toBe('all');
    expect(inForce('340200')).toBe('anhui');
    expect(inForce('340104')).toBe('hefei');
  });
  test('counts before it is in force, or leaves no rule where the country has none', () => {
    expect(inForce('340104', '2026-02-28' as CivilDate)).toBe('anhui');
    expect(inForce('310000', day, ['anhui', 'hefei'])).toBeNull();
  });
});
