import { randomUUID } from 'node:crypto';
import { AppError, type ErrorCode, isAppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes, OfficeId } from '../../../shared/model/brand.ts';
import { toDocumentName } from '../../../shared/model/names.ts';
import { type ByteSource, readRange } from '../../files/bytes.ts';
import { openContentDigest } from '../../packages/open-content-digest.ts';
import { throwIfAborted } from '../../packages/write-container.ts';
import { createBlob } from '../../vault/blobs/create-blob.ts';
import { touchDraft } from '../../vault/repositories/drafts.ts';
import {
  changeStaged,
  failStaged,
  failUnfinished,
  findStaged,
  finishStaged,
  insertStaged,
  listStaged,
  type StagedRow,
} from '../../vault/repositories/staged-documents.ts';
import type { OfficeContext } from '../context.ts';
import { mediaTypeOf } from '../media-type.ts';
import { instantOf } from '../uuid-v7.ts';
import { getIdleDraft, getStaged } from './draft-of.ts';
import { dropStaged } from './edit-draft.ts';

const CHUNK: Bytes = 1024 * 1024;

export interface StageDocument {
  readonly draft: string;
  /** Of the slot. */
  readonly kind: string;
  readonly name: string;
  readonly size: Bytes;
  readonly audience: readonly OfficeId[] | null;
}

/** Makes room for a document in a draft; {@link takeIn} fills it. @returns its id @throws AppError DRAFT_UNKNOWN, DRAFT_BUSY, FILE_TOO_LARGE, PACKAGE_LIMIT_EXCEEDED */
export function stageDocument(
  { vault, now }: OfficeContext,
  { draft, kind, name, size, audience }: StageDocument,
): string {
  if (size > LIMITS.document) throw new AppError('FILE_TOO_LARGE', { size, max: LIMITS.document });
  const id = randomUUID();
  const shown = toDocumentName(name);
  vault.write((db) => {
    getIdleDraft(db, draft);
    if (listStaged(db, draft).length >= LIMITS.entries - 5) {
      throw new AppError('PACKAGE_LIMIT_EXCEEDED', { limit: 'entries', max: LIMITS.entries - 5 });
    }
    insertStaged(db, { id, draft, kind, name: shown, mediaType: mediaTypeOf(shown), size, audience });
    touchDraft(db, draft, instantOf(now()));
  });
  return id;
}

export interface TakeIn {
  readonly signal?: AbortSignal;
  readonly progress?: (done: Bytes, total: Bytes) => void;
}

/**
 * Reads a document once, into an encrypted blob and through SHA-256: what will be signed is what was read, whatever happens to the file after that. Where it
 * fails, the document says why and stays without content.
 *
 * @throws AppError CANCELLED, DISK_FULL, FILE_NOT_READABLE, IO_ERROR
 */
export async function takeIn(
  context: OfficeContext,
  id: string,
  source: ByteSource,
  options: TakeIn = {},
): Promise<void> {
  try {
    await context.vault.during(() => read(context, id, source, options));
  } catch (error) {
    const code: ErrorCode =
      options.signal?.aborted === true ? 'CANCELLED' : isAppError(error) ? error.code : 'FILE_NOT_READABLE';
    context.vault.write((db) => failStaged(db, id, code));
    throw isAppError(error) && error.code === code ? error : new AppError(code, {}, error);
  }
}

async function read(
  { vault, now }: OfficeContext,
  id: string,
  source: ByteSource,
  { signal, progress }: TakeIn,
): Promise<void> {
  const blob = await createBlob(vault, source.size);
  const digest = openContentDigest(source.size);
  try {
    let position = 0;
    for (;;) {
      throwIfAborted(signal);
      const chunk = await readRange(source, position, CHUNK);
      if (chunk.length === 0) break;
      digest.write(chunk, 0, chunk.length);
      await Promise.all([blob.write(chunk), digest.ready()]);
      position += chunk.length;
      progress?.(position, source.size);
    }
    const sha256 = await digest.finish();
    await (await blob.finish()).close();
    throwIfAborted(signal);
    vault.write((db) => {
      const kept = finishStaged(db, id, { blob: blob.commit(db), sha256, size: position });
      if (!kept) throw new AppError('CANCELLED');
      const draft = findStaged(db, id)?.draft;
      if (draft !== undefined) touchDraft(db, draft, instantOf(now()));
    });
  } finally {
    digest.close();
    await blob.abort();
  }
}

export interface DocumentChange {
  readonly kind?: string;
  readonly name?: string;
  readonly audience?: readonly OfficeId[] | null;
}

/** Another slot, name or audience. @throws AppError DRAFT_UNKNOWN, DRAFT_BUSY, DOCUMENT_UNKNOWN */
export function changeDocument({ vault, now }: OfficeContext, draft: string, id: string, change: DocumentChange): void {
  vault.write((db) => {
    getIdleDraft(db, draft);
    const staged: StagedRow = getStaged(db, draft, id);
    const name = change.name === undefined ? staged.name : toDocumentName(change.name);
    const { kind = staged.kind, audience = staged.audience } = change;
    changeStaged(db, { ...staged, kind, name, mediaType: mediaTypeOf(name), audience });
    touchDraft(db, draft, instantOf(now()));
  });
}

/** @throws AppError DRAFT_UNKNOWN, DRAFT_BUSY, DOCUMENT_UNKNOWN */
export function removeDocument({ vault, now }: OfficeContext, draft: string, id: string): void {
  vault.write((db) => {
    getIdleDraft(db, draft);
    getStaged(db, draft, id);
    dropStaged(vault, db, id);
    touchDraft(db, draft, instantOf(now()));
  });
}

/** After opening a vault: what was being read when it closed has lost its source. */
export function giveUpUnfinished({ vault }: OfficeContext): void {
  vault.write((db) => failUnfinished(db, 'CANCELLED'));
}
