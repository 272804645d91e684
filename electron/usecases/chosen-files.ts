import { open, rename, unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError, isAppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import { type ByteSink, type ByteSource, bufferSource, fileSource, readAll } from '../files/bytes.ts';
import { onFiles } from '../files/file-error.ts';
import { temporaryBeside } from '../files/temporary-name.ts';
import type { TemporaryNote } from '../files/temporary-note.ts';
import { writeFully } from '../files/write-fully.ts';

/** Files that a person chose in a dialog or dropped: the only ones that the window's wishes ever reach. */

export interface ChosenSource {
  /** The last part of its path. */
  readonly name: string;
  /** The caller closes it. */
  readonly source: ByteSource;
}

/** @throws AppError FILE_NOT_READABLE */
export async function openChosen(path: string): Promise<ChosenSource> {
  try {
    return { name: basename(path), source: await fileSource(path) };
  } catch (error) {
    throw new AppError('FILE_NOT_READABLE', {}, error);
  }
}

/** What came from the clipboard: the window had it already. */
export function openPasted(name: string, bytes: Uint8Array): ChosenSource {
  return { name, source: bufferSource(Buffer.from(bytes)) };
}

/** @throws AppError FILE_NOT_READABLE, FILE_TOO_LARGE */
export async function readChosen(path: string, limit: Bytes): Promise<Buffer> {
  const { source } = await openChosen(path);
  try {
    if (source.size > limit) throw new AppError('FILE_TOO_LARGE', { size: source.size, max: limit });
    return await readAll(source, limit);
  } catch (error) {
    throw isAppError(error) ? error : new AppError('FILE_NOT_READABLE', {}, error);
  } finally {
    await source.close();
  }
}

/** Writes a small file whole or not at all; what stood there is replaced, as the dialog has asked. @throws AppError as {@link withChosenTarget} */
export function writeChosen(path: string, bytes: Buffer, note: TemporaryNote): Promise<void> {
  return withChosenTarget(path, (sink) => sink.write(bytes), note);
}

/**
 * Runs `work` with a file that gets its name when it is whole, and vanishes when `work` throws.
 *
 * @param note null only for what anybody may read
 * @throws AppError DISK_FULL, FOLDER_NOT_WRITABLE, and of `work`
 */
export async function withChosenTarget<T>(
  path: string,
  work: (sink: ByteSink) => Promise<T>,
  note: TemporaryNote | null,
): Promise<T> {
  const temporary = temporaryBeside(path);
  note?.begin(temporary);
  const file = await onFiles(() => open(temporary, 'wx', 0o600)).catch((error: unknown) => {
    note?.end(temporary);
    throw error;
  });
  let closed = false;
  try {
    const result = await work({ write: (chunk) => onFiles(() => writeFully(file, [chunk])) });
    await onFiles(async () => {
      await file.sync();
      await file.close();
      closed = true;
      await rename(temporary, path);
    });
    note?.end(temporary);
    return result;
  } catch (error) {
    if (!closed) await file.close().catch(() => {});
    await unlink(temporary).then(
      () => note?.end(temporary),
      () => {},
    );
    throw error;
  }
}
