import type { Bytes, Instant, M, OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

/** A verified announcement of one package (protocol.md 5). */
export interface OfferRow {
  /** M of the offer itself. */
  readonly m: M;
  readonly office: OfficeId;
  /** M of what the package carries. */
  readonly message: M;
  /** Of the package, exact. */
  readonly size: Bytes;
  readonly digest: Sha256;
  readonly receivedAt: Instant;
  /** When its package was taken in; an offer is good for one. */
  readonly usedAt: Instant | null;
}

const INSERT = insertSql('offers', ['m', 'office', 'message', 'size', 'digest', 'receivedAt']);

/** @returns false where this offer, or one of the same package, is known */
export function insertOffer(db: WritableDb, offer: Omit<OfferRow, 'usedAt'>): boolean {
  return db.run(`${INSERT} ON CONFLICT DO NOTHING`, { ...offer }) === 1;
}

/** Offers of packages of exactly this size that are still to come, the oldest first. */
export function listOffersOfSize(db: ReadableDb, size: Bytes): OfferRow[] {
  return db.all<OfferRow>('SELECT * FROM offers WHERE size = ? AND used_at IS NULL ORDER BY received_at, m', [size]);
}

export function findOfferOf(db: ReadableDb, digest: Sha256): OfferRow | null {
  return db.get<OfferRow>('SELECT * FROM offers WHERE digest = ?', [digest]);
}

/** Bytes that an office has announced and that have not come. */
export function sumOffered(db: ReadableDb, office: OfficeId): Bytes {
  return (
    db.get<{ n: number }>('SELECT ifnull(sum(size), 0) AS n FROM offers WHERE office = ? AND used_at IS NULL', [office])
      ?.n ?? 0
  );
}

export function markOfferUsed(db: WritableDb, m: M, at: Instant): void {
  db.run('UPDATE offers SET used_at = ? WHERE m = ? AND used_at IS NULL', [at, m]);
}

/** Offers whose package never came give their room back. */
export function dropOffersBefore(db: WritableDb, before: Instant): number {
  return db.run('DELETE FROM offers WHERE used_at IS NULL AND received_at < ?', [before]);
}

export function dropOffer(db: WritableDb, m: M): void {
  db.runOne('DELETE FROM offers WHERE m = ?', [m]);
}
