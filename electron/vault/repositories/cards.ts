import type { Instant, M, OfficeId } from '../../../shared/model/brand.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import type { BlobId } from '../blobs/blob-id.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';
import { replacePersons } from './persons.ts';

export type CardStatus = 'current' | 'superseded' | 'pending' | 'refused';

export interface CardRow {
  /** M of the card's message. */
  readonly m: M;
  readonly office: OfficeId;
  readonly version: number;
  readonly status: CardStatus;
  readonly body: OfficeCard;
  readonly blob: BlobId | null;
  readonly receivedAt: Instant;
  /** Null while nobody compared the fingerprints: the card is shown as unverified. */
  readonly confirmedAt: Instant | null;
  readonly confirmedBy: string | null;
  /** How it was confirmed, e.g. `phone`, `in-person`, `signed-by-old-key`. */
  readonly how: string | null;
}

export interface NewCard {
  readonly m: M;
  readonly body: OfficeCard;
  readonly blob: BlobId | null;
  readonly status: 'pending' | 'refused';
  readonly receivedAt: Instant;
}

export interface Confirmation {
  readonly at: Instant;
  readonly by: string;
  readonly how: string;
}

type RawCard = Omit<CardRow, 'body'> & { body: string };

const INSERT = insertSql('cards', ['m', 'office', 'version', 'status', 'body', 'blob', 'receivedAt']);

const toCard = (raw: RawCard): CardRow => ({ ...raw, body: JSON.parse(raw.body) as OfficeCard });

/** Stores a card as `pending` or `refused`; {@link makeCardCurrent} puts it into force. Its office must be known. */
export function insertCard(db: WritableDb, card: NewCard): void {
  db.runOne(INSERT, {
    m: card.m,
    office: card.body.office.id,
    version: card.body.version,
    status: card.status,
    body: JSON.stringify(card.body),
    blob: card.blob,
    receivedAt: card.receivedAt,
  });
}

/** Puts a card into force: the office's earlier card is superseded and its persons are replaced. */
export function makeCardCurrent(db: WritableDb, m: M): void {
  const card = db.get<RawCard>("SELECT * FROM cards WHERE m = ? AND status IN ('pending', 'current')", [m]);
  db.run("UPDATE cards SET status = 'superseded' WHERE office = ? AND status = 'current' AND m <> ?", [
    card?.office ?? '',
    m,
  ]);
  db.runOne("UPDATE cards SET status = 'current' WHERE m = ? AND status IN ('pending', 'current')", [m]);
  if (card !== null) replacePersons(db, m, toCard(card).body);
}

export function refuseCard(db: WritableDb, m: M): void {
  db.runOne("UPDATE cards SET status = 'refused' WHERE m = ? AND status = 'pending'", [m]);
}

/**
 * Takes back every confirmation of an office: none of its cards binds anybody any more, and none says which version must come next.
 *
 * @returns how many cards lost their force
 */
export function withdrawCards(db: WritableDb, office: OfficeId): number {
  db.run('DELETE FROM persons WHERE office = ?', [office]);
  return db.run("UPDATE cards SET status = 'refused' WHERE office = ? AND status IN ('current', 'superseded')", [
    office,
  ]);
}

/** Records that a person compared the fingerprints, or what else made the card trusted. */
export function confirmCard(db: WritableDb, m: M, { at, by, how }: Confirmation): void {
  db.runOne('UPDATE cards SET confirmed_at = ?, confirmed_by = ?, how = ? WHERE m = ?', [at, by, how, m]);
}

export function findCard(db: ReadableDb, m: M): CardRow | null {
  const raw = db.get<RawCard>('SELECT * FROM cards WHERE m = ?', [m]);
  return raw === null ? null : toCard(raw);
}

export function findCurrentCard(db: ReadableDb, office: OfficeId): CardRow | null {
  const raw = db.get<RawCard>("SELECT * FROM cards WHERE office = ? AND status = 'current'", [office]);
  return raw === null ? null : toCard(raw);
}

export function listCurrentCards(db: ReadableDb): CardRow[] {
  return db.all<RawCard>("SELECT * FROM cards WHERE status = 'current' ORDER BY office").map(toCard);
}

export function listPendingCards(db: ReadableDb): CardRow[] {
  return db.all<RawCard>("SELECT * FROM cards WHERE status = 'pending' ORDER BY office, version").map(toCard);
}

/** All cards of an office, oldest version first. */
export function listCards(db: ReadableDb, office: OfficeId): CardRow[] {
  return db.all<RawCard>('SELECT * FROM cards WHERE office = ? ORDER BY version, m', [office]).map(toCard);
}
