import type { Bytes, Instant } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import type { BlobId } from './blob-id.ts';

export interface BlobRow {
  readonly id: BlobId;
  /** Of the content. */
  readonly size: Bytes;
  readonly wrappedKey: Buffer;
  readonly createdAt: Instant;
}

export function findBlobRow(db: ReadableDb, id: BlobId): BlobRow | null {
  return db.get<BlobRow>('SELECT * FROM blobs WHERE id = ?', [id]);
}

export function insertBlobRow(db: WritableDb, { id, size, wrappedKey, createdAt }: BlobRow): void {
  db.runOne('INSERT INTO blobs (id, size, wrapped_key, created_at) VALUES (?, ?, ?, ?)', [
    id,
    size,
    wrappedKey,
    createdAt,
  ]);
}

/** Refused by the database while a message, receipt or card refers to the blob. */
export function deleteBlobRow(db: WritableDb, id: BlobId): void {
  db.runOne('DELETE FROM blobs WHERE id = ?', [id]);
}

export function listBlobs(db: ReadableDb): Pick<BlobRow, 'id' | 'size'>[] {
  return db.all<Pick<BlobRow, 'id' | 'size'>>('SELECT id, size FROM blobs ORDER BY id');
}
