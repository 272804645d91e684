import { AppError } from '../../errors.ts';
import { type DayNature, natureOfDay } from './calendar.ts';
import { addDays, addMinutes, addMonths, type CivilDate, type CivilMoment, formatCivilMoment } from './civil-date.ts';
import type { ClockEvent } from './clock-event.ts';
import type { ClockRule } from './rule.ts';

/** One line of the reasoning that the window prints beside a date. */
export interface ClockStep {
  readonly kind:
    | 'start'
    | 'restart'
    | 'count'
    | 'pause'
    | 'make-up'
    | 'skip'
    | 'nominal'
    | 'roll'
    | 'no-roll'
    | 'lapse'
    | 'provisional'
    | 'open';
  readonly date: string;
  readonly detail: string;
}

export interface DueDate {
  /** `YYYY-MM-DD`, for hours `YYYY-MM-DDTHH:mm`, Shanghai time; null while a pause is open or after a lapse. */
  readonly due: string | null;
  /** The last day before it moved for a holiday; null where it did not move. */
  readonly original: string | null;
  readonly state: 'running' | 'paused' | 'lapsed';
  /** What is left while paused. */
  readonly remaining: { readonly length: number; readonly unit: ClockRule['unit'] } | null;
  /** A day was asked for whose year has no holiday notice here. */
  readonly provisional: boolean;
  readonly steps: readonly ClockStep[];
}

export interface ClockInput {
  readonly rule: ClockRule;
  readonly start: CivilMoment;
  readonly events: readonly ClockEvent[];
  /** The person is in custody: the end never moves (刑诉法 105). */
  readonly custody: boolean;
  readonly natureOf?: (date: CivilDate) => DayNature;
}

/** Bound of the day-by-day count: no period here is longer than twenty years. */
const MAX_DAYS = 366 * 25;

/**
 * When a period ends. The day of the event is not counted; the day of a notice that pauses counts, the days after it up to and including the day
 * of receipt do not (no statute says so: the convention is shown with the date); overlapping pauses count once.
 *
 * @throws AppError CLOCK_RULE_NOT_IN_FORCE where the rule does not cover the start
 */
export function computeDue(input: ClockInput): DueDate {
  const { rule } = input;
  const { date } = input.start;
  if ((rule.validFrom !== null && date < rule.validFrom) || (rule.validTo !== null && date > rule.validTo)) {
    throw new AppError('CLOCK_RULE_NOT_IN_FORCE', { rule: rule.id, start: date });
  }
  const lapse = lapseOf(input);
  if (lapse !== null) return lapse;
  return rule.unit === 'hour' ? dueInHours(input) : dueInDays(restarted(input));
}

function lapseOf({ rule, events, start }: ClockInput): DueDate | null {
  const lapse = events.find((event) => event.effect === 'lapse');
  if (lapse === undefined || rule.supplement !== 'lapse') return null;
  const steps: ClockStep[] = [
    { kind: 'start', date: start.date, detail: rule.id },
    { kind: 'lapse', date: lapse.to ?? lapse.from, detail: lapse.cause },
  ];
  return { due: null, original: null, state: 'lapsed', remaining: null, provisional: false, steps };
}

/** Of the hour in which a period begins nothing counts (刑诉法 105, 民诉法 85): what happens at 16:00 happens in that hour, as what happens at 16:20 does. */
function dueInHours({ rule, start }: ClockInput): DueDate {
  const nextHour = (Math.floor(start.minutes / 60) + 1) * 60;
  const counted = rule.hourStart === 'next-hour' ? addMinutes({ date: start.date, minutes: 0 }, nextHour) : start;
  const due = formatCivilMoment(addMinutes(counted, rule.length * 60));
  const steps: ClockStep[] = [
    { kind: 'start', date: formatCivilMoment(start), detail: rule.id },
    { kind: 'count', date: formatCivilMoment(counted), detail: `${rule.length}h` },
    { kind: 'nominal', date: due, detail: '' },
  ];
  return { due, original: null, state: 'running', remaining: null, provisional: false, steps };
}

interface DayCount {
  readonly input: ClockInput;
  readonly from: CivilDate;
  readonly steps: ClockStep[];
  readonly openRestart: ClockEvent | null;
}

/** A restart counts anew from the day on which the completed papers came (民诉法解释 126); the last one decides. */
function restarted(input: ClockInput): DayCount {
  const steps: ClockStep[] = [{ kind: 'start', date: input.start.date, detail: input.rule.id }];
  if (input.rule.supplement !== 'restart') return { input, from: input.start.date, steps, openRestart: null };
  const restarts = input.events.filter((event) => event.effect === 'restart');
  const openRestart = restarts.find((event) => event.to === null) ?? null;
  const from = restarts.reduce(
    (latest, event) => (event.to !== null && event.to > latest ? event.to : latest),
    input.start.date,
  );
  if (from !== input.start.date) steps.push({ kind: 'restart', date: from, detail: '' });
  return { input, from, steps, openRestart };
}

function dueInDays({ input, from, steps, openRestart }: DayCount): DueDate {
  const { rule } = input;
  if (openRestart !== null) {
    steps.push({ kind: 'open', date: openRestart.from, detail: openRestart.cause });
    return paused(rule, rule.length, steps, false);
  }
  const pauses = rule.supplement === 'pause' ? input.events.filter((event) => event.effect === 'pause') : [];
  for (const pause of pauses) {
    steps.push({ kind: 'pause', date: `${pause.from}/${pause.to ?? 'open'}`, detail: pause.cause });
  }
  const counted =
    rule.unit === 'month' || rule.unit === 'year' ? countMonths(rule, from, pauses) : countDays(input, from, pauses);
  steps.push(...counted.steps);
  if (counted.last === null) return paused(rule, counted.remaining, steps, counted.provisional);
  steps.push({ kind: 'nominal', date: counted.last, detail: '' });
  return rolled(input, counted.last, counted.provisional, steps);
}

function paused(rule: ClockRule, length: number, steps: readonly ClockStep[], provisional: boolean): DueDate {
  const unit = rule.unit === 'month' || rule.unit === 'year' ? 'day' : rule.unit;
  return { due: null, original: null, state: 'paused', remaining: { length, unit }, provisional, steps };
}

interface Counted {
  /** Null where an open pause stands before the end. */
  readonly last: CivilDate | null;
  readonly remaining: number;
  readonly provisional: boolean;
  readonly steps: readonly ClockStep[];
}

const isPaused = (date: CivilDate, pauses: readonly ClockEvent[]): boolean =>
  pauses.some((pause) => date > pause.from && (pause.to === null || date <= pause.to));
const isPausedForGood = (date: CivilDate, pauses: readonly ClockEvent[]): boolean =>
  pauses.some((pause) => pause.to === null && date > pause.from);

function countDays(
  { rule, natureOf = natureOfDay }: ClockInput,
  from: CivilDate,
  pauses: readonly ClockEvent[],
): Counted {
  const steps: ClockStep[] = [];
  let provisional = false;
  let used = 0;
  let day = from;
  for (let walked = 0; used < rule.length; walked++) {
    if (walked > MAX_DAYS) throw new AppError('INTERNAL', { reason: 'period without an end' });
    day = addDays(day, 1);
    if (isPausedForGood(day, pauses)) return { last: null, remaining: rule.length - used, provisional, steps };
    if (isPaused(day, pauses)) continue;
    if (rule.unit === 'working-day') {
      const nature = natureOf(day);
      provisional ||= nature.provisional;
      if (nature.makeUp) steps.push({ kind: 'make-up', date: day, detail: nature.holiday ?? '' });
      if (!nature.working) {
        if (nature.holiday !== null) steps.push({ kind: 'skip', date: day, detail: nature.holiday });
        continue;
      }
    }
    used++;
  }
  return { last: day, remaining: 0, provisional, steps };
}

/** Months and years run to the corresponding day; each day of a pause before the end moves it by one. */
function countMonths(rule: ClockRule, from: CivilDate, pauses: readonly ClockEvent[]): Counted {
  const months = rule.unit === 'year' ? rule.length * 12 : rule.length;
  const nominal = addMonths(from, months, rule.monthMode);
  let end = nominal;
  let day = from;
  for (let walked = 0; day < end; walked++) {
    if (walked > MAX_DAYS) throw new AppError('INTERNAL', { reason: 'period without an end' });
    day = addDays(day, 1);
    if (isPausedForGood(day, pauses)) {
      let remaining = 0;
      for (let left = day; left <= end; left = addDays(left, 1)) remaining++;
      return { last: null, remaining, provisional: false, steps: [] };
    }
    if (isPaused(day, pauses)) end = addDays(end, 1);
  }
  return { last: end, remaining: 0, provisional: false, steps: [] };
}

function rolled(input: ClockInput, last: CivilDate, provisionalSoFar: boolean, steps: ClockStep[]): DueDate {
  const { rule, natureOf = natureOfDay } = input;
  const fixed = !rule.roll || (input.custody && rule.criminal);
  if (fixed) {
    steps.push({ kind: 'no-roll', date: last, detail: '刑诉法 105' });
    return { due: last, original: null, state: 'running', remaining: null, provisional: provisionalSoFar, steps };
  }
  let provisional = provisionalSoFar;
  let due = last;
  for (let walked = 0; walked < 60; walked++) {
    const nature = natureOf(due);
    provisional ||= nature.provisional;
    if (nature.working) break;
    steps.push({ kind: 'roll', date: due, detail: nature.holiday ?? '' });
    due = addDays(due, 1);
  }
  if (provisional) steps.push({ kind: 'provisional', date: due, detail: '' });
  return { due, original: due === last ? null : last, state: 'running', remaining: null, provisional, steps };
}
