import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import type { ByteSource } from '../../files/bytes.ts';
import { isMissing, onFiles } from '../../files/file-error.ts';
import type { ReadableDb } from '../db/handle.ts';
import { unwrapKey, wrapKey } from '../keys/key-wrap.ts';
import type { BlobId } from './blob-id.ts';
import { type BlobRow, findBlobRow } from './blob-rows.ts';
import { openSealedSource } from './sealed-source.ts';

/** A blob whose file stands and whose row does not yet: those who wrote it have still to commit. */
export interface PendingBlob {
  readonly row: BlobRow;
  /** Settles once the file has its name, durably. */
  readonly named: Promise<void>;
  /** Writers that finished with this content and neither committed nor aborted. */
  writers: number;
}

/** What the functions on blobs share: one per open vault. */
export interface BlobStore {
  readonly folder: string;
  readonly read: ReadableDb;
  readonly nameKey: Buffer;
  readonly wrapKey: Buffer;
  readonly now: () => Date;
  readonly pending: Map<BlobId, PendingBlob>;
  /** Rows that are gone and whose file a running backup still needs as it is. Null while none runs. */
  held: Map<BlobId, BlobRow> | null;
}

export function blobPath(store: BlobStore, id: BlobId): string {
  return join(store.folder, id);
}

export function wrapBlobKey(store: BlobStore, key: Buffer, id: BlobId, size: Bytes): Buffer {
  return wrapKey(store.wrapKey, key, blobAad(id, size));
}

/**
 * Random access to a blob's content. Close it after use.
 *
 * @throws AppError BLOB_MISSING where the row or the file is gone, BLOB_TAMPERED where the file has another size or key; later reads
 *   throw BLOB_TAMPERED with the `chunk` that was changed, and give out nothing of it
 */
export async function openBlob({ blobs }: { readonly blobs: BlobStore }, id: BlobId): Promise<ByteSource> {
  const row = findBlobRow(blobs.read, id);
  if (row === null) throw new AppError('BLOB_MISSING', { blob: id });
  return openBlobFile(blobs, row);
}

export async function openBlobFile(store: BlobStore, row: BlobRow): Promise<ByteSource> {
  const key = unwrapBlobKey(store, row);
  const file = await openFile(store, row.id);
  const release = async (): Promise<void> => {
    key.fill(0);
    await file.close();
  };
  try {
    return await openSealedSource(file, key, row.size, release);
  } catch (error) {
    await release();
    throw error;
  }
}

/** @throws AppError BLOB_TAMPERED where the row was changed */
export function unwrapBlobKey(store: BlobStore, { id, size, wrappedKey }: BlobRow): Buffer {
  const key = unwrapKey(store.wrapKey, wrappedKey, blobAad(id, size));
  if (key === null) throw new AppError('BLOB_TAMPERED', { blob: id });
  return key;
}

function openFile(store: BlobStore, id: BlobId): Promise<FileHandle> {
  return onFiles(() =>
    open(blobPath(store, id), 'r').catch((error: unknown) => {
      throw isMissing(error) ? new AppError('BLOB_MISSING', { blob: id }, error) : error;
    }),
  );
}

const blobAad = (id: BlobId, size: Bytes): string => JSON.stringify(['blob', id, size]);
