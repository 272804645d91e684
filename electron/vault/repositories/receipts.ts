import type { ErrorCode } from '../../../shared/errors.ts';
import type { Instant, M, MatterId, OfficeId, VaultId } from '../../../shared/model/brand.ts';
import type { ReceiptMessage } from '../../../shared/model/message.ts';
import type { ReceiptKind } from '../../../shared/model/vocabulary.ts';
import type { BlobId } from '../blobs/blob-id.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';
import type { Direction } from './messages.ts';

export interface ReceiptRow {
  /** M of the receipt itself. */
  readonly m: M;
  readonly kind: ReceiptKind;
  readonly office: OfficeId;
  readonly vault: VaultId;
  /** M of the receipted message; it may be unknown here. */
  readonly message: M;
  readonly pos: number | null;
  readonly posPrev: M | null;
  /** Claimed by the receipting vault. */
  readonly receivedAt: Instant;
  readonly code: ErrorCode | null;
  readonly supersedes: M | null;
  /** Whether no other receipt has superseded it. */
  readonly current: boolean;
  /** What was noticed but refused nothing, e.g. `before-message`, `clock-skew`. */
  readonly flags: readonly string[];
  readonly body: ReceiptMessage;
  readonly blob: BlobId | null;
  readonly direction: Direction;
  readonly storedAt: Instant;
}

export interface NewReceipt {
  readonly m: M;
  readonly body: ReceiptMessage;
  readonly flags: readonly string[];
  readonly blob: BlobId | null;
  readonly direction: Direction;
  readonly storedAt: Instant;
  /** False where a newer one that supersedes it came first. */
  readonly current: boolean;
}

type RawReceipt = Omit<ReceiptRow, 'body' | 'flags' | 'current'> & { body: string; flags: string; current: number };

const INSERT = insertSql('receipts', [
  'm',
  'kind',
  'office',
  'vault',
  'message',
  'pos',
  'posPrev',
  'receivedAt',
  'code',
  'supersedes',
  'current',
  'flags',
  'body',
  'blob',
  'direction',
  'storedAt',
]);

const toReceipt = (raw: RawReceipt): ReceiptRow => ({
  ...raw,
  body: JSON.parse(raw.body) as ReceiptMessage,
  flags: JSON.parse(raw.flags) as string[],
  current: raw.current === 1,
});

/** Stores a receipt. Where it supersedes another one, call {@link retireReceipt} for that first: one per vault, kind and message is current. */
export function insertReceipt(
  db: WritableDb,
  { m, body, flags, blob, direction, storedAt, current }: NewReceipt,
): void {
  const { kind, office, vault, message, pos, posPrev, receivedAt, code, supersedes } = body.receipt;
  db.runOne(INSERT, {
    m,
    kind,
    office,
    vault,
    message,
    pos,
    posPrev,
    receivedAt,
    code,
    supersedes,
    current,
    flags: JSON.stringify(flags),
    body: JSON.stringify(body),
    blob,
    direction,
    storedAt,
  });
}

/** The receipt is no longer the current one; false where it is unknown or was not. */
export function retireReceipt(db: WritableDb, m: M): boolean {
  return db.run('UPDATE receipts SET current = 0 WHERE m = ? AND current = 1', [m]) === 1;
}

export function setReceiptFlags(db: WritableDb, m: M, flags: readonly string[]): void {
  db.runOne('UPDATE receipts SET flags = ? WHERE m = ?', [JSON.stringify(flags), m]);
}

export function findReceipt(db: ReadableDb, m: M): ReceiptRow | null {
  const raw = db.get<RawReceipt>('SELECT * FROM receipts WHERE m = ?', [m]);
  return raw === null ? null : toReceipt(raw);
}

export function findCurrentReceipt(db: ReadableDb, vault: VaultId, kind: ReceiptKind, message: M): ReceiptRow | null {
  const raw = db.get<RawReceipt>(
    'SELECT * FROM receipts WHERE vault = ? AND kind = ? AND message = ? AND current = 1',
    [vault, kind, message],
  );
  return raw === null ? null : toReceipt(raw);
}

/** All receipts of a message, superseded ones too, in the order of storing. */
export function listReceipts(db: ReadableDb, message: M): ReceiptRow[] {
  return db.all<RawReceipt>('SELECT * FROM receipts WHERE message = ? ORDER BY stored_at, m', [message]).map(toReceipt);
}

/** Takes the container of a receipt that was promised before it was sealed. */
export function setReceiptBlob(db: WritableDb, m: M, blob: BlobId): void {
  db.runOne('UPDATE receipts SET blob = ? WHERE m = ?', [blob, m]);
}

/** Puts one promise in the place of another that was never sealed, with the position that it gives. Where the new one is here already, it takes over alone. */
export function replaceUnsealedReceipt(db: WritableDb, old: ReceiptRow, m: M, body: ReceiptMessage): void {
  const { flags, storedAt, current } = old;
  retireReceipt(db, old.m);
  if (findReceipt(db, m) === null)
    insertReceipt(db, { m, body, flags, blob: null, direction: 'out', storedAt, current });
  db.run('UPDATE positions SET receipt = ? WHERE receipt = ?', [m, old.m]);
  dropUnsealedReceipt(db, old.m);
}

/** The vault refuses it for a receipt that was sealed. */
export function dropUnsealedReceipt(db: WritableDb, m: M): void {
  db.run('DELETE FROM receipts WHERE m = ?', [m]);
}

/** Makes one stored receipt the current one of its vault, kind and message. */
export function setCurrentReceipt(db: WritableDb, m: M): void {
  db.run(
    `UPDATE receipts SET current = 0 WHERE current = 1 AND m <> @m
       AND (vault, kind, message) = (SELECT vault, kind, message FROM receipts WHERE m = @m)`,
    { m },
  );
  db.runOne('UPDATE receipts SET current = 1 WHERE m = ?', [m]);
}

/** All receipts of a matter's messages, superseded ones too, in the order of storing. */
export function listReceiptsOfMatter(db: ReadableDb, matter: MatterId): ReceiptRow[] {
  return db
    .all<RawReceipt>(
      'SELECT r.* FROM messages x JOIN receipts r ON r.message = x.m WHERE x.matter = ? ORDER BY r.stored_at, r.m',
      [matter],
    )
    .map(toReceipt);
}
