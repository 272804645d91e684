import type { ErrorCode } from '../../../shared/errors.ts';
import type { Address, Bytes, Instant, Sha256 } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { type Page, toPage } from '../db/page.ts';
import { insertSql } from '../db/sql.ts';
import { toGrams } from '../search/grams.ts';
import { toMatchExpression } from '../search/query.ts';

/** An inbound file that was turned away: digest and reason for ever, the file itself for a while (protocol.md 3). */
export interface RejectedRow {
  readonly id: number;
  readonly digest: Sha256;
  readonly size: Bytes;
  readonly code: ErrorCode;
  readonly detail: Readonly<Record<string, Json>>;
  readonly address: Address;
  readonly receivedAt: Instant;
  /** Name in `quarantine/`; null once purged, or where the quota left no room. */
  readonly quarantineFile: string | null;
  readonly purgeAt: Instant | null;
}

export type NewRejected = Omit<RejectedRow, 'id'>;

type RawRejected = Omit<RejectedRow, 'detail'> & { detail: string };

const INSERT = insertSql('rejected', [
  'digest',
  'size',
  'code',
  'detail',
  'address',
  'receivedAt',
  'quarantineFile',
  'purgeAt',
]);

const toRejected = (raw: RawRejected): RejectedRow => ({
  ...raw,
  detail: JSON.parse(raw.detail) as Record<string, Json>,
});

/** @returns the id of the record */
export function insertRejected(db: WritableDb, row: NewRejected): number {
  const id = db.insert(INSERT, { ...row, detail: JSON.stringify(row.detail) });
  const text = [row.code, row.digest, row.address, ...Object.values(row.detail).map(String)].join('\n');
  db.runOne('INSERT INTO rejected_grams (rowid, grams) VALUES (?, ?)', [id, toGrams(text)]);
  return id;
}

export function findRejected(db: ReadableDb, id: number): RejectedRow | null {
  const raw = db.get<RawRejected>('SELECT * FROM rejected WHERE id = ?', [id]);
  return raw === null ? null : toRejected(raw);
}

/** Rejections, the newest first; `after` is an id. */
export function listRejected(db: ReadableDb, limit: number, after: number | null = null): Page<RejectedRow, number> {
  const rows = db.all<RawRejected>('SELECT * FROM rejected WHERE id < ? ORDER BY id DESC LIMIT ?', [
    after ?? Number.MAX_SAFE_INTEGER,
    limit + 1,
  ]);
  return toPage(rows.map(toRejected), limit, ({ id }) => id);
}

export function countRejectedSince(db: ReadableDb, since: Instant): number {
  return db.get<{ n: number }>('SELECT count(*) AS n FROM rejected WHERE received_at >= ?', [since])?.n ?? 0;
}

/** Rejections whose code, digest, address or detail contain every word of `text`; nothing where it holds no word. */
export function searchRejected(
  db: ReadableDb,
  text: string,
  limit: number,
  after: number | null = null,
): Page<RejectedRow, number> {
  const expression = toMatchExpression(text);
  if (expression === null) return { items: [], next: null };
  const rows = db.all<RawRejected>(
    `SELECT r.* FROM rejected_grams g JOIN rejected r ON r.id = g.rowid
     WHERE g.grams MATCH ? AND g.rowid < ? ORDER BY g.rowid DESC LIMIT ?`,
    [expression, after ?? Number.MAX_SAFE_INTEGER, limit + 1],
  );
  return toPage(rows.map(toRejected), limit, ({ id }) => id);
}

/** Bytes in quarantine: in all, and from one address. */
export function sumQuarantine(db: ReadableDb, address: Address): { readonly total: Bytes; readonly address: Bytes } {
  const sums = db.get<{ total: number; address: number }>(
    `SELECT ifnull(sum(size), 0) AS total, ifnull(sum(size) FILTER (WHERE address = ?), 0) AS address
     FROM rejected WHERE quarantine_file IS NOT NULL`,
    [address],
  );
  return sums ?? { total: 0, address: 0 };
}

/** Records whose quarantined file has had its time. */
export function listPurgeable(db: ReadableDb, now: Instant): RejectedRow[] {
  return db
    .all<RawRejected>('SELECT * FROM rejected WHERE quarantine_file IS NOT NULL AND purge_at <= ? ORDER BY id', [now])
    .map(toRejected);
}

/** Lets go of the file; the record stays. Commit, then remove the file. */
export function clearQuarantineFile(db: WritableDb, id: number): void {
  db.runOne('UPDATE rejected SET quarantine_file = NULL, purge_at = NULL WHERE id = ?', [id]);
}

/** Records whose ciphertext is still in quarantine, oldest first. */
export function listQuarantined(db: ReadableDb): RejectedRow[] {
  return db.all<RawRejected>('SELECT * FROM rejected WHERE quarantine_file IS NOT NULL ORDER BY id').map(toRejected);
}
