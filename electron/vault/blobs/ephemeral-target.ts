import { randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bytes } from '../../../shared/model/brand.ts';
import { PARTIAL_SUFFIX } from '../../files/atomic-write.ts';
import type { ByteSink, ByteSource } from '../../files/bytes.ts';
import { onFiles } from '../../files/file-error.ts';
import { requireFreeSpace } from '../../files/free-space.ts';
import { KEY } from './chunk-cipher.ts';
import { openSealedSource } from './sealed-source.ts';
import { createSealedWriter } from './sealed-writer.ts';

export interface EphemeralTarget extends ByteSink {
  /** The content, to be read until it is closed; then nothing is left of it. */
  finish(): Promise<ByteSource>;
  /** Harmless after finish: the content then belongs to who has it. */
  abort(): Promise<void>;
}

/**
 * A place for one decrypted container without a vault: an encrypted file whose key exists only in this process. Where the system allows, its
 * name is gone before the first byte, so that not even a killed process leaves it behind.
 *
 * @param expected bytes that are about to come, when known
 * @throws AppError DISK_FULL, FOLDER_NOT_WRITABLE or FILE_NOT_FOUND
 */
export async function createEphemeralTarget(folder: string, expected: Bytes = 0): Promise<EphemeralTarget> {
  await requireFreeSpace(folder, expected);
  const path = join(folder, `.lexpost-${randomBytes(12).toString('hex')}${PARTIAL_SUFFIX}`);
  const file = await onFiles(() => open(path, 'wx+', 0o600));
  const named = await removeName(path);
  const key = randomBytes(KEY);
  const writer = createSealedWriter(file, key);
  const release = once(() => dispose(file, key, named ? path : null));
  let finished = false;
  return {
    write: writer.write,
    finish: async () => {
      finished = true;
      try {
        return await openSealedSource(file, key, await writer.finish(), release);
      } catch (error) {
        await release();
        throw error;
      }
    },
    abort: async () => {
      if (finished) return;
      await writer.stop();
      await release();
    },
  };
}

/** @returns whether the name still stands: Windows keeps the names of open files */
async function removeName(path: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  await onFiles(() => unlink(path));
  return false;
}

async function dispose(file: FileHandle, key: Buffer, path: string | null): Promise<void> {
  key.fill(0);
  await file.close();
  if (path !== null) await unlink(path).catch(() => {});
}

function once(task: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | null = null;
  return () => {
    result ??= task();
    return result;
  };
}
