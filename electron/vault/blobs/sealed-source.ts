import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import type { ByteSource } from '../../files/bytes.ts';
import { onFiles } from '../../files/file-error.ts';
import { CHUNK, chunkCount, chunkPosition, MAGIC, openChunk, sealedSize, TAG } from './chunk-cipher.ts';

/** Decrypted chunks that are kept: a reader of a ZIP jumps between its directory and one entry. */
const KEPT_CHUNKS = 4;
/** Chunks that one read of the disk fetches. */
const RUN = 4;

/**
 * Random access to a sealed file. Nothing is given out whose chunk was not verified. Reads may overlap.
 *
 * @param size size of the content, from an authenticated place: it is what tells a cut file from a whole one
 * @param release closes the file and zeroes the key
 * @throws AppError BLOB_TAMPERED where the file has another size or does not begin as one of ours
 */
export async function openSealedSource(
  file: FileHandle,
  key: Buffer,
  size: Bytes,
  release: () => Promise<void>,
): Promise<ByteSource> {
  await checkShape(file, size);
  const kept = createKeptChunks();
  const last = chunkCount(size) - 1;
  const fetch = async (first: number, count: number): Promise<Buffer[]> => {
    const end = first + count > last ? sealedSize(size) : chunkPosition(first + count);
    const sealed = await readExactly(file, chunkPosition(first), end - chunkPosition(first));
    return Array.from({ length: count }, (_, offset) => {
      const from = offset * (CHUNK + TAG);
      return openChunk(key, first + offset, first + offset === last, sealed.subarray(from, from + CHUNK + TAG));
    });
  };
  return {
    size,
    read: async (target, position) => {
      const wanted = Math.max(0, Math.min(target.length, size - position));
      let done = 0;
      while (done < wanted) {
        const index = Math.floor((position + done) / CHUNK);
        const needed = Math.ceil((position + wanted) / CHUNK) - index;
        const known = kept.find(index);
        const chunks = known === null ? await fetch(index, Math.min(RUN, needed)) : [known];
        for (const [offset, chunk] of chunks.entries()) {
          const from = position + done - (index + offset) * CHUNK;
          done += chunk.copy(target, done, from, Math.min(chunk.length, from + wanted - done));
          kept.keep(index + offset, chunk);
        }
      }
      return wanted;
    },
    close: async () => {
      kept.clear();
      await release();
    },
  };
}

async function checkShape(file: FileHandle, size: Bytes): Promise<void> {
  const { size: actual } = await onFiles(() => file.stat());
  if (actual !== sealedSize(size)) throw new AppError('BLOB_TAMPERED', { expected: sealedSize(size), actual });
  const magic = await readExactly(file, 0, MAGIC.length);
  if (!magic.equals(MAGIC)) throw new AppError('BLOB_TAMPERED', { part: 'magic' });
}

async function readExactly(file: FileHandle, position: Bytes, length: Bytes): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await onFiles(() => file.read(buffer, done, length - done, position + done));
    if (bytesRead === 0) throw new AppError('BLOB_TAMPERED', { part: 'end' });
    done += bytesRead;
  }
  return buffer;
}

function createKeptChunks() {
  const chunks = new Map<number, Buffer>();
  return {
    find: (index: number): Buffer | null => {
      const chunk = chunks.get(index);
      if (chunk === undefined) return null;
      chunks.delete(index);
      chunks.set(index, chunk);
      return chunk;
    },
    keep: (index: number, chunk: Buffer): void => {
      chunks.delete(index);
      chunks.set(index, chunk);
      const oldest = chunks.keys().next();
      if (chunks.size > KEPT_CHUNKS && oldest.done === false) chunks.delete(oldest.value);
    },
    /** Plaintext does not wait for the garbage collector. */
    clear: (): void => {
      for (const chunk of chunks.values()) chunk.fill(0);
      chunks.clear();
    },
  };
}
