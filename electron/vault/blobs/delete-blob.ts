import { unlinkSync } from 'node:fs';
import type { WritableDb } from '../db/handle.ts';
import type { BlobId } from './blob-id.ts';
import { deleteBlobRow } from './blob-rows.ts';
import { type BlobStore, blobPath } from './blob-store.ts';

/**
 * Destroys a blob's key with the row and, once that is durable, the file. The database refuses while something refers to the blob.
 * A blob that a writer has just finished again stays.
 */
export function deleteBlob({ blobs: store }: { readonly blobs: BlobStore }, db: WritableDb, id: BlobId): void {
  if (store.pending.has(id)) return;
  deleteBlobRow(db, id);
  db.afterCommit(() => {
    if (store.held === null) unlinkBlob(store, id);
    else store.held.add(id);
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
