import type { Bytes, Instant, M, Sha256 } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

/** A sealed package waiting in `outgoing/`: transport data, named by the digest of its bytes. */
export interface PackageRow {
  readonly digest: Sha256;
  readonly size: Bytes;
  readonly m: M;
  /** Name of the file in `outgoing/`. */
  readonly file: string;
  readonly createdAt: Instant;
}

const INSERT = insertSql('packages', ['digest', 'size', 'm', 'file', 'createdAt']);

export function insertPackage(db: WritableDb, row: PackageRow): void {
  db.runOne(INSERT, { ...row });
}

export function findPackage(db: ReadableDb, digest: Sha256): PackageRow | null {
  return db.get<PackageRow>('SELECT * FROM packages WHERE digest = ?', [digest]);
}

/** The newest package of a message. */
export function findPackageOf(db: ReadableDb, m: M): PackageRow | null {
  return db.get<PackageRow>('SELECT * FROM packages WHERE m = ? ORDER BY created_at DESC, digest LIMIT 1', [m]);
}

/** Packages that no queued or frozen outbox item needs any more. */
export function listSpentPackages(db: ReadableDb, limit: number): PackageRow[] {
  return db.all<PackageRow>(
    `SELECT * FROM packages p WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.m = p.m AND o.state IN ('queued', 'frozen'))
     ORDER BY digest LIMIT ?`,
    [limit],
  );
}

/** Commit, then remove the file. */
export function removePackage(db: WritableDb, digest: Sha256): void {
  db.runOne('DELETE FROM packages WHERE digest = ?', [digest]);
}
