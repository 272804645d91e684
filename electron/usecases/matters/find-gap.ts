import { LIMITS } from '../../../shared/limits.ts';
import type { M, MatterId, OfficeId, VaultId } from '../../../shared/model/brand.ts';
import type { Message } from '../../../shared/model/message.ts';
import type { Asker } from '../../exchange/sync.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findMatter, listParticipants } from '../../vault/repositories/matters.ts';
import { listMissingEnclosures, listMissingParents } from '../../vault/repositories/message-links.ts';
import {
  findMessage,
  listHeldMessages,
  listMessagesOfMatter,
  type MessageRow,
} from '../../vault/repositories/messages.ts';
import { listDestinationsOf } from '../office/directory.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { isWithheld, listActs, listPlaced } from './matter-acts.ts';
import { computeMatter } from './recount-matter.ts';

/** What a matter lacks here. */
export interface Gap {
  /** Messages that others name and that are not here, at most 1024. */
  readonly wanted: readonly M[];
  /** Something is known to be missing; otherwise an act merely waits for its place, which may be on its way. */
  readonly certain: boolean;
}

const MOST = LIMITS.recipients * LIMITS.parents;

/** Null where nothing is missing. */
export function findGap(db: ReadableDb, id: MatterId): Gap | null {
  const own = getOwnVault(db).office.id;
  const matter = findMatter(db, id);
  const held = listHeldMessages(db, id);
  const count = matter === null ? null : computeMatter(db, matter);
  const waitingFor = count?.waitingFor ?? null;
  const lacksTime = count !== null && count.provenPos < count.countedPos;
  const named = [
    ...listMissingParents(db, id),
    ...listMissingEnclosures(db, id, own),
    ...held.flatMap(receiptedMessage),
    ...(waitingFor?.message == null ? [] : [waitingFor.message]),
  ];
  const wanted = [...new Set(named)].filter((m) => findMessage(db, m) === null).slice(0, MOST);
  const waits = held.some(({ code }) => code === 'MATTER_UNKNOWN' || code === 'MESSAGE_UNKNOWN');
  if (wanted.length > 0 || waitingFor !== null || lacksTime || waits) return { wanted, certain: true };
  return hasUnplacedAct(db, id) ? { wanted, certain: false } : null;
}

function receiptedMessage({ body }: MessageRow): M[] {
  return body.kind === 'receipt' ? [body.receipt.message] : [];
}

function hasUnplacedAct(db: ReadableDb, id: MatterId): boolean {
  const placed = listPlaced(db, id);
  return listActs(db, id).some(({ m, row }) => row.status === 'accepted' && !placed.has(m) && !isWithheld(db, row));
}

/** Vaults that may have what a matter lacks: the participants', or those of whoever spoke of a matter that is unknown here. */
export function listAskable(db: ReadableDb, id: MatterId): Asker[] {
  const own = getOwnVault(db);
  const known = listParticipants(db, id);
  const speakers = listHeldMessages(db, id).map(({ authorOffice }) => authorOffice);
  const offices = known.length > 0 ? known : speakers.filter((office): office is OfficeId => office !== null);
  return listDestinationsOf(db, [...new Set(offices)])
    .filter(({ vault }) => vault !== own.vault)
    .map(({ office, vault }) => ({ office, vault }));
}

/** Vaults whose messages name what is missing, or wait for it. */
export function listWitnesses(db: ReadableDb, id: MatterId, { wanted }: Gap): ReadonlySet<VaultId> {
  const missing = new Set(wanted);
  const named = listMessagesOfMatter(db, id).filter(
    ({ body, status }) => status === 'held' || namedBy(body).some((m) => missing.has(m)),
  );
  return new Set(named.map(({ authorVault }) => authorVault).filter((vault) => vault !== null));
}

function namedBy(message: Message): readonly M[] {
  if (message.kind !== 'act') return [];
  const enclosures = message.enclosures.map((enclosure) => enclosure.message);
  return [...message.parents, ...enclosures, ...(message.prev === null ? [] : [message.prev])];
}
