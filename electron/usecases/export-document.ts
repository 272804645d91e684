import { AppError } from '../../shared/errors.ts';
import type { Bytes, M } from '../../shared/model/brand.ts';
import { type ByteSink, type ByteSource, readRange } from '../files/bytes.ts';
import { verifyContainer } from '../packages/verify-container.ts';
import { throwIfAborted } from '../packages/write-container.ts';
import { openBlob } from '../vault/blobs/blob-store.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { findMessage } from '../vault/repositories/messages.ts';
import type { OfficeContext } from './context.ts';
import { senderBinding } from './office/sender-binding.ts';
import { trustForStored } from './trust/stored-proofs.ts';
import { instantOf } from './uuid-v7.ts';

export interface ExportDocument {
  readonly m: M;
  /** Of the document in its message, from 0. */
  readonly index: number;
  readonly sink: ByteSink;
  /** Who takes it out of the vault. */
  readonly by: string;
  readonly signal?: AbortSignal;
}

const CHUNK: Bytes = 1024 * 1024;

/**
 * Writes one document in the clear: the one way by which plaintext leaves the vault. The container is verified again first, at the time when it came.
 *
 * @returns the document's size
 * @throws AppError MESSAGE_UNKNOWN, FILE_NOT_FOUND, BLOB_MISSING, BLOB_TAMPERED, or the verdict's code
 */
export async function exportDocument(
  context: OfficeContext,
  { m, index, sink, by, signal }: ExportDocument,
): Promise<Bytes> {
  const { vault, now } = context;
  const size = await withDocument(context, m, index, async (document) => {
    for (let position = 0; position < document.size; position += CHUNK) {
      throwIfAborted(signal);
      await sink.write(await readRange(document, position, CHUNK));
    }
    return document.size;
  });
  vault.write((db) => {
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'document-exported', subject: m, detail: { index } });
  });
  return size;
}

/** Runs `task` with random access to one document; it is closed after that. */
export async function withDocument<T>(
  context: OfficeContext,
  m: M,
  index: number,
  task: (document: ByteSource) => Promise<T>,
): Promise<T> {
  const document = await openDocument(context, m, index);
  try {
    return await task(document);
  } finally {
    await document.close();
  }
}

/** Random access to one document, whose container was verified again first; its container is closed with it. @throws AppError as {@link exportDocument} */
export async function openDocument(context: OfficeContext, m: M, index: number): Promise<ByteSource> {
  const { vault } = context;
  const row = findMessage(vault.read, m);
  if (row === null) throw new AppError('MESSAGE_UNKNOWN', { m });
  if (row.blob === null) throw new AppError('BLOB_MISSING', { m });
  const container = await openBlob(vault, row.blob);
  try {
    const provenAt = new Date(row.firstReceivedAt);
    const trust = trustForStored(context, vault.read, m, row.senderOffice);
    const binding = senderBinding(vault.read, provenAt);
    const verdict = await verifyContainer({ container, trust, at: provenAt, binding, accept: 'profile' });
    const document = await verdict.readDocument(index);
    return { ...document, close: () => container.close() };
  } catch (error) {
    await container.close();
    throw error;
  }
}
