import { mkdir, unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { documentPath } from '../../../../shared/model/names.ts';
import { resolveWithin } from '../../../files/safe-path.ts';
import type { ContainerVerdict } from '../../../packages/verify-container.ts';
import { copySource } from '../../copy-source.ts';
import { type OutputFile, openOutput, requireAbsent } from '../../output-file.ts';

interface ExtractOptions {
  readonly allowIndeterminate: boolean;
  readonly signal: AbortSignal;
}

/**
 * Writes every document of a verified message into a folder, `<n>-<name>` each: all of them or none, and never over an existing file.
 *
 * @returns the files, in the order of the documents
 * @throws AppError FILE_EXISTS, PATH_REFUSED, CANCELLED, and what `readDocument` throws where the verdict forbids it
 */
export async function extractDocuments(
  { message, readDocument }: Pick<ContainerVerdict, 'message' | 'readDocument'>,
  folder: string,
  { allowIndeterminate, signal }: ExtractOptions,
): Promise<string[]> {
  const names = (message?.documents ?? []).map(({ name }, index) => basename(documentPath(index, name)));
  const paths = names.map((name) => resolveWithin(folder, name));
  await mkdir(folder, { recursive: true });
  await requireAbsent(paths, { force: false });
  const files: OutputFile[] = [];
  try {
    for (const [index, path] of paths.entries()) {
      const file = await openOutput(path, { force: false });
      files.push(file);
      const source = await readDocument(index, { allowIndeterminate });
      await copySource(source, file, { signal });
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
