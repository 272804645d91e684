import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { natureOfDay } from '../../../../shared/procedures/clock/calendar.ts';
import { type CivilDate, parseCivilMoment } from '../../../../shared/procedures/clock/civil-date.ts';
import { parseClockEvent } from '../../../../shared/procedures/clock/clock-event.ts';
import { computeDue, type DueDate } from '../../../../shared/procedures/clock/due-date.ts';
import { CLOCK_RULES, findRule } from '../../../../shared/procedures/clock/rules.ts';

function due(id: string, start: string, events = 'none', custody = false): DueDate {
  const rule = findRule(id);
  const moment = parseCivilMoment(start);
  if (rule === null || moment === null) throw new Error(`no such case: ${id} ${start}`);
  const parsed = events === 'none' ? [] : events.split(';').map((event) => parseClockEvent(event));
  return computeDue({ rule, start: moment, events: parsed, custody });
}

const UNITS = { hour: 'h', day: 'd', 'working-day': 'wd', month: 'm', year: 'y' } as const;
function written(result: DueDate): string {
  if (result.remaining !== null) return `paused:${result.remaining.length}${UNITS[result.remaining.unit]}`;
  return result.due ?? result.state;
}

/** Fields may be quoted; no field of this table holds a quote. */
function readCsv(path: string): string[][] {
  const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => [...row.matchAll(/("([^"]*)"|[^,]*)(?:,|$)/g)].map((match) => match[2] ?? match[1] ?? ''));
}

/** Worked by hand from the statutes: kept here, so that a clone that stands alone counts them too. */
const WORKED = new URL('../../../fixtures/law/deadlines.csv', import.meta.url).pathname;
const worked = readCsv(WORKED);

describe('deadlines worked by hand from the statutes', () => {
  test('are fewer than 45, or others than those beside the checkout', () => {
    expect(worked).toHaveLength(45);
    const beside = new URL('../../../../../shared/law/deadlines.csv', import.meta.url).pathname;
    if (existsSync(beside)) expect(readCsv(beside)).toEqual(worked);
  });
  test.each(worked)('%s %s from %s, %s, is %s', (_, id = '', start = '', events = '', expected = '') => {
    expect(written(due(id, start, events))).toBe(expected);
  });
});

describe('deadlines of our own, each reasoned from the cited article', () => {
  test.each([
    // Working days around make-up days of the State Council's notices
    ['tj.zx10.assign', '2026-09-30T10:00', 'none', '2026-10-10', 'off 10-01..07; 10-08, 10-09, Sat 10-10 make-up'],
    [
      'jd.13.accept',
      '2025-01-24T10:00',
      'none',
      '2025-02-10',
      '1-26 make-up, 1-27, 2-05..07, 2-08 make-up = 6, Mon 2-10 = 7',
    ],
    ['fuyi.30.accept', '2025-09-26T10:00', 'none', '2025-10-10', '9-28 make-up, 9-29, 9-30, 10-09, 10-10'],
    [
      'gz.30.issue',
      '2026-02-09T10:00',
      'none',
      '2026-03-06',
      '2-10..13 = 4, 2-14 make-up, 2-24..27 = 9, 2-28 make-up, 3-02..06 = 15',
    ],
    ['yj.gz49.arrange', '2024-02-09T10:00', 'none', '2024-02-20', '2-10..17 off, 2-18 make-up, 2-19, 2-20'],
    // Calendar days that end on a holiday, a weekend, a make-up day
    ['fy.43.assign', '2026-09-24T10:00', 'none', '2026-09-28', 'ends Sun 9-27, Mid-Autumn 9-25..27; 9-28'],
    ['fy.49.review', '2025-01-22T10:00', 'none', '2025-01-27', 'ends Mon 1-27, a working day before the festival'],
    ['fy.49.review', '2025-01-23T10:00', 'none', '2025-02-05', 'ends 1-28, Spring Festival to 2-04'],
    ['fy.36.assign', '2026-02-11T10:00', 'none', '2026-02-14', 'ends Sat 2-14, make-up day: no roll'],
    ['zc.35.accept', '2026-04-29T10:00', 'none', '2026-05-06', 'ends 5-04, Labour Day 5-01..05'],
    ['zc.35.accept', '2026-03-01T10:00', 'none', '2026-03-06', 'first day of the new act'],
    [
      'tj.zx24.mediate',
      '2024-01-12T10:00',
      'none',
      '2024-02-18',
      'ends 2-11 in Spring Festival; Sun 2-18 is a make-up day',
    ],
    [
      'fuyi.20.apply',
      '2025-11-02T10:00',
      'none',
      '2026-01-04',
      '60 days end 2026-01-01; New Year to 1-03; Sun 1-04 is a make-up day',
    ],
    ['zs.lian8.private', '2025-04-19T10:00', 'none', '2025-05-06', '15 days end Sun 5-04, Labour Day to 5-05'],
    // Supplements: pause, overlap, open, restart, lapse
    [
      'gz.30.issue',
      '2025-03-03T09:00',
      'pause.buzheng:2025-03-10/2025-03-10',
      '2025-03-24',
      'asked and answered on one day: nothing is excluded',
    ],
    [
      'gz.gz64.review.decide',
      '2025-03-03T09:00',
      'pause.buzheng:2025-03-10/2025-03-20;pause.heshi:2025-03-15/2025-03-18',
      '2025-04-14',
      '30 days end 4-02; 10 excluded once; Sat 4-12 to Mon 4-14',
    ],
    [
      'gz.gz64.review.decide',
      '2025-03-03T09:00',
      'pause.buzheng:2025-04-10/2025-04-20',
      '2025-04-02',
      'a pause after the end moves nothing',
    ],
    ['fy.43.decide', '2025-11-03T09:00', 'pause.buzheng:2025-11-05/open', 'paused:5d', '2 days used'],
    ['jd.28.complete', '2025-04-01T09:00', 'pause.cailiao:2025-04-01/open', 'paused:30wd', 'nothing used'],
    [
      'jd.28.complete',
      '2025-04-01T09:00',
      'pause.cailiao:2025-04-02/2025-04-08',
      '2025-05-21',
      '4-02=1; paused 4-03..08 = 3 working days: 5-16 and three more',
    ],
    [
      'ms.126.file',
      '2025-03-03T09:00',
      'restart.buzheng:2025-03-06/open',
      'paused:7d',
      'nothing runs until the papers are complete',
    ],
    [
      'ms.126.file',
      '2025-03-03T09:00',
      'restart.buzheng:2025-03-06/2025-03-10;restart.buzheng:2025-03-12/2025-03-18',
      '2025-03-25',
      'the last restart decides',
    ],
    [
      'yj.gz58.complaint',
      '2025-09-10T09:00',
      'restart.buzheng:2025-09-12/2025-09-26',
      '2025-10-09',
      '10 days from 9-26 end 10-06, National Day to 10-08',
    ],
    [
      'zc.35.accept',
      '2026-03-10T09:00',
      'pause.buzheng:2026-03-11/2026-03-20',
      '2026-03-16',
      'a rule without supplements ignores them: ends Sun 3-15',
    ],
    ['fy.43.decide.nopause', '2025-03-03T09:00', 'lapse.buzheng:2025-03-05/2025-03-12', 'lapsed', '视为撤回'],
    // Months and years, both modes
    [
      'xs.172.review.free',
      '2025-04-30T09:00',
      'none',
      '2025-06-03',
      'last day to last day: Sat 5-31 is Dragon Boat, off to 6-02',
    ],
    ['xs.172.review.custody', '2025-04-30T09:00', 'none', '2025-05-31', 'in custody nothing moves'],
    ['xs.172.review.free', '2024-01-30T09:00', 'none', '2024-02-29', 'no 30 February: its last day, a Thursday'],
    ['gz.gz33.reply', '2025-04-30T09:00', 'none', '2025-05-30', 'civil: corresponding day, a Friday'],
    ['gz.gz33.reply', '2025-12-31T09:00', 'none', '2026-02-02', 'ends Sat 1-31'],
    ['zc.72.setaside', '2026-03-02T09:00', 'none', '2026-06-02', 'corresponding day, a Tuesday'],
    ['gz.gz61.review.apply', '2025-03-14T09:00', 'none', '2026-03-16', 'ends Sat 2026-03-14'],
    // Hours
    ['xs.39.meet48h', '2025-09-30T16:20', 'none', '2025-10-02T17:00', 'from 17:00; hours never roll'],
    [
      'xs.39.meet48h',
      '2025-09-30T16:00',
      'none',
      '2025-10-02T17:00',
      'on the hour: that hour has begun, and does not count',
    ],
    ['fy.39.forward24h.crim', '2025-12-31T23:00', 'none', '2026-01-02T00:00', 'from 24:00 over the year end'],
    ['fy.39.forward24h.crim', '2024-02-28T23:10', 'none', '2024-03-01T00:00', 'from 24:00 over the leap day'],
    ['fy.39.forward24h', '2024-02-28T23:10', 'none', '2024-02-29T23:10', 'from the instant'],
  ])('%s from %s, %s, is %s: %s', (id, start, events, expected) => {
    expect(written(due(id, start, events))).toBe(expected);
  });

  test.each([
    ['pause.buzheng:2025-03-10/2025-03-17', '2025-04-10', 'seven days excluded: Thu 4-03 and seven'],
    [
      'pause.buzheng:2025-03-10/2025-03-17;pause.heshi:2025-03-12/2025-03-19',
      '2025-04-14',
      'nine, counted once: Sat 4-12',
    ],
    [
      'pause.buzheng:2025-04-02/2025-04-08',
      '2025-04-09',
      'the last day itself is excluded, and each that takes its place',
    ],
    ['pause.buzheng:2025-03-10/open', 'paused:24d', '3-11 to 4-03 are left'],
  ])('a month that may be paused, with %s, is %s: %s', (events, expected) => {
    const rule = findRule('gz.gz33.reply');
    const start = parseCivilMoment('2025-03-03T09:00');
    if (rule === null || start === null) throw new Error('no rule');
    const parsed = events.split(';').map((event) => parseClockEvent(event));
    const result = computeDue({ rule: { ...rule, supplement: 'pause' }, start, events: parsed, custody: false });
    expect(written(result)).toBe(expected);
  });

  test('custody stops the roll of a criminal rule and of no other', () => {
    expect(due('xs.172.review.free', '2025-04-30T09:00', 'none', true).due).toBe('2025-05-31');
    expect(due('yj.gz48.permit', '2025-04-01T09:00', 'none', true).due).toBe('2025-04-04');
    expect(due('fy.43.decide', '2025-09-25T09:00', 'none', true).due).toBe('2025-10-09');
  });
  test('a year without a holiday notice gives a provisional date that says so; hours need no notice', () => {
    const result = due('gz.30.issue', '2026-12-21T09:00');
    expect(result.provisional).toBe(true);
    expect(result.steps.some((step) => step.kind === 'provisional')).toBe(true);
    expect(due('fy.39.forward24h', '2027-02-28T08:00').provisional).toBe(false);
    expect(due('gz.30.issue', '2026-11-02T09:00').provisional).toBe(false);
  });
  test('a moved day keeps the day that it moved from', () => {
    expect(due('fy.43.decide', '2025-09-25T09:00')).toMatchObject({ original: '2025-10-02', due: '2025-10-09' });
  });
  test('a rule is refused outside the time in which it was in force', () => {
    expect(() => due('zc.24.accept.2017', '2026-03-01T09:00')).toThrow('CLOCK_RULE_NOT_IN_FORCE');
    expect(() => due('zc.35.accept', '2026-02-28T09:00')).toThrow('CLOCK_RULE_NOT_IN_FORCE');
  });
  test('an instant with an offset is counted on the Shanghai day, whatever the zone of the machine', () => {
    expect(due('fy.43.assign', '2025-03-03T17:30:00Z').due).toBe('2025-03-07');
    expect(due('fy.43.assign', '2025-03-03T15:30:00Z').due).toBe('2025-03-06');
  });
  test.each([
    'pause.buzheng',
    'pause.buzheng:2025-02-30/2025-03-01',
    'pause.buzheng:2025-03-02/2025-03-01',
    'stop.x:2025-03-01/open',
    '',
  ])('the event %j is refused', (text) => {
    expect(() => parseClockEvent(text)).toThrow('USAGE');
  });
});

describe('calendar and table', () => {
  test('the working days of the years that were counted by hand', () => {
    const count = (year: number): number => {
      let days = 0;
      for (let day = 0; day < 366; day++) {
        const date = new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10);
        if (date.startsWith(String(year)) && natureOfDay(date as CivilDate).working) days++;
      }
      return days;
    };
    expect([2024, 2025, 2026].map(count)).toEqual([251, 248, 248]);
  });
  test('ids are unique, and rules that follow each other leave no gap and no overlap', () => {
    expect(new Set(CLOCK_RULES.map((rule) => rule.id)).size).toBe(CLOCK_RULES.length);
    expect(findRule('zc.24.accept.2017')?.validTo).toBe('2026-02-28');
    expect(findRule('zc.35.accept')?.validFrom).toBe('2026-03-01');
  });
  test('every rule of the collected facts is in the table, with the same length and unit', () => {
    const path = new URL('../../../../../shared/law/rules.json', import.meta.url).pathname;
    if (!existsSync(path)) return;
    const rows = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { unit: string; n: number }>;
    const units: Record<string, string> = { wd: 'working-day' };
    for (const [id, row] of Object.entries(rows)) {
      expect(findRule(id), id).toMatchObject({ length: row.n, unit: units[row.unit] ?? row.unit });
    }
  });
});
