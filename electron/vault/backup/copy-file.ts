import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Bytes, Sha256 } from '../../../shared/model/brand.ts';
import { onFiles } from '../../files/file-error.ts';
import { writeFully } from '../../files/write-fully.ts';
import type { CopiedFile } from './manifest.ts';

const STEP: Bytes = 1024 * 1024;

/**
 * Copies the first `size` bytes of an open file to a new one, durably, and says what it copied.
 *
 * @throws AppError FILE_EXISTS, DISK_FULL, IO_ERROR, or CANCELLED
 */
export async function copyFrom(file: FileHandle, size: Bytes, to: string, signal?: AbortSignal): Promise<CopiedFile> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(STEP);
  let at = 0;
  await onFiles(async () => {
    const target = await open(to, 'wx', 0o600);
    try {
      while (at < size) {
        signal?.throwIfAborted();
        const { bytesRead } = await file.read(buffer, 0, Math.min(STEP, size - at), at);
        if (bytesRead === 0) break;
        const chunk = buffer.subarray(0, bytesRead);
        const written = writeFully(target, [chunk]);
        hash.update(chunk);
        await written;
        at += bytesRead;
      }
      await target.sync();
    } finally {
      await target.close();
    }
  });
  return { size: at, sha256: hash.digest('hex') as Sha256 };
}

/** Copies a whole file; null where there is none. */
export async function copyFile(from: string, to: string, signal?: AbortSignal): Promise<CopiedFile | null> {
  const file = await open(from, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await onFiles(() => file.stat());
    return await copyFrom(file, size, to, signal);
  } finally {
    await file.close();
  }
}
