import type { Instant, M } from '../../shared/model/brand.ts';

/** What one delivered receipt of the lead's registrar says: `message` stands at `pos`, `posPrev` right before it. */
export interface PositionClaim {
  readonly pos: number;
  readonly posPrev: M | null;
  readonly message: M;
  /** M of the receipt: the proof. */
  readonly receipt: M;
  /** When the message was durable at the lead, by the lead's own word. */
  readonly receivedAt: Instant;
  /** M of the receipt that this one replaces. */
  readonly supersedes: M | null;
}

/** Two signed words of the lead that cannot both be true: they convict it (protocol.md 2). */
export interface LeadConflict {
  /** The first position that cannot be counted. */
  readonly pos: number;
  readonly messages: readonly M[];
  readonly receipts: readonly M[];
}

export interface LeadOrder {
  /** Messages at the positions 1, 2, … without a gap, up to a conflict. */
  readonly sequence: readonly M[];
  /** The highest position claimed. More than the sequence is long: something is missing, or in conflict. */
  readonly highest: number;
  readonly conflict: LeadConflict | null;
}

interface Word {
  readonly message: M;
  readonly receipt: M;
}

/**
 * The lead's order from all receipts at hand, in whatever order they came. `posPrev` counts as a claim too: a receipt lost on its way
 * leaves no gap, and a lead that tells two offices two different pasts is found out.
 */
export function orderClaims(claims: readonly PositionClaim[]): LeadOrder {
  const words = collectWords(claims);
  const highest = Math.max(0, ...words.keys());
  const sequence: M[] = [];
  const placed = new Map<M, number>();
  for (let pos = 1; ; pos++) {
    const at = words.get(pos) ?? [];
    const [first] = at;
    if (first === undefined) return { sequence, highest, conflict: null };
    const earlier = placed.get(first.message);
    const rivals = earlier === undefined ? at : [...(words.get(earlier) ?? []), ...at];
    if (at.some(({ message }) => message !== first.message) || earlier !== undefined) {
      return { sequence, highest, conflict: toConflict(pos, rivals) };
    }
    placed.set(first.message, pos);
    sequence.push(first.message);
  }
}

function collectWords(claims: readonly PositionClaim[]): ReadonlyMap<number, Word[]> {
  const words = new Map<number, Word[]>();
  const add = (pos: number, message: M, receipt: M): void => {
    const at = words.get(pos);
    if (at === undefined) words.set(pos, [{ message, receipt }]);
    else at.push({ message, receipt });
  };
  for (const { pos, posPrev, message, receipt } of claims) {
    add(pos, message, receipt);
    if (posPrev !== null && pos > 1) add(pos - 1, posPrev, receipt);
  }
  return words;
}

function toConflict(pos: number, words: readonly Word[]): LeadConflict {
  const distinct = (values: readonly M[]): M[] => [...new Set(values)].sort();
  return {
    pos,
    messages: distinct(words.map(({ message }) => message)),
    receipts: distinct(words.map(({ receipt }) => receipt)),
  };
}

/**
 * When the lead had each message, by its receipt in force: one that was replaced says nothing any more, and of several that stand the earliest holds, so
 * that everybody who has them picks the same. Whose receipt is not here has no time.
 */
export function timesOf(claims: readonly PositionClaim[]): ReadonlyMap<M, Instant> {
  const replaced = new Set(claims.map(({ supersedes }) => supersedes));
  const times = new Map<M, Instant>();
  for (const { message, receipt, receivedAt } of claims) {
    if (replaced.has(receipt)) continue;
    const known = times.get(message);
    if (known === undefined || receivedAt < known) times.set(message, receivedAt);
  }
  return times;
}
