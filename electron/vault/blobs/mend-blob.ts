import { open, rename, unlink } from 'node:fs/promises';
import { PARTIAL_SUFFIX } from '../../files/atomic-write.ts';
import type { ByteSource } from '../../files/bytes.ts';
import { onFiles } from '../../files/file-error.ts';
import { syncFolder } from '../../files/sync-folder.ts';
import type { BlobRow } from './blob-rows.ts';
import { type BlobStore, blobPath, openBlobFile, unwrapBlobKey } from './blob-store.ts';
import { CHUNK } from './chunk-cipher.ts';
import { openSealedSource } from './sealed-source.ts';
import { createSealedWriter } from './sealed-writer.ts';

const STEP = 4 * CHUNK;

/**
 * A content came again whose row is there: where its file is missing or damaged, the new copy heals it. It is sealed under the row's key, which
 * gives the bytes that once stood there, so a crash in between leaves nothing inconsistent and no nonce meets another text.
 */
export async function mendBlob(store: BlobStore, known: BlobRow, copy: string, made: BlobRow): Promise<void> {
  if (await isWhole(store, known)) return;
  const mended = `${copy}.mended${PARTIAL_SUFFIX}`;
  const key = unwrapBlobKey(store, known);
  try {
    await onFiles(() => reseal(store, copy, made, mended, key));
    await onFiles(() => rename(mended, blobPath(store, known.id)));
    await onFiles(() => syncFolder(store.folder));
  } finally {
    key.fill(0);
    await unlink(mended).catch(() => {});
  }
}

async function isWhole(store: BlobStore, row: BlobRow): Promise<boolean> {
  try {
    const source = await openBlobFile(store, row);
    try {
      await eachStep(source, async () => {});
    } finally {
      await source.close();
    }
    return true;
  } catch {
    return false;
  }
}

async function reseal(store: BlobStore, from: string, made: BlobRow, to: string, key: Buffer): Promise<void> {
  const copyKey = unwrapBlobKey(store, made);
  const input = await open(from, 'r');
  const output = await open(to, 'wx', 0o600);
  try {
    const source = await openSealedSource(input, copyKey, made.size, async () => {});
    const writer = createSealedWriter(output, key);
    await eachStep(source, writer.write);
    await writer.finish();
    await source.close();
  } finally {
    copyKey.fill(0);
    await input.close();
    await output.close();
  }
}

async function eachStep(source: ByteSource, take: (chunk: Buffer) => Promise<void>): Promise<void> {
  const buffer = Buffer.allocUnsafe(STEP);
  for (let at = 0; at < source.size; at += STEP) {
    await take(buffer.subarray(0, await source.read(buffer, at)));
  }
  buffer.fill(0);
}
