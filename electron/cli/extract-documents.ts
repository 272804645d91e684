import { mkdir, unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { documentPath } from '../../shared/model/names.ts';
import type { ByteSink } from '../files/bytes.ts';
import { resolveWithin } from '../files/safe-path.ts';
import type { TemporaryNote } from '../files/temporary-note.ts';
import { type OutputFile, openOutput, requireAbsent } from './output-file.ts';

/**
 * Writes every document of a message into a folder, `<n>-<name>` each: all of them or none, and never over an existing file.
 *
 * @param names of the documents, in the order of the message
 * @param write puts the document at `index` into the sink, after checking that it may
 * @param note of the vault that they come from
 * @returns the files, in the same order
 * @throws AppError FILE_EXISTS, PATH_REFUSED, and what `write` throws
 */
export async function extractDocuments(
  names: readonly string[],
  folder: string,
  write: (index: number, sink: ByteSink) => Promise<void>,
  note?: TemporaryNote,
): Promise<string[]> {
  const paths = names.map((name, index) => resolveWithin(folder, basename(documentPath(index, name))));
  await mkdir(folder, { recursive: true });
  await requireAbsent(paths, { force: false });
  const files: OutputFile[] = [];
  try {
    for (const [index, path] of paths.entries()) {
      const file = await openOutput(path, { force: false, ...(note === undefined ? {} : { note }) });
      files.push(file);
      await write(index, file);
      await file.close();
    }
    await publishAll(files, paths);
    return paths;
  } catch (error) {
    for (const file of files) await file.abort();
    throw error;
  }
}

async function publishAll(files: readonly OutputFile[], paths: readonly string[]): Promise<void> {
  const published: string[] = [];
  try {
    for (const [index, file] of files.entries()) {
      await file.commit();
      published.push(paths[index] ?? '');
    }
  } catch (error) {
    for (const path of published) await unlink(path);
    throw error;
  }
}
