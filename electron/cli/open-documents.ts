import { basename } from 'node:path';
import { toDocumentName } from '../../shared/model/names.ts';
import type { SealDocument } from '../packages/write-container.ts';
import { mediaTypeOf } from '../usecases/media-type.ts';
import type { CommandContext } from './context.ts';
import { openInput } from './input-file.ts';
import { usageError } from './usage-error.ts';

export interface AttachFlags {
  readonly attach: readonly string[];
  /** What each attachment is in its procedure, in the same order. */
  readonly docKind: readonly string[];
}

const DEFAULT_KIND = 'attachment';

/** Opens what `--attach` names, runs `task` with it and closes it. @throws AppError USAGE, FILE_NOT_FOUND, FILE_NOT_READABLE */
export async function withDocuments<T>(
  { attach, docKind }: AttachFlags,
  { t }: CommandContext,
  task: (documents: readonly SealDocument[]) => Promise<T>,
): Promise<T> {
  if (docKind.length > attach.length) throw usageError(t('cli.package.seal.tooManyKinds'));
  const documents: SealDocument[] = [];
  try {
    for (const [index, path] of attach.entries()) {
      const name = toDocumentName(basename(path));
      const kind = docKind[index] ?? DEFAULT_KIND;
      documents.push({ source: await openInput(path), name, kind, mediaType: mediaTypeOf(name) });
    }
    return await task(documents);
  } finally {
    for (const { source } of documents) await source.close();
  }
}
