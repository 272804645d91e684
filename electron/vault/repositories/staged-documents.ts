import type { ErrorCode } from '../../../shared/errors.ts';
import type { Bytes, OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import type { BlobId } from '../blobs/blob-id.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** A document of a draft. Until it was taken in whole it has no digest and no blob. */
export interface StagedRow {
  readonly id: string;
  readonly draft: string;
  readonly place: number;
  readonly kind: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: Bytes;
  readonly sha256: Sha256 | null;
  readonly blob: BlobId | null;
  /** Only for these participants; null: for all. */
  readonly audience: readonly OfficeId[] | null;
  /** Why it could not be taken in. */
  readonly code: ErrorCode | null;
}

export type NewStaged = Pick<StagedRow, 'id' | 'draft' | 'kind' | 'name' | 'mediaType' | 'size' | 'audience'>;

type RawStaged = Omit<StagedRow, 'audience'> & { audience: string | null };

const toStaged = (raw: RawStaged): StagedRow => ({
  ...raw,
  audience: raw.audience === null ? null : (JSON.parse(raw.audience) as OfficeId[]),
});

/** Behind those that are there. */
export function insertStaged(db: WritableDb, row: NewStaged): void {
  db.runOne(
    `INSERT INTO staged_documents (id, draft, place, kind, name, media_type, size, audience)
     VALUES (@id, @draft, (SELECT ifnull(max(place), 0) + 1 FROM staged_documents WHERE draft = @draft), @kind, @name, @mediaType, @size, @audience)`,
    { ...row, audience: row.audience === null ? null : JSON.stringify(row.audience) },
  );
}

/** @returns false where it was removed meanwhile */
export function finishStaged(
  db: WritableDb,
  id: string,
  { blob, sha256, size }: { readonly blob: BlobId; readonly sha256: Sha256; readonly size: Bytes },
): boolean {
  return (
    db.run('UPDATE staged_documents SET blob = ?, sha256 = ?, size = ?, code = NULL WHERE id = ? AND blob IS NULL', [
      blob,
      sha256,
      size,
      id,
    ]) === 1
  );
}

export function failStaged(db: WritableDb, id: string, code: ErrorCode): void {
  db.run('UPDATE staged_documents SET code = ? WHERE id = ? AND blob IS NULL', [code, id]);
}

/** Those whose source is gone with the process that read it. */
export function failUnfinished(db: WritableDb, code: ErrorCode): void {
  db.run('UPDATE staged_documents SET code = ? WHERE blob IS NULL AND code IS NULL', [code]);
}

export interface StagedChange {
  readonly kind?: string;
  readonly name?: string;
  readonly mediaType?: string;
  readonly audience?: readonly OfficeId[] | null;
}

export function changeStaged(db: WritableDb, { id, kind, name, mediaType, audience }: StagedRow & StagedChange): void {
  db.runOne('UPDATE staged_documents SET kind = ?, name = ?, media_type = ?, audience = ? WHERE id = ?', [
    kind,
    name,
    mediaType,
    audience === null ? null : JSON.stringify(audience),
    id,
  ]);
}

export function findStaged(db: ReadableDb, id: string): StagedRow | null {
  const raw = db.get<RawStaged>('SELECT * FROM staged_documents WHERE id = ?', [id]);
  return raw === null ? null : toStaged(raw);
}

export function listStaged(db: ReadableDb, draft: string): StagedRow[] {
  return db.all<RawStaged>('SELECT * FROM staged_documents WHERE draft = ? ORDER BY place', [draft]).map(toStaged);
}

/** @returns the blob that nothing staged refers to any more, to be deleted in the same transaction */
export function removeStaged(db: WritableDb, id: string): BlobId | null {
  const blob = findStaged(db, id)?.blob ?? null;
  db.runOne('DELETE FROM staged_documents WHERE id = ?', [id]);
  if (blob === null) return null;
  return db.get('SELECT 1 FROM staged_documents WHERE blob = ?', [blob]) === null ? blob : null;
}
