import type { ErrorCode } from '../../shared/errors.ts';
import type { Instant, M, OfficeId } from '../../shared/model/brand.ts';
import type { ActMessage } from '../../shared/model/message.ts';
import {
  foldMatter,
  type MatterFold,
  type MatterParties,
  type OrderedAct,
} from '../../shared/procedures/fold-matter.ts';
import { type LeadConflict, orderClaims, type PositionClaim, timesOf } from './order.ts';

export interface CountedAct {
  readonly m: M;
  readonly pos: number;
  /** Of the procedure's act; null where none could be told. */
  readonly id: string | null;
  readonly voidCode: ErrorCode | null;
  readonly voidReason: string | null;
  /** After this act. */
  readonly state: string;
}

export interface MatterCount extends Pick<MatterFold, 'state' | 'sides' | 'clocks'> {
  readonly fold: MatterFold;
  /** The fold has reached this position; 0 before the first. */
  readonly countedPos: number;
  readonly acts: readonly CountedAct[];
  readonly conflict: LeadConflict | null;
  /** Positions from the first on whose receipts are here: beyond them clocks have no times. */
  readonly provenPos: number;
  /** Where the fold stops though the lead went on: a position nobody told us, or one whose message is not here. */
  readonly waitingFor: { readonly pos: number; readonly message: M | null } | null;
}

/**
 * The state of a matter from the lead's receipts and the acts at hand. What was refused here still counts where the lead gave it a place:
 * of two messages under one id the lead's choice decides for everyone.
 */
export function countMatter(
  parties: MatterParties,
  claims: readonly PositionClaim[],
  acts: ReadonlyMap<M, ActMessage>,
): MatterCount {
  const { sequence, highest, conflict } = orderClaims(claims);
  const missing = sequence.findIndex((m) => !acts.has(m));
  const counted = missing < 0 ? sequence : sequence.slice(0, missing);
  const times = timesOf(claims);
  const fold = foldMatter(parties, orderActs(parties, counted, acts, times));
  const { state, sides, clocks } = fold;
  const next = fold.acts.length + 1;
  const unproven = counted.findIndex((m) => !times.has(m));
  return {
    state,
    sides,
    clocks,
    fold,
    countedPos: fold.acts.length,
    provenPos: unproven < 0 ? counted.length : unproven,
    acts: fold.acts.map(({ m, id, voidCode, voidReason, state: after }, index) => ({
      m,
      pos: index + 1,
      id,
      voidCode,
      voidReason,
      state: after,
    })),
    conflict,
    waitingFor: highest >= next && next !== conflict?.pos ? { pos: next, message: sequence[next - 1] ?? null } : null,
  };
}

function orderActs(
  { type }: MatterParties,
  counted: readonly M[],
  acts: ReadonlyMap<M, ActMessage>,
  times: ReadonlyMap<M, Instant>,
): readonly OrderedAct[] {
  const before = new Set<M>();
  return counted.flatMap((m) => {
    const message = acts.get(m);
    if (message === undefined) return [];
    const follows = message.type === type && followsItsPast(message, before, acts);
    before.add(m);
    return {
      m,
      // Admission lets nothing in without an office.
      office: message.author.office as OfficeId,
      act: message.act,
      form: message.form,
      voidCode: follows ? null : ('SEQUENCE_BROKEN' as const),
      receivedAt: times.get(m) ?? null,
    };
  });
}

/** Whether everything that the author had applied, and the author's own act before it, stand at earlier positions. */
function followsItsPast(message: ActMessage, before: ReadonlySet<M>, acts: ReadonlyMap<M, ActMessage>): boolean {
  if (!message.parents.every((parent) => before.has(parent))) return false;
  if (message.prev === null) return message.seq === 1;
  const previous = acts.get(message.prev);
  return (
    previous !== undefined &&
    before.has(message.prev) &&
    previous.seq === message.seq - 1 &&
    previous.author.office === message.author.office &&
    previous.author.vault === message.author.vault &&
    previous.author.epoch === message.author.epoch
  );
}
