import { createHash, randomBytes } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes, Sha256 } from '../../../shared/model/brand.ts';
import { PARTIAL_SUFFIX } from '../../files/atomic-write.ts';
import { type ByteSink, type ByteSource, fileSource } from '../../files/bytes.ts';
import { isMissing, onFiles } from '../../files/file-error.ts';
import { requireFreeSpace } from '../../files/free-space.ts';
import { syncFolder } from '../../files/sync-folder.ts';
import { writeFully } from '../../files/write-fully.ts';
import type { VaultPaths } from '../vault-paths.ts';
import { type TransportFolder, transportPath } from './transport-folder.ts';

export interface TransportFile {
  readonly name: string;
  readonly size: Bytes;
  /** SHA-256 of the bytes. */
  readonly digest: Sha256;
}

export interface TransportWriter extends ByteSink {
  /** Makes the file durable under a random name. */
  finish(): Promise<TransportFile>;
  /** Leaves nothing behind; harmless after finish. */
  abort(): Promise<void>;
}

interface HasPaths {
  readonly paths: VaultPaths;
}

/**
 * A file for a package in transit. Nothing refers to it yet: unless a row of inbox, packages or rejected names it, the next opening removes it.
 *
 * @param expected bytes that are about to come, when known
 * @throws AppError DISK_FULL, FOLDER_NOT_WRITABLE
 */
export async function createTransportFile(
  { paths }: HasPaths,
  folder: TransportFolder,
  expected: Bytes = 0,
): Promise<TransportWriter> {
  await requireFreeSpace(paths[folder], expected);
  const name = `${randomBytes(16).toString('hex')}.p7m`;
  const path = transportPath(paths, folder, name);
  const temporary = `${path}${PARTIAL_SUFFIX}`;
  const file = await onFiles(() => open(temporary, 'wx', 0o600));
  const hash = createHash('sha256');
  let size = 0;
  let finished = false;
  return {
    write: async (chunk) => {
      const written = onFiles(() => writeFully(file, [chunk]));
      hash.update(chunk);
      size += chunk.length;
      await written;
    },
    finish: async () => {
      await onFiles(async () => {
        await file.sync();
        await file.close();
        await rename(temporary, path);
        await syncFolder(paths[folder]);
      });
      finished = true;
      return { name, size, digest: hash.digest('hex') as Sha256 };
    },
    abort: async () => {
      if (finished) return;
      await file.close().catch(() => {});
      await unlink(temporary).catch(() => {});
    },
  };
}

/** @throws AppError FILE_NOT_FOUND */
export async function openTransportFile(
  { paths }: HasPaths,
  folder: TransportFolder,
  name: string,
): Promise<ByteSource> {
  try {
    return await fileSource(transportPath(paths, folder, name));
  } catch (error) {
    if (isMissing(error)) throw new AppError('FILE_NOT_FOUND', { folder }, error);
    throw error;
  }
}

/** Call it after the commit that lets go of the file. Harmless where it is gone already. */
export async function removeTransportFile({ paths }: HasPaths, folder: TransportFolder, name: string): Promise<void> {
  await onFiles(() =>
    unlink(transportPath(paths, folder, name)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    }),
  );
}
