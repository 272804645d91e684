import { AppError } from '../../../shared/errors.ts';
import type { Bytes, M, Milliseconds, Sha256 } from '../../../shared/model/brand.ts';
import type { Preview } from '../../../shared/model/preview.ts';
import { type ByteSource, readRange } from '../../files/bytes.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { listDocuments } from '../../vault/repositories/message-links.ts';
import { findStaged } from '../../vault/repositories/staged-documents.ts';
import type { OfficeContext } from '../context.ts';
import { openDocument } from '../export-document.ts';
import { SNIFF, sniffPreview } from './sniff-preview.ts';

export type DocumentSource =
  | { readonly kind: 'message'; readonly m: M; readonly index: number }
  | { readonly kind: 'draft'; readonly document: string };

export interface OpenedDocument {
  readonly name: string;
  readonly mediaType: string;
  readonly size: Bytes;
  readonly sha256: Sha256;
  readonly preview: Preview;
}

/** Documents under somebody's eyes: opened and verified once, then read in pieces, in the clear in memory alone. */
export interface DocumentReader {
  /** @throws AppError MESSAGE_UNKNOWN, DOCUMENT_UNKNOWN, FILE_NOT_FOUND, BLOB_MISSING, BLOB_TAMPERED, or the verdict's code */
  open(source: DocumentSource): Promise<OpenedDocument>;
  /** Less than asked for only at the end. */
  read(source: DocumentSource, offset: Bytes, length: Bytes): Promise<Buffer>;
  close(): Promise<void>;
}

const MOST = 4;
const IDLE: Milliseconds = 5 * 60_000;

interface Held {
  readonly bytes: Promise<ByteSource>;
  timer: NodeJS.Timeout;
}

export function createDocumentReader(context: OfficeContext): DocumentReader {
  const held = new Map<string, Held>();
  let closed = false;
  const drop = async (key: string): Promise<void> => {
    const found = held.get(key);
    held.delete(key);
    if (found === undefined) return;
    clearTimeout(found.timer);
    await found.bytes.then((bytes) => bytes.close()).catch(() => {});
  };
  const later = (key: string): NodeJS.Timeout => setTimeout(() => void drop(key), IDLE).unref();
  const take = (source: DocumentSource): Promise<ByteSource> => {
    if (closed) throw new AppError('VAULT_LOCKED');
    const key = keyOf(source);
    const found = held.get(key);
    if (found !== undefined) {
      clearTimeout(found.timer);
      found.timer = later(key);
      return found.bytes;
    }
    const bytes = openSource(context, source);
    held.set(key, { bytes, timer: later(key) });
    bytes.catch(() => void drop(key));
    const [oldest] = held.keys();
    if (held.size > MOST && oldest !== undefined) void drop(oldest);
    return bytes;
  };
  return {
    open: async (source) => {
      const facts = describe(context, source);
      const bytes = await take(source);
      return { ...facts, preview: sniffPreview(await readRange(bytes, 0, SNIFF)) };
    },
    read: async (source, offset, length) => readRange(await take(source), offset, length),
    close: async () => {
      closed = true;
      await Promise.all([...held.keys()].map(drop));
    },
  };
}

function keyOf(source: DocumentSource): string {
  return source.kind === 'draft' ? source.document : `${source.m}/${source.index}`;
}

function describe({ vault }: OfficeContext, source: DocumentSource): Omit<OpenedDocument, 'preview'> {
  if (source.kind === 'draft') {
    const staged = findStaged(vault.read, source.document);
    if (staged === null || staged.sha256 === null) throw new AppError('DOCUMENT_UNKNOWN');
    const { name, mediaType, size, sha256 } = staged;
    return { name, mediaType, size, sha256 };
  }
  const document = listDocuments(vault.read, source.m)[source.index];
  if (document === undefined) throw new AppError('FILE_NOT_FOUND', { index: source.index });
  const { name, mediaType, size, sha256 } = document;
  return { name, mediaType, size, sha256 };
}

async function openSource(context: OfficeContext, source: DocumentSource): Promise<ByteSource> {
  if (source.kind === 'message') return openDocument(context, source.m, source.index);
  const blob = findStaged(context.vault.read, source.document)?.blob ?? null;
  if (blob === null) throw new AppError('DOCUMENT_UNKNOWN');
  return openBlob(context.vault, blob);
}
