import { type FileHandle, link, lstat, open, rename, stat, unlink } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';
import type { ByteSink } from '../files/bytes.ts';
import { temporaryBeside, visibleTemporaryBeside } from '../files/temporary-name.ts';
import type { TemporaryNote } from '../files/temporary-note.ts';
import { writeFully } from '../files/write-fully.ts';
import { toAppError, withPath } from './to-app-error.ts';

export interface OutputOptions {
  /** Replaces an existing file. */
  readonly force: boolean;
  /** 0o600 for keys; 0o666 (less the umask) for the rest. */
  readonly mode?: number;
  /** Of the vault that it comes from; without it, the name that a file has until it is whole is not hidden. */
  readonly note?: TemporaryNote;
}

/** A file that appears under its name whole or not at all. */
export interface OutputFile extends ByteSink {
  /** Makes what was written durable, still without its name: many files can wait so for their commit. */
  close(): Promise<void>;
  /** Closes it and gives it its name. @throws AppError FILE_EXISTS */
  commit(): Promise<void>;
  /** Leaves nothing behind; harmless after commit. */
  abort(): Promise<void>;
}

/**
 * Opens a file for writing under a temporary name in the same folder. A target that is not a regular file (`/dev/null`) is written to directly.
 *
 * @throws AppError FILE_EXISTS before a byte is written; errors of the system otherwise
 */
export async function openOutput(path: string, { force, mode = 0o666, note }: OutputOptions): Promise<OutputFile> {
  const existing = await stat(path).catch(() => null);
  if (existing !== null && !existing.isFile() && !existing.isDirectory()) return device(await open(path, 'w'));
  if (existing !== null && (!force || existing.isDirectory())) throw new AppError('FILE_EXISTS', { path });
  const temporary = note === undefined ? visibleTemporaryBeside(path) : temporaryBeside(path);
  note?.begin(temporary);
  const file = await open(temporary, 'wx', mode).catch((error: unknown) => {
    note?.end(temporary);
    throw error;
  });
  let closed = false;
  const close = async (durably: boolean): Promise<void> => {
    if (closed) return;
    closed = true;
    try {
      if (durably) await file.sync();
    } finally {
      await file.close();
    }
  };
  return {
    write: (chunk) => writeFully(file, [chunk]),
    close: () => close(true),
    commit: async () => {
      await close(true);
      await publish(temporary, path, force);
      note?.end(temporary);
    },
    abort: async () => {
      await close(false);
      await unlink(temporary).then(
        () => note?.end(temporary),
        () => {},
      );
    },
  };
}

/** For commands that write several files: refuses before the first is written. @throws AppError FILE_EXISTS */
export async function requireAbsent(paths: readonly string[], { force }: Pick<OutputOptions, 'force'>): Promise<void> {
  for (const path of paths) {
    const existing = await lstat(path).catch(() => null);
    if (existing !== null && (existing.isDirectory() || (existing.isFile() && !force))) {
      throw new AppError('FILE_EXISTS', { path });
    }
  }
}

/** Writes a whole file at once, with the promises of {@link openOutput}. */
export async function writeOutput(path: string, bytes: Buffer | string, options: OutputOptions): Promise<void> {
  await withOutput(path, options, (file) => file.write(Buffer.from(bytes as string)));
}

/** Runs `work` with the file: what it wrote stays when it returns and vanishes when it throws. */
export async function withOutput<T>(
  path: string,
  options: OutputOptions,
  work: (file: OutputFile) => Promise<T>,
): Promise<T> {
  const file = await openOutput(path, options).catch((error: unknown) => {
    throw withPath(toAppError(error), path);
  });
  try {
    const result = await work(file);
    await file.commit();
    return result;
  } catch (error) {
    await file.abort();
    throw error;
  }
}

/** A hard link fails where the name is taken, which a rename does not; file systems without links get a check and a rename. */
async function publish(temporary: string, path: string, force: boolean): Promise<void> {
  if (force) return rename(temporary, path);
  try {
    await link(temporary, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new AppError('FILE_EXISTS', { path });
    if ((await stat(path).catch(() => null)) !== null) throw new AppError('FILE_EXISTS', { path });
    return rename(temporary, path);
  }
  await unlink(temporary);
}

function device(file: FileHandle): OutputFile {
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= file.close();
    return closing;
  };
  return { write: (chunk) => writeFully(file, [chunk]), close, commit: close, abort: close };
}
