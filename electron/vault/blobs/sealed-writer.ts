import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { onFiles } from '../../files/file-error.ts';
import { releaseMemory } from '../../files/release-memory.ts';
import { writeFully } from '../../files/write-fully.ts';
import { CHUNK, MAGIC, sealChunk } from './chunk-cipher.ts';

/** Encrypts ahead of the disk: while one batch is being written, the next one fills. */
const BATCH: Bytes = 1024 * 1024;

export interface SealedWriter {
  write(chunk: Buffer): Promise<void>;
  /** Seals the last chunk and waits for the disk (fsync). @returns size of the content */
  finish(): Promise<Bytes>;
  /** Waits for what is being written, forgets the rest. Never throws. */
  stop(): Promise<void>;
}

/** Writes a sealed file (chunk-cipher.ts) to an empty file. The file and the key stay the caller's. */
export function createSealedWriter(file: FileHandle, key: Buffer): SealedWriter {
  const staged = Buffer.allocUnsafe(CHUNK);
  const disk = createWriteBehind(file);
  let filled = 0;
  let index = 0;
  let size = 0;
  let over = false;
  // A copy: what was written is given back
  disk.add(Buffer.from(MAGIC));

  const seal = async (plaintext: Buffer, final: boolean): Promise<void> => {
    disk.add(...sealChunk(key, index, final, plaintext));
    index += 1;
    if (disk.waiting() >= BATCH) await disk.flush();
  };
  return {
    write: async (chunk) => {
      if (over) throw new AppError('INTERNAL', { reason: 'written after the end' });
      size += chunk.length;
      let at = 0;
      while (at < chunk.length) {
        // Only what something follows is sealed: the last chunk carries another nonce.
        if (filled === CHUNK) {
          await seal(staged, false);
          filled = 0;
        }
        while (filled === 0 && chunk.length - at > CHUNK) {
          await seal(chunk.subarray(at, at + CHUNK), false);
          at += CHUNK;
        }
        const copied = chunk.copy(staged, filled, at);
        filled += copied;
        at += copied;
      }
    },
    finish: async () => {
      over = true;
      await seal(staged.subarray(0, filled), true);
      staged.fill(0);
      await disk.flush();
      await disk.settle();
      await onFiles(() => file.sync());
      return size;
    },
    stop: async () => {
      over = true;
      staged.fill(0);
      await disk.settle().catch(() => {});
    },
  };
}

function createWriteBehind(file: FileHandle) {
  let batch: Buffer[] = [];
  let bytes = 0;
  let writing: Promise<void> = Promise.resolve();
  return {
    add: (...buffers: readonly Buffer[]): void => {
      for (const buffer of buffers) {
        batch.push(buffer);
        bytes += buffer.length;
      }
    },
    waiting: (): Bytes => bytes,
    /** Hands the batch to the disk once the disk has taken the one before. */
    flush: async (): Promise<void> => {
      const full = batch;
      batch = [];
      bytes = 0;
      await writing;
      writing = onFiles(() => writeFully(file, full)).then(() => {
        for (const buffer of full) releaseMemory(buffer);
      });
      // The next flush reports the failure; without this it would count as unhandled until then.
      writing.catch(() => {});
    },
    settle: (): Promise<void> => writing,
  };
}
