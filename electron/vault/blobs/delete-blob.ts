import { unlinkSync } from 'node:fs';
import type { WritableDb } from '../db/handle.ts';
import type { BlobId } from './blob-id.ts';
import { deleteBlobRow, findBlobRow } from './blob-rows.ts';
import { type BlobStore, blobPath } from './blob-store.ts';

/**
 * Destroys a blob's key with the row and, once that is durable, the file. The database refuses while something refers to the blob.
 * A blob that a writer has just finished again stays.
 */
export function deleteBlob({ blobs: store }: { readonly blobs: BlobStore }, db: WritableDb, id: BlobId): void {
  if (store.pending.has(id)) return;
  const row = findBlobRow(db, id);
  deleteBlobRow(db, id);
  db.afterCommit(() => {
    if (store.held === null || row === null) unlinkBlob(store, id);
    else store.held.set(id, row);
  });
}

/** A file that cannot go now, e.g. because Windows has it open, is an orphan for the next sweep. */
export function unlinkBlob(store: BlobStore, id: BlobId): void {
  try {
    unlinkSync(blobPath(store, id));
  } catch {
    // The next sweep finds it.
  }
}
