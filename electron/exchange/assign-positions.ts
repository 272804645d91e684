import type { M, OfficeId } from '../../shared/model/brand.ts';
import type { ActMessage } from '../../shared/model/message.ts';
import { orderClaims, type PositionClaim } from './order.ts';

export interface Assignment {
  readonly m: M;
  readonly pos: number;
  readonly posPrev: M | null;
}

export interface RegistrarFacts {
  readonly lead: OfficeId;
  readonly claims: readonly PositionClaim[];
  /** Accepted acts of the matter in the order of their arrival. */
  readonly acts: readonly { readonly m: M; readonly message: ActMessage }[];
  /** Whether this vault holds an enclosure. */
  readonly holds: (enclosure: M) => boolean;
}

/**
 * The next places of the lead's order: every accepted act whose parents, previous act and enclosures for the lead are here and have
 * their places. A registrar whose own order is in conflict, or has a gap that it once filled and lost, gives no more.
 */
export function assignPositions({ lead, claims, acts, holds }: RegistrarFacts): Assignment[] {
  const { sequence, highest, conflict } = orderClaims(claims);
  if (conflict !== null || highest > sequence.length) return [];
  const placed = new Set(sequence);
  const waiting = acts.filter(({ m }) => !placed.has(m));
  const isReady = ({ message }: { message: ActMessage }): boolean =>
    message.parents.every((parent) => placed.has(parent)) &&
    (message.prev === null || placed.has(message.prev)) &&
    message.enclosures.every(({ message: enclosure, offices }) => !offices.includes(lead) || holds(enclosure));
  const assigned: Assignment[] = [];
  let last = sequence.at(-1) ?? null;
  for (let next = waiting.findIndex(isReady); next >= 0; next = waiting.findIndex(isReady)) {
    const [chosen] = waiting.splice(next, 1);
    if (chosen === undefined) break;
    placed.add(chosen.m);
    assigned.push({ m: chosen.m, pos: placed.size, posPrev: last });
    last = chosen.m;
  }
  return assigned;
}
