import { type ErrorCode, isAppError } from '../errors.ts';
import type { Instant, M, OfficeId } from '../model/brand.ts';
import type { Form } from '../model/forms/form.ts';
import { registrationRegion } from '../model/identifiers.ts';
import type { Act, ProcedureType } from '../model/vocabulary.ts';
import { parseAct } from './act-of-form.ts';
import { type CivilMoment, civilMomentAt } from './clock/civil-date.ts';
import { clockOfRun, isPast, lacksTime } from './clock-of-run.ts';
import { advanceRuns, type ClockRun } from './clock-runs.ts';
import { holdsAll } from './condition.ts';
import { findProcedure } from './find-procedure.ts';
import type { MatterClock } from './matter-clock.ts';
import { type Move, type Procedure, type ProcedureAct, type Role, UNOPENED } from './procedure.ts';
import { roleOf } from './role-of.ts';

export { UNOPENED };

/** One act in the lead's order. */
export interface OrderedAct {
  readonly m: M;
  readonly office: OfficeId;
  readonly act: Act;
  readonly form: Form;
  /** Set where the act is void before the procedure is even asked, e.g. SEQUENCE_BROKEN. */
  readonly voidCode: ErrorCode | null;
  /** What the lead's receipt for this place says; null where that receipt is not here. */
  readonly receivedAt: Instant | null;
}

export interface FoldedAct {
  readonly m: M;
  /** Of the procedure's act; null where none could be told. */
  readonly id: string | null;
  /** Null: it counts. Void for everyone otherwise. */
  readonly voidCode: ErrorCode | null;
  /** Stable word for the reason: `role`, `state`, `act`, `order`, `clock`, `field:<path>`, `needs:<path>`; null where it counts. */
  readonly voidReason: string | null;
  /** After this act. */
  readonly state: string;
  readonly sides: readonly string[];
}

export interface MatterParties {
  readonly type: ProcedureType;
  readonly opener: OfficeId;
  readonly lead: OfficeId;
}

export interface MatterFold {
  /** As many of the acts given as could be judged. */
  readonly acts: readonly FoldedAct[];
  readonly state: string;
  /** What is pending beside the state, in the order of the procedure. */
  readonly sides: readonly string[];
  readonly procedure: Procedure | null;
  readonly opening: Form | null;
  readonly clocks: readonly MatterClock[];
  /** What the clocks are computed from. */
  readonly runs: readonly ClockRun[];
  /** The next act can be judged only by a time in a receipt that is not here: nothing after it is guessed. */
  readonly stuck: boolean;
}

interface Progress {
  readonly state: string;
  readonly sides: readonly string[];
  readonly procedure: Procedure | null;
  readonly opening: Form | null;
  readonly runs: readonly ClockRun[];
}

const START: Progress = { state: UNOPENED, sides: [], procedure: null, opening: null, runs: [] };

/**
 * The state of a matter and its clocks: a fold over the lead's order (protocol.md 2). Pure, so that every office computes the same from the same acts.
 */
export function foldMatter(parties: MatterParties, acts: readonly OrderedAct[]): MatterFold {
  let progress = START;
  const folded: FoldedAct[] = [];
  let stuck = false;
  for (const act of acts) {
    const verdict = act.voidCode === null ? judge(parties, progress, act) : refuse(act.voidCode, 'order');
    if (verdict === STUCK) {
      stuck = true;
      break;
    }
    if (verdict.ok) progress = verdict.next;
    folded.push({
      m: act.m,
      id: verdict.id,
      voidCode: verdict.ok ? null : verdict.voidCode,
      voidReason: verdict.ok ? null : verdict.reason,
      state: progress.state,
      sides: progress.sides,
    });
  }
  const { state, sides, procedure, opening, runs } = progress;
  const clocks = opening === null ? [] : runs.map((run) => clockOfRun(run, opening));
  return { acts: folded, state, sides, procedure, opening, clocks, runs, stuck };
}

type Verdict =
  | { readonly ok: true; readonly id: string; readonly next: Progress }
  | { readonly ok: false; readonly id: string | null; readonly voidCode: ErrorCode; readonly reason: string };

const STUCK = 'stuck';

const refuse = (voidCode: ErrorCode, reason: string, id: string | null = null): Verdict => ({
  ok: false,
  id,
  voidCode,
  reason,
});

function judge(parties: MatterParties, progress: Progress, act: OrderedAct): Verdict | typeof STUCK {
  const isOpening = progress.procedure === null;
  if (isOpening && (act.act !== 'submit' || act.office !== parties.opener)) return refuse('ACT_NOT_ALLOWED', 'state');
  const procedure = progress.procedure ?? findProcedure(parties.type, act.form);
  if (procedure === null) return refuse('FORM_INVALID', 'field:subtype');
  const performed = tryParse(procedure, act);
  if ('voidCode' in performed) return performed;
  const opening = progress.opening ?? act.form;
  const role = roleOf(parties, procedure, opening, act.office);
  // The opener may lead its own matter: it opened it all the same.
  if (!performed.by.includes(isOpening ? 'opener' : role)) return refuse('ACT_NOT_ALLOWED', 'role', performed.id);
  const at = act.receivedAt === null ? null : civilMomentAt(Date.parse(act.receivedAt));
  const move = findMove(performed, { ...progress, opening, form: act.form, at });
  if (move === STUCK) return STUCK;
  if (typeof move === 'string') return refuse('ACT_NOT_ALLOWED', move, performed.id);
  return {
    ok: true,
    id: performed.id,
    next: follow(
      move,
      procedure,
      performed,
      { ...progress, opening, region: registrationRegion(parties.lead) },
      act,
      at,
    ),
  };
}

function tryParse(procedure: Procedure, { act, form }: OrderedAct): ProcedureAct | (Verdict & { ok: false }) {
  try {
    return parseAct(procedure, act, form);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const reason = error.code === 'FORM_INVALID' ? `field:${String(error.params['field'])}` : 'act';
    return { ok: false, id: null, voidCode: error.code, reason };
  }
}

function follow(
  move: Move,
  procedure: Procedure,
  { id }: ProcedureAct,
  progress: Progress & { readonly opening: Form; readonly region: string },
  { m, form }: OrderedAct,
  at: CivilMoment | null,
): Progress {
  const { opening, region } = progress;
  const state = move.to ?? progress.state;
  const isFinal = procedure.states.some((one) => one.id === state && one.kind === 'final');
  const pending = new Set(progress.sides);
  for (const side of move.settles ?? []) pending.delete(side);
  if (move.opens !== undefined) pending.add(move.opens);
  const sides = isFinal ? [] : procedure.sides.filter((side) => pending.has(side));
  const runs = advanceRuns(progress.runs, procedure, { m, id, form, receivedAt: at }, { opening, isFinal, region });
  return { state, sides, procedure, opening, runs };
}

/** What a move is looked for in. */
interface Situation {
  readonly state: string;
  readonly sides: readonly string[];
  readonly opening: Form;
  /** Null: any form will do, e.g. before a person has filled it in. */
  readonly form: Form | null;
  readonly runs: readonly ClockRun[];
  /** When the act came, by the lead; null where that is not known. */
  readonly at: CivilMoment | null;
}

/** The first move that fits, or why none does: `state`, `needs:<path>`, `clock`, or STUCK where a time is missing. */
function findMove({ moves }: ProcedureAct, situation: Situation): Move | string {
  const { state, sides, opening, form, runs, at } = situation;
  const here = moves.filter(
    ({ from, pending, notPending }) =>
      from.includes(state) &&
      (pending === undefined || sides.includes(pending)) &&
      (notPending === undefined || !sides.includes(notPending)),
  );
  if (here.length === 0) return 'state';
  const needed = (move: Move) => (move.needs ?? []).filter(({ of }) => of === 'opening' || form !== null);
  const fitting = here.filter((move) => holdsAll(needed(move), { opening, form: form ?? {} }));
  if (fitting.length === 0) return `needs:${here[0]?.needs?.[0]?.path ?? ''}`;
  const timed = fitting.find(({ after }) => after === undefined);
  if (timed !== undefined) return timed;
  return findTimedMove(fitting, runs, opening, at);
}

function findTimedMove(
  moves: readonly Move[],
  runs: readonly ClockRun[],
  opening: Form,
  at: CivilMoment | null,
): Move | string {
  for (const move of moves) {
    const run = runs.findLast((one) => one.spec.id === move.after && one.ended === null);
    if (run === undefined) continue;
    if (at === null || lacksTime(run)) return STUCK;
    const clock = clockOfRun(run, opening);
    if (clock.state === 'running' && isPast(clock.due, at)) return move;
  }
  return 'clock';
}

/** An act that could be performed now, whatever its form will say. */
export function listPossibleActs(
  { procedure, opening, state, sides, runs }: MatterFold,
  role: Role,
  at: CivilMoment,
): readonly ProcedureAct[] {
  if (procedure === null || opening === null) return [];
  return procedure.acts.filter(
    (act) =>
      act.by.includes(role) && typeof findMove(act, { state, sides, opening, form: null, runs, at }) !== 'string',
  );
}
