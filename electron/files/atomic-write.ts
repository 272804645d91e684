import { randomBytes } from 'node:crypto';
import { open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { onFiles } from './file-error.ts';
import { syncFolder } from './sync-folder.ts';
import { writeFully } from './write-fully.ts';

/** Ending of files that are not whole yet: whoever sweeps a folder may remove them. */
export const PARTIAL_SUFFIX = '.part';

/**
 * Replaces a file as a whole: a reader, or a crash, sees the old bytes or the new ones. Readable by the owner alone.
 *
 * @throws AppError DISK_FULL, FOLDER_NOT_WRITABLE, FILE_NOT_FOUND (no such folder) or IO_ERROR
 */
export async function writeFileAtomic(path: string, bytes: Buffer): Promise<void> {
  const temporary = `${path}.${randomBytes(8).toString('hex')}${PARTIAL_SUFFIX}`;
  await onFiles(async () => {
    try {
      await writeDurably(temporary, bytes);
      await rename(temporary, path);
    } catch (error) {
      await unlink(temporary).catch(() => {});
      throw error;
    }
    await syncFolder(dirname(path));
  });
}

/** Removes what writes of this file left beside it when their process died. Call it while nobody writes the file. */
export async function sweepPartialWrites(path: string): Promise<void> {
  const folder = dirname(path);
  const isPartial = (name: string): boolean => name.startsWith(`${basename(path)}.`) && name.endsWith(PARTIAL_SUFFIX);
  await onFiles(async () => {
    for (const name of (await readdir(folder)).filter(isPartial)) await unlink(join(folder, name));
  });
}

async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await writeFully(file, [bytes]);
    await file.sync();
  } finally {
    await file.close();
  }
}
