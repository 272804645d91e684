import { open, stat } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import { type ByteSource, fileSource } from '../files/bytes.ts';
import { toReadError } from './to-app-error.ts';

/** A file of certificates, revocation lists or keys, possibly many of them. */
export const BUNDLE_LIMIT: Bytes = 32 * 1024 * 1024;

const CHUNK: Bytes = 64 * 1024;

/**
 * Reads a whole file of at most `limit` bytes. Pipes (`<(...)` of a shell) have no size of their own and are read until the limit.
 *
 * @throws AppError FILE_NOT_FOUND, FILE_NOT_READABLE, FILE_TOO_LARGE, IO_ERROR
 */
export async function readInput(path: string, limit: Bytes): Promise<Buffer> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > limit) throw new AppError('FILE_TOO_LARGE', { path, limit });
    const chunks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(Math.max(CHUNK, Math.min(size, limit) + 1 - total));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) return Buffer.concat(chunks, total);
      total += bytesRead;
      if (total > limit) throw new AppError('FILE_TOO_LARGE', { path, limit });
      chunks.push(chunk.subarray(0, bytesRead));
    }
  } catch (error) {
    throw toReadError(error, path);
  }
}

/** Reads several files one after another. */
export async function readInputs(paths: readonly string[], limit: Bytes): Promise<Buffer[]> {
  const contents: Buffer[] = [];
  for (const path of paths) contents.push(await readInput(path, limit));
  return contents;
}

/** Opens a file for random access; the caller closes it. @throws AppError FILE_NOT_FOUND, FILE_NOT_READABLE, IO_ERROR */
export async function openInput(path: string): Promise<ByteSource> {
  try {
    if ((await stat(path)).isDirectory()) throw new AppError('FILE_NOT_READABLE', { path, errno: 'EISDIR' });
    return await fileSource(path);
  } catch (error) {
    throw toReadError(error, path);
  }
}
