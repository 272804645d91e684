import { statfs } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import { onFiles } from './file-error.ts';

/** Left free whatever is asked for: the database must still be able to record what happened. */
const RESERVE: Bytes = 16 * 1024 * 1024;

/** Bytes that this user may still write to the file system of `folder`. */
export async function freeSpace(folder: string): Promise<Bytes> {
  const { bavail, bsize } = await onFiles(() => statfs(folder));
  return bavail * bsize;
}

/**
 * @param bytes what is about to be written, in addition to a reserve of 16 MiB
 * @throws AppError DISK_FULL with `needed` and `free`
 */
export async function requireFreeSpace(folder: string, bytes: Bytes): Promise<void> {
  const free = await freeSpace(folder);
  const needed = bytes + RESERVE;
  if (free < needed) throw new AppError('DISK_FULL', { needed, free });
}
