import type { M, MatterId } from '../../../shared/model/brand.ts';
import type { SyncMatter, SyncRequestMessage } from '../../../shared/model/message.ts';
import type { Asker } from '../../exchange/sync.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { findCurrentCard } from '../../vault/repositories/cards.ts';
import { findMatter, listMattersOf } from '../../vault/repositories/matters.ts';
import { findLastOfAuthor } from '../../vault/repositories/messages.ts';
import { listHeads } from '../matters/matter-acts.ts';
import { computeMatter } from '../matters/recount-matter.ts';
import { type Destination, findDestination, listDestinations } from '../office/directory.ts';
import { getOwnVault, type OwnVault } from '../office/own-vault.ts';
import { unattendedEnvelope } from './owe-receipt.ts';
import { planCopies } from './queue-copies.ts';
import { oweSealing } from './seal-duty.ts';

/** What this vault holds of a matter; a matter that it does not know has no heads. */
export function describeHolding(db: ReadableDb, own: OwnVault, id: MatterId): SyncMatter {
  const matter = findMatter(db, id);
  const author = { office: own.office.id, vault: own.vault, epoch: own.epoch };
  return {
    matter: id,
    heads: listHeads(db, id),
    seq: findLastOfAuthor(db, author, id)?.seq ?? 0,
    // A place whose receipt is not here is asked for: the receipt says when.
    pos: matter === null ? 0 : computeMatter(db, matter).provenPos,
  };
}

/** Asks one vault for what is missing of some matters. @returns M of the request; null where the vault has no mailbox any more */
export function oweSyncRequest(
  db: WritableDb,
  to: Asker,
  question: Pick<SyncRequestMessage, 'matters' | 'wanted' | 'complete'>,
  now: Date,
): M | null {
  return oweSync(db, to, { ...question, answers: null }, now);
}

/** Says what this vault holds of the matters that it shares with the asker: the end of an answer. */
export function oweStatement(db: WritableDb, to: Asker, answers: M, now: Date): void {
  const own = getOwnVault(db);
  const matters = listMattersOf(db, to.office).map(({ id }) => describeHolding(db, own, id));
  oweSync(db, to, { matters, wanted: [], complete: false, answers }, now);
}

function oweSync(
  db: WritableDb,
  to: Asker,
  question: Pick<SyncRequestMessage, 'matters' | 'wanted' | 'complete' | 'answers'>,
  now: Date,
): M | null {
  const own = getOwnVault(db);
  const destination = findDestination(db, to);
  const self = findOwnDestination(db, own);
  if (destination === null || self === null) return null;
  const destinations = [destination, self];
  const { documents: _, ...draft }: SyncRequestMessage = {
    ...unattendedEnvelope(db, own, destinations, now),
    kind: 'sync-request',
    ...question,
  };
  return oweSealing(db, draft, planCopies(destinations, own.vault), now);
}

/** Every package is sealed for its sender too: what we could not read, we do not send. */
function findOwnDestination(db: ReadableDb, { office, vault }: OwnVault): Destination | null {
  const card = findCurrentCard(db, office.id);
  return card === null ? null : (listDestinations(card.body).find((one) => one.vault === vault) ?? null);
}
