import type { M } from '../model/brand.ts';
import type { Form } from '../model/forms/form.ts';
import { type CivilDate, type CivilMoment, parseCivilDate, parseCivilMoment } from './clock/civil-date.ts';
import { holdsAll, valueAt } from './condition.ts';
import type { ClockBasis } from './matter-clock.ts';
import type { ClockMark, ClockSpec, Procedure } from './procedure.ts';

/** What happened to one period, as the ordered acts say; its dates are computed from this (clock-of-run.ts). */
export interface ClockRun {
  readonly spec: ClockSpec;
  readonly turn: number;
  readonly startedBy: M;
  /** Null: the receipt with the time is not here. */
  readonly startedAt: CivilMoment | null;
  readonly basis: ClockBasis;
  /** Where the date stands in a form. */
  readonly due: CivilDate | null;
  readonly touches: readonly ClockRunTouch[];
  readonly ended: ClockRunEnd | null;
  /** Whose regional rules count: where the leading office is registered. */
  readonly region: string;
}

export interface ClockRunTouch {
  readonly cause: string;
  readonly from: CivilMoment | null;
  /** `open`: not ended. */
  readonly to: CivilMoment | null | 'open';
}

export interface ClockRunEnd {
  readonly how: 'met' | 'stopped' | 'lapsed';
  readonly by: M;
  readonly at: CivilMoment | null;
}

/** An act that counts, with the lead's word for when it came. */
export interface TimedAct {
  readonly m: M;
  readonly id: string;
  readonly form: Form;
  readonly receivedAt: CivilMoment | null;
}

/** What one act that counts does to the periods of its matter. */
export function advanceRuns(
  runs: readonly ClockRun[],
  { clocks }: Procedure,
  act: TimedAct,
  { opening, isFinal, region }: { readonly opening: Form; readonly isFinal: boolean; readonly region: string },
): readonly ClockRun[] {
  // Started first: an act may meet the period that it tells of, as a file passed on within 24 hours does.
  const started = clocks.reduce((all, spec) => start(all, spec, act, opening, region), runs);
  const advanced = started.map((run) => touch(end(run, act), act));
  return isFinal ? advanced.map((run) => finish(run, 'stopped', act)) : advanced;
}

function finish(run: ClockRun, how: ClockRunEnd['how'], { m, receivedAt }: TimedAct): ClockRun {
  return run.ended === null ? { ...run, ended: { how, by: m, at: receivedAt } } : run;
}

function end(run: ClockRun, act: TimedAct): ClockRun {
  if (run.spec.end.includes(act.id)) return finish(run, 'met', act);
  if (run.spec.lapse === act.id) return finish(run, 'lapsed', act);
  return run.spec.stop?.includes(act.id) === true ? finish(run, 'stopped', act) : run;
}

function touch(run: ClockRun, { id, receivedAt }: TimedAct): ClockRun {
  if (run.ended !== null) return run;
  const touches = [...run.touches];
  for (const { cause, from, to } of run.spec.touched ?? []) {
    const open = touches.findIndex((one) => one.cause === cause && one.to === 'open');
    const standing = touches[open];
    if (to.includes(id) && standing !== undefined) touches[open] = { ...standing, to: receivedAt };
    else if (from.includes(id) && standing === undefined) touches.push({ cause, from: receivedAt, to: 'open' });
  }
  return { ...run, touches };
}

function start(
  runs: readonly ClockRun[],
  spec: ClockSpec,
  act: TimedAct,
  opening: Form,
  region: string,
): readonly ClockRun[] {
  const mark = spec.start.find((one) => one.act === act.id);
  if (mark === undefined || !holdsAll(spec.when, { opening, form: act.form })) return runs;
  const begun = begin(mark, act);
  if (begun === null || (spec.rule === null && begun.due === null)) return runs;
  const own = runs.filter((run) => run.spec.id === spec.id);
  const running = own.find(({ ended }) => ended === null);
  if (running !== undefined && spec.rule !== null) return runs;
  const run: ClockRun = { spec, turn: own.length + 1, startedBy: act.m, touches: [], ended: null, region, ...begun };
  // A later date in a form replaces the earlier one: 改期 is one period with a new end, not a second one.
  if (running !== undefined) return runs.map((one) => (one === running ? { ...run, turn: running.turn } : one));
  return [...runs, run];
}

function begin(
  { at, due }: ClockMark,
  { form, receivedAt }: TimedAct,
): Pick<ClockRun, 'startedAt' | 'basis' | 'due'> | null {
  const dueDay = due === undefined ? null : textAt(form, due);
  const day = dueDay === null ? null : parseCivilDate(dueDay);
  if (at === 'received') return { startedAt: receivedAt, basis: 'lead-receipt', due: day };
  const text = textAt(form, at.form);
  const moment = text === null ? null : parseCivilMoment(text);
  return moment === null ? null : { startedAt: moment, basis: 'form', due: day };
}

function textAt(form: Form, path: string): string | null {
  const value = valueAt(form, path);
  return typeof value === 'string' ? value : null;
}
