import type { Instant, M, OfficeId } from '../../../shared/model/brand.ts';
import type { DirectoryBody } from '../../../shared/model/message.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** One version of a signed directory that was imported here. */
export interface DirectoryRow {
  readonly issuer: OfficeId;
  readonly version: number;
  readonly m: M;
  readonly body: DirectoryBody;
  readonly importedAt: Instant;
  readonly importedBy: string;
}

type RawDirectory = Omit<DirectoryRow, 'body'> & { body: string };

const toDirectory = (raw: RawDirectory): DirectoryRow => ({ ...raw, body: JSON.parse(raw.body) as DirectoryBody });

/** The database refuses a version that is not newer. */
export function insertDirectory(
  db: WritableDb,
  { issuer, version, m, body, importedAt, importedBy }: DirectoryRow,
): void {
  db.runOne('INSERT INTO directories (issuer, version, m, body, imported_at, imported_by) VALUES (?, ?, ?, ?, ?, ?)', [
    issuer,
    version,
    m,
    JSON.stringify(body),
    importedAt,
    importedBy,
  ]);
}

/** The newest version of an issuer; null where none was ever accepted. */
export function findDirectory(db: ReadableDb, issuer: OfficeId): DirectoryRow | null {
  const raw = db.get<RawDirectory>('SELECT * FROM directories WHERE issuer = ? ORDER BY version DESC LIMIT 1', [
    issuer,
  ]);
  return raw === null ? null : toDirectory(raw);
}

/** The newest version of every issuer. */
export function listDirectories(db: ReadableDb): DirectoryRow[] {
  return db
    .all<RawDirectory>(
      'SELECT d.* FROM directories d WHERE version = (SELECT max(version) FROM directories x WHERE x.issuer = d.issuer) ORDER BY issuer',
    )
    .map(toDirectory);
}
