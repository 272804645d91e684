import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
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

/** So much comes twice after a cut, beside what was on its way; and once more, where not a byte after a part proves that it was synced. Bytes. */
const DOWNLOAD_PART: Bytes = 8 * 1024 * 1024;

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

/** A download that can be gone on with after a cut, a crash or a restart. */
export interface TransportDownload extends ByteSink {
  /** Where to go on: what lies before is durable. */
  readonly offset: Bytes;
  /** Makes the file durable. */
  finish(): Promise<TransportFile>;
  /** Leaves what is there for the next time; harmless after finish. */
  pause(): Promise<void>;
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
  const name = randomTransportName();
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

/** A name for a file in transit. */
export const randomTransportName = (): string => `${randomBytes(16).toString('hex')}.p7m`;

/**
 * Goes on with a file in `incoming/` that a row of the inbox names, or begins it. Each part is synced before the next is written, so that a longer file
 * proves the parts before; what comes after the last boundary may be holes of a machine that lost its power. It stays until it is written over: cut off, the length
 * would vouch for one part less after every try that brought nothing.
 *
 * @param expected bytes that are about to come, with what is made of them
 * @throws AppError DISK_FULL, FOLDER_NOT_WRITABLE
 */
export async function resumeTransportFile(
  { paths }: HasPaths,
  name: string,
  expected: Bytes,
): Promise<TransportDownload> {
  const path = transportPath(paths, 'incoming', name);
  const file = await onFiles(() => open(path, constants.O_RDWR | constants.O_CREAT, 0o600));
  const hash = createHash('sha256');
  let size = 0;
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
  };
  try {
    const stored = (await file.stat()).size;
    const offset = stored === 0 ? 0 : Math.floor((stored - 1) / DOWNLOAD_PART) * DOWNLOAD_PART;
    await requireFreeSpace(paths.incoming, Math.max(0, expected - offset));
    for (const buffer = Buffer.allocUnsafe(1024 * 1024); size < offset; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, offset - size), size);
      if (bytesRead === 0) throw new AppError('IO_ERROR', { reason: 'short' });
      hash.update(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
    return {
      offset,
      write: async (chunk) => {
        await onFiles(() => writeFully(file, [chunk], size));
        hash.update(chunk);
        const before = size;
        size += chunk.length;
        if (Math.floor(before / DOWNLOAD_PART) !== Math.floor(size / DOWNLOAD_PART)) await onFiles(() => file.sync());
      },
      finish: async () => {
        await onFiles(async () => {
          await file.truncate(size);
          await file.sync();
          await close();
          await syncFolder(paths.incoming);
        });
        return { name, size, digest: hash.digest('hex') as Sha256 };
      },
      pause: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
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
