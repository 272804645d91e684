import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes, Instant } from '../../../shared/model/brand.ts';
import { PARTIAL_SUFFIX } from '../../files/atomic-write.ts';
import type { ByteSink, ByteSource } from '../../files/bytes.ts';
import { onFiles } from '../../files/file-error.ts';
import { requireFreeSpace } from '../../files/free-space.ts';
import { syncFolder } from '../../files/sync-folder.ts';
import type { WritableDb } from '../db/handle.ts';
import type { BlobId } from './blob-id.ts';
import { type BlobRow, findBlobRow, insertBlobRow } from './blob-rows.ts';
import { type BlobStore, blobPath, openBlobFile, type PendingBlob, wrapBlobKey } from './blob-store.ts';
import { KEY } from './chunk-cipher.ts';
import { createContentNamer } from './content-name.ts';
import { mendBlob } from './mend-blob.ts';
import { createSealedWriter } from './sealed-writer.ts';

/** Takes one content into the vault, encrypted from the first byte on. */
export interface BlobWriter extends ByteSink {
  /**
   * Makes the content durable under its name and opens it. Content that the vault holds already is stored once.
   *
   * @throws AppError DISK_FULL, IO_ERROR; call abort then
   */
  finish(): Promise<ByteSource>;
  /**
   * Records the blob; call it in the transaction with the row that refers to it, after finish. A transaction that is rolled back leaves
   * the writer as it was.
   */
  commit(db: WritableDb): BlobId;
  /** Forgets what was written. Harmless after a commit, so it may stand in a `finally`. */
  abort(): Promise<void>;
}

/**
 * @param expected bytes that are about to come, when known
 * @throws AppError DISK_FULL before the first byte where they do not fit, FOLDER_NOT_WRITABLE
 */
export async function createBlob(
  { blobs: store }: { readonly blobs: BlobStore },
  expected: Bytes = 0,
): Promise<BlobWriter> {
  await requireFreeSpace(store.folder, expected);
  const path = join(store.folder, `${randomBytes(16).toString('hex')}${PARTIAL_SUFFIX}`);
  const file = await onFiles(() => open(path, 'wx+', 0o600));
  const key = randomBytes(KEY);
  const namer = createContentNamer(store.nameKey);
  const sealed = createSealedWriter(file, key);
  let row: BlobRow | null = null;
  let state: 'writing' | 'finished' | 'committed' | 'aborted' = 'writing';
  return {
    write: async (chunk) => {
      await sealed.write(chunk);
      namer.update(chunk);
    },
    finish: async () => {
      const size = await sealed.finish();
      await file.close();
      const id = namer.name(size);
      const wrappedKey = wrapBlobKey(store, key, id, size);
      key.fill(0);
      row = await settle(store, path, { id, size, wrappedKey, createdAt: store.now().toISOString() as Instant });
      state = 'finished';
      return openBlobFile(store, row);
    },
    commit: (db) => {
      if (row === null || state !== 'finished') throw new AppError('INTERNAL', { reason: 'blob not finished' });
      const { id } = row;
      recordBlob(db, row);
      db.afterCommit(() => {
        state = 'committed';
        store.held?.delete(id);
        leavePending(store, id);
      });
      return id;
    },
    abort: async () => {
      const before = state;
      if (before === 'committed' || before === 'aborted') return;
      state = 'aborted';
      if (before === 'finished' && row !== null) await withdraw(store, row.id);
      else await discard(file, path, key, sealed.stop);
    },
  };
}

/** Gives the written file its name, or drops it where the vault holds its content already. @returns the row that stands for it */
async function settle(store: BlobStore, path: string, made: BlobRow): Promise<BlobRow> {
  // A row that a backup holds comes back as it was: its file must keep the key that the snapshot knows.
  const known = findBlobRow(store.read, made.id) ?? store.held?.get(made.id) ?? null;
  const waiting = store.pending.get(made.id);
  if (known === null && waiting === undefined) {
    const pending: PendingBlob = { row: made, named: nameFile(store, path, made.id), writers: 1 };
    store.pending.set(made.id, pending);
    await pending.named.catch((error: unknown) => {
      store.pending.delete(made.id);
      throw error;
    });
    return made;
  }
  const pending = waiting ?? { row: known ?? made, named: Promise.resolve(), writers: 0 };
  pending.writers += 1;
  store.pending.set(made.id, pending);
  await pending.named;
  if (known !== null) await mendBlob(store, known, path, made);
  await onFiles(() => unlink(path));
  return pending.row;
}

async function nameFile(store: BlobStore, path: string, id: BlobId): Promise<void> {
  await onFiles(async () => {
    await rename(path, blobPath(store, id));
    await syncFolder(store.folder);
  });
}

function recordBlob(db: WritableDb, row: BlobRow): void {
  const known = findBlobRow(db, row.id);
  if (known === null) insertBlobRow(db, row);
  else if (known.size !== row.size) throw new AppError('BLOB_TAMPERED', { blob: row.id });
}

function leavePending(store: BlobStore, id: BlobId): number {
  const pending = store.pending.get(id);
  if (pending === undefined) return 0;
  pending.writers -= 1;
  if (pending.writers === 0) store.pending.delete(id);
  return pending.writers;
}

/** The file goes too where nobody else has or wants the content. */
async function withdraw(store: BlobStore, id: BlobId): Promise<void> {
  if (leavePending(store, id) > 0 || findBlobRow(store.read, id) !== null) return;
  await onFiles(() => unlink(blobPath(store, id))).catch(() => {});
}

async function discard(file: FileHandle, path: string, key: Buffer, stop: () => Promise<void>): Promise<void> {
  await stop();
  key.fill(0);
  await file.close().catch(() => {});
  await unlink(path).catch(() => {});
}
