import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { onFiles } from '../../files/file-error.ts';
import type { BlobId } from './blob-id.ts';
import { listBlobs } from './blob-rows.ts';
import type { BlobStore } from './blob-store.ts';

/** What else lies in the folder is not ours to remove. */
const OURS = /^(?:[0-9a-f]{64}|.+\.part)$/;

export interface SweepResult {
  /** Files removed: half-written ones, and whole ones whose transaction never came. */
  readonly removed: number;
  /** Blobs whose file is gone: the content can come again by sync. */
  readonly missing: readonly BlobId[];
}

/** Puts files and rows in step again after a crash. Call it while no writer is at work, e.g. on open. */
export async function sweepBlobs({ blobs: store }: { readonly blobs: BlobStore }): Promise<SweepResult> {
  const rows = new Set<string>(listBlobs(store.read).map(({ id }) => id));
  const files = await onFiles(() => readdir(store.folder));
  const orphans = files.filter((name) => OURS.test(name) && !rows.has(name) && !store.pending.has(name as BlobId));
  for (const name of orphans) await onFiles(() => unlink(join(store.folder, name)));
  for (const name of files) rows.delete(name);
  return { removed: orphans.length, missing: [...rows] as BlobId[] };
}
