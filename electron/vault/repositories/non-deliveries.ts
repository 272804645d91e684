import type { Instant, M, OfficeId } from '../../../shared/model/brand.ts';
import type { NonDeliveryMessage } from '../../../shared/model/message.ts';
import type { BlobId } from '../blobs/blob-id.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** A signed record that a message was not acknowledged in time. A receipt that comes later supersedes it and deletes nothing. */
export interface NonDeliveryRow {
  /** M of the record itself. */
  readonly m: M;
  /** M of the message. */
  readonly message: M;
  /** The office that has not answered. */
  readonly office: OfficeId;
  readonly recordedAt: Instant;
  readonly body: NonDeliveryMessage;
  /** Null until it is sealed. */
  readonly blob: BlobId | null;
  /** M of the receipt that came after all. */
  readonly supersededBy: M | null;
  readonly supersededAt: Instant | null;
}

type RawRecord = Omit<NonDeliveryRow, 'body'> & { body: string };

const toRecord = (raw: RawRecord): NonDeliveryRow => ({ ...raw, body: JSON.parse(raw.body) as NonDeliveryMessage });

/** @param answer a receipt that is here already, where the record comes from another device of ours */
export function insertNonDelivery(
  db: WritableDb,
  m: M,
  body: NonDeliveryMessage,
  blob: BlobId | null,
  answer: { readonly m: M; readonly at: Instant } | null = null,
): void {
  const { message, office } = body.record;
  db.runOne(
    `INSERT INTO non_deliveries (m, message, office, recorded_at, body, blob, superseded_by, superseded_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [m, message, office, body.createdAt, JSON.stringify(body), blob, answer?.m ?? null, answer?.at ?? null],
  );
}

export function setNonDeliveryBlob(db: WritableDb, m: M, blob: BlobId): void {
  db.runOne('UPDATE non_deliveries SET blob = ? WHERE m = ?', [blob, m]);
}

/** Puts one record in the place of another that was never sealed, with the receipt that has healed it meanwhile. */
export function replaceUnsealedRecord(db: WritableDb, old: M, m: M, body: NonDeliveryMessage): void {
  const { supersededBy, supersededAt } = findNonDelivery(db, old) ?? { supersededBy: null, supersededAt: null };
  db.run('DELETE FROM non_deliveries WHERE m = ?', [old]);
  const answer = supersededBy === null || supersededAt === null ? null : { m: supersededBy, at: supersededAt };
  insertNonDelivery(db, m, body, null, answer);
}

export function findNonDelivery(db: ReadableDb, m: M): NonDeliveryRow | null {
  const raw = db.get<RawRecord>('SELECT * FROM non_deliveries WHERE m = ?', [m]);
  return raw === null ? null : toRecord(raw);
}

/** Records for a message, superseded ones too, the oldest first. */
export function listNonDeliveries(db: ReadableDb, message: M): NonDeliveryRow[] {
  return db
    .all<RawRecord>('SELECT * FROM non_deliveries WHERE message = ? ORDER BY recorded_at, m', [message])
    .map(toRecord);
}
