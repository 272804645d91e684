import { hash, type KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Bytes, M, Sha256 } from '../../shared/model/brand.ts';
import type { Message } from '../../shared/model/message.ts';
import { documentPath } from '../../shared/model/names.ts';
import type { ByteSource } from '../files/bytes.ts';
import type { Certificate } from '../pki/certificate.ts';
import { ASIC_E_MIMETYPE, ENTRY } from './asic/entry-names.ts';
import { buildManifest } from './asic/manifest.ts';
import { buildSignedData } from './cms/build-signed-data.ts';
import {
  type ContainerPlan,
  completeMessage,
  type MessageDraft,
  messageBytes,
  planContainer,
} from './container-plan.ts';
import { type ContentDigest, localDigest, workerDigest } from './content-digest.ts';
import { planEntry } from './zip/plan-zip.ts';
import { centralHeader, descriptor, endRecords, localHeader, type PlannedEntry } from './zip/records.ts';
import { BLOCK_HEADER_SIZE, BLOCK_SIZE, blockHeader } from './zip/stored-blocks.ts';

export interface SealDocument {
  readonly source: ByteSource;
  readonly name: string;
  readonly kind: string;
  readonly mediaType: string;
  /** What was shown before signing: sealing ends with FILE_CHANGED where the content is another. */
  readonly expectedSha256?: Sha256;
}

export interface Signer {
  readonly certificate: Certificate;
  readonly key: KeyObject;
  readonly chain: readonly Certificate[];
}

export interface ContainerInput {
  readonly draft: MessageDraft;
  readonly documents: readonly SealDocument[];
  readonly signer: Signer;
  /** Claimed signing time. */
  readonly now: Date;
  readonly signal?: AbortSignal;
  /** Bytes of the container written so far, and in all. */
  readonly progress?: (done: Bytes, total: Bytes) => void;
}

export interface WrittenContainer {
  readonly m: M;
  readonly message: Message;
  /** SHA-256 of SignerInfo.signature. */
  readonly signatureDigest: Sha256;
  readonly size: Bytes;
}

/** Takes the next bytes of the container; they are the writer's again once the promise settles. */
export type Emit = (chunk: Buffer) => Promise<void>;

const BLOCKS_PER_READ = 8;
const READ_SIZE: Bytes = BLOCKS_PER_READ * BLOCK_SIZE;
/** From here on a second thread for the digests pays. */
const WORKER_FROM: Bytes = 8 * 1024 * 1024;

/** @throws AppError MESSAGE_SIGNER_MISMATCH, FILE_TOO_LARGE, MESSAGE_MALFORMED, PACKAGE_LIMIT_EXCEEDED */
export function planFor({ draft, documents, signer }: ContainerInput): ContainerPlan {
  if (draft.sender.certificate !== signer.certificate.sha256) throw new AppError('MESSAGE_SIGNER_MISMATCH');
  const large = documents.find(({ source }) => source.size > LIMITS.document);
  if (large !== undefined) throw new AppError('FILE_TOO_LARGE', { name: large.name, max: LIMITS.document });
  return planContainer(draft, documents.map(facts));
}

/**
 * Writes a signed ASiC-E container in one pass over the documents, with memory that does not depend on their size.
 * @throws AppError FILE_CHANGED, CANCELLED, and what {@link planFor} throws
 */
export async function writeContainer(
  input: ContainerInput,
  plan: ContainerPlan,
  emit: Emit,
): Promise<WrittenContainer> {
  const total = input.documents.reduce((sum, { source }) => sum + source.size, 0);
  const digest = total >= WORKER_FROM ? workerDigest(READ_SIZE) : localDigest(READ_SIZE);
  try {
    return await write(input, plan, emit, digest);
  } finally {
    await digest.close();
  }
}

interface Written {
  readonly entry: PlannedEntry;
  readonly crc: number;
}

async function write(
  input: ContainerInput,
  plan: ContainerPlan,
  emit: Emit,
  digest: ContentDigest,
): Promise<WrittenContainer> {
  const written: Written[] = [];
  let offset = 0;
  const out: Emit = async (chunk) => {
    throwIfAborted(input.signal);
    await emit(chunk);
    offset += chunk.length;
    input.progress?.(offset, plan.size);
  };
  const store = async (name: string, content: Buffer): Promise<void> => {
    const entry = planEntry({ name, layout: 'stored', size: content.length }, offset);
    const crc = crc32(content);
    await out(Buffer.concat([localHeader(entry, crc), content]));
    written.push({ entry, crc });
  };

  await store(ENTRY.mimetype, Buffer.from(ASIC_E_MIMETYPE, 'latin1'));
  const digests: Sha256[] = [];
  const framed =
    input.documents.length > 0 ? Buffer.allocUnsafeSlow(READ_SIZE + BLOCKS_PER_READ * BLOCK_HEADER_SIZE) : null;
  for (const [index, document] of input.documents.entries()) {
    const name = documentPath(index, document.name);
    const entry = planEntry({ name, layout: 'blocks', size: document.source.size }, offset);
    const { crc, sha256 } = await writeDocument(document, entry, digest, framed ?? Buffer.alloc(0), out);
    written.push({ entry, crc });
    digests.push(sha256);
  }
  const message = completeMessage(
    input.draft,
    input.documents.map((document, index) => ({ ...facts(document), sha256: digests[index] ?? ('' as Sha256) })),
  );
  const text = messageBytes(message);
  await store(ENTRY.message, text);
  const manifest = buildManifest([
    ...digests.map((sha256, index) => ({
      name: documentPath(index, input.documents[index]?.name ?? ''),
      sha256: Buffer.from(sha256, 'hex'),
    })),
    { name: ENTRY.message, sha256: hash('sha256', text, 'buffer') },
  ]);
  await store(ENTRY.manifest, manifest);
  const { der, signature } = buildSignedData({
    ...input.signer,
    content: manifest,
    detached: true,
    signingTime: input.now,
  });
  await store(ENTRY.signature, der);
  const final = plan.withSignature(der.length);
  await store(ENTRY.padding, Buffer.alloc(final.entries.at(-1)?.size ?? 0));
  const central = written.map(({ entry, crc }) => centralHeader(entry, crc));
  await out(Buffer.concat([...central, endRecords(final.central)]));
  if (offset !== plan.size)
    throw new AppError('INTERNAL', { reason: `container of ${offset} bytes, planned ${plan.size}` });
  return {
    m: hash('sha256', manifest) as M,
    message,
    signatureDigest: hash('sha256', signature) as Sha256,
    size: offset,
  };
}

async function writeDocument(
  document: SealDocument,
  entry: PlannedEntry,
  digest: ContentDigest,
  framed: Buffer,
  out: Emit,
): Promise<{ crc: number; sha256: Sha256 }> {
  const { source } = document;
  const changed = (): AppError => new AppError('FILE_CHANGED', { name: document.name });
  await out(localHeader(entry, 0));
  let crc = 0;
  if (source.size === 0) await out(blockHeader(0));
  let buffer = await digest.buffer();
  let pending = source.read(buffer.subarray(0, Math.min(READ_SIZE, source.size)), 0);
  for (let position = 0; position < source.size; ) {
    const wanted = Math.min(READ_SIZE, source.size - position);
    if ((await pending) !== wanted) throw changed();
    const piece = buffer.subarray(0, wanted);
    digest.update(buffer, wanted);
    const remaining = source.size - position;
    position += wanted;
    if (position < source.size) {
      buffer = await digest.buffer();
      pending = source.read(buffer.subarray(0, Math.min(READ_SIZE, source.size - position)), position);
      // Awaited on the next round; a failure meanwhile must not count as unhandled
      pending.catch(() => {});
    }
    crc = crc32(piece, crc);
    await out(frame(piece, remaining, framed));
  }
  if ((await source.read(Buffer.alloc(1), source.size)) !== 0) throw changed();
  const sha256 = await digest.finish();
  if (document.expectedSha256 !== undefined && document.expectedSha256 !== sha256) throw changed();
  await out(descriptor(entry, crc));
  return { crc, sha256 };
}

/** Puts the header of its stored block before each 65,535 bytes. */
function frame(piece: Buffer, remaining: Bytes, framed: Buffer): Buffer {
  let to = 0;
  for (let from = 0; from < piece.length; from += BLOCK_SIZE) {
    const end = Math.min(piece.length, from + BLOCK_SIZE);
    to += blockHeader(remaining - from).copy(framed, to);
    to += piece.copy(framed, to, from, end);
  }
  return framed.subarray(0, to);
}

function facts({ name, kind, mediaType, source }: SealDocument) {
  return { name, kind, mediaType, size: source.size };
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('CANCELLED');
}
