import type { M, MatterId } from '../../../shared/model/brand.ts';
import type { ActMessage } from '../../../shared/model/message.ts';
import { findHeads, type Link } from '../../exchange/heads.ts';
import type { PositionClaim } from '../../exchange/order.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listMessagesOfMatter, type MessageRow } from '../../vault/repositories/messages.ts';
import { listOutboxOf } from '../../vault/repositories/outbox.ts';
import { listPositionClaims } from '../../vault/repositories/positions.ts';

/** An act as it lies in the vault. */
export interface StoredAct {
  readonly m: M;
  readonly message: ActMessage;
  readonly row: MessageRow;
}

/** The acts of a matter in the order of storing, whatever became of them. */
export function listActs(db: ReadableDb, matter: MatterId): StoredAct[] {
  return listMessagesOfMatter(db, matter).flatMap((row) =>
    row.body.kind === 'act' ? [{ m: row.m, message: row.body, row }] : [],
  );
}

/** What the lead's receipts say, superseded ones too: a word once signed stays said. */
export function listClaims(db: ReadableDb, matter: MatterId): PositionClaim[] {
  return listPositionClaims(db, matter);
}

/** Every message to which the lead has given a place, in its own receipt or as the one before another. */
export function listPlaced(db: ReadableDb, matter: MatterId): ReadonlySet<M> {
  const named = listClaims(db, matter).flatMap(({ message, posPrev }) => [message, posPrev]);
  return new Set(named.filter((m) => m !== null));
}

export function toLink({ m, message }: StoredAct): Link {
  return { m, parents: message.parents, prev: message.prev };
}

/** What this vault has applied of a matter: what it accepted, and what the lead gave a place though it was refused here. */
export function listAppliedActs(db: ReadableDb, matter: MatterId): StoredAct[] {
  const placed = listPlaced(db, matter);
  return listActs(db, matter).filter(
    ({ m, row }) => placed.has(m) || (row.status === 'accepted' && !isWithheld(db, row)),
  );
}

/**
 * Whether a message of ours waits for a person's word after a restore, or was dropped by it: nobody must learn of it by the back door, as a parent of
 * the next act or in an answer.
 */
export function isWithheld(db: ReadableDb, { m, direction }: Pick<MessageRow, 'm' | 'direction'>): boolean {
  if (direction !== 'out') return false;
  const copies = listOutboxOf(db, m);
  return copies.length > 0 && copies.every(({ state }) => state === 'frozen' || state === 'cancelled');
}

/** The parents of the next act, at most 16. */
export function listHeads(db: ReadableDb, matter: MatterId): M[] {
  return findHeads(listAppliedActs(db, matter).map(toLink));
}
