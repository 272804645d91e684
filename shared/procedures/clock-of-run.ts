import type { Form } from '../model/forms/form.ts';
import { type CivilMoment, formatCivilMoment } from './clock/civil-date.ts';
import type { ClockEvent } from './clock/clock-event.ts';
import { isCountable } from './clock/countable.ts';
import { computeDue, type DueDate } from './clock/due-date.ts';
import type { ClockRule } from './clock/rule.ts';
import { findRuleInForce } from './clock/rules.ts';
import type { ClockRun, ClockRunTouch } from './clock-runs.ts';
import { holdsAll } from './condition.ts';
import type { ClockPause, MatterClock } from './matter-clock.ts';

/** A period with its dates, rule, article and pauses. Pure: the same acts give the same everywhere and at any time. */
export function clockOfRun(run: ClockRun, opening: Form): MatterClock {
  const { spec, startedAt, ended, region } = run;
  const rule = spec.rule === null || startedAt === null ? null : findRuleInForce(spec.rule, startedAt.date, region);
  const counted = countRun(run, rule, opening);
  const endedAt = ended?.at ?? null;
  return {
    id: spec.id,
    turn: run.turn,
    who: spec.who,
    rule: rule?.id ?? null,
    article: rule?.article ?? '',
    status: rule?.status ?? 'agreed',
    source: rule?.source ?? '',
    startedBy: run.startedBy,
    startedAt: format(startedAt),
    basis: run.basis,
    state: ended?.how ?? counted?.state ?? 'unknown',
    due: counted?.due ?? null,
    original: counted?.original ?? null,
    remaining: ended === null ? (counted?.remaining ?? null) : null,
    provisional: counted?.provisional ?? false,
    pauses: run.touches.map((touch) => toPause(touch, rule)),
    steps: counted?.steps ?? [],
    endedBy: ended?.by ?? null,
    endedAt: format(endedAt),
    late: ended?.how === 'met' && isPast(counted?.due ?? null, endedAt),
  };
}

/** Whether a moment lies after a due day or, for hours, after a due minute. */
export function isPast(due: string | null, at: CivilMoment | null): boolean {
  if (due === null || at === null) return false;
  return due.length === 10 ? at.date > due : formatCivilMoment(at) > due;
}

/** Whether some time that this period is counted by stands in a receipt that is not here. */
export function lacksTime({ startedAt, touches }: ClockRun): boolean {
  return startedAt === null || touches.some(({ from, to }) => from === null || to === null);
}

const format = (moment: CivilMoment | null): string | null => (moment === null ? null : formatCivilMoment(moment));

type Counted = Pick<DueDate, 'due' | 'original' | 'remaining' | 'provisional' | 'steps'> & {
  readonly state: 'running' | 'paused';
};

function countRun(run: ClockRun, rule: ClockRule | null, opening: Form): Counted | null {
  if (lacksTime(run)) return null;
  if (run.due !== null) {
    return { state: 'running', due: run.due, original: null, remaining: null, provisional: false, steps: [] };
  }
  if (rule === null || run.startedAt === null || !canBeCounted(run)) return null;
  const custody = run.spec.custody !== undefined && holdsAll([run.spec.custody], { opening, form: {} });
  const result = computeDue({ rule, start: run.startedAt, events: toEvents(run.touches, rule), custody });
  return { ...result, state: result.state === 'paused' ? 'paused' : 'running' };
}

/**
 * Dates come from forms and from watches of others: a day of the year 9999, or a pause of a century, must neither stop a vault nor keep it counting.
 * Everybody leaves such a period uncounted alike.
 */
function canBeCounted({ startedAt, touches }: ClockRun): boolean {
  const dates = [startedAt, ...touches.flatMap(({ from, to }) => [from, to])].flatMap((moment) =>
    moment === null || moment === 'open' ? [] : [moment.date],
  );
  return isCountable(dates);
}

/** A lapse is recorded by an act of its own: asking for papers lapses nothing. */
function toEvents(touches: readonly ClockRunTouch[], { supplement }: ClockRule): ClockEvent[] {
  if (supplement !== 'pause' && supplement !== 'restart') return [];
  return touches.flatMap(({ cause, from, to }): ClockEvent[] => {
    if (from === null || to === null) return [];
    // The lead's watch may run back between two receipts: an excluded time is never less than nothing.
    const end = to !== 'open' && to.date < from.date ? from : to;
    return [{ effect: supplement, cause, from: from.date, to: end === 'open' ? null : end.date }];
  });
}

function toPause({ cause, from, to }: ClockRunTouch, rule: ClockRule | null): ClockPause {
  return {
    cause,
    effect: rule?.supplement ?? 'none',
    from: from?.date ?? '',
    to: to === 'open' || to === null ? null : to.date,
  };
}
