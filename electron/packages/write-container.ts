import { hash } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Bytes, M, Sha256 } from '../../shared/model/brand.ts';
import type { Message } from '../../shared/model/message.ts';
import { documentPath } from '../../shared/model/names.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { SigningKey } from '../pki/remote-key.ts';
import { ASIC_E_MIMETYPE, ENTRY } from './asic/entry-names.ts';
import { buildManifest } from './asic/manifest.ts';
import { type BuiltSignedData, signContent } from './cms/build-signed-data.ts';
import {
  type ContainerPlan,
  completeMessage,
  type MessageDraft,
  messageBytes,
  planContainer,
  signatureTooLarge,
} from './container-plan.ts';
import { type ContainerWriter, createContainerWriter } from './container-writer.ts';
import { openContentDigest } from './open-content-digest.ts';
import type { Emit } from './staged-emit.ts';
import { addSignatureTimestamp } from './timestamp/add-signature-timestamp.ts';
import type { SealDocument } from './write-document.ts';

export type { Emit } from './staged-emit.ts';
export type { SealDocument } from './write-document.ts';

export interface Signer {
  readonly certificate: Certificate;
  readonly key: SigningKey;
  readonly chain: readonly Certificate[];
}

export interface ContainerInput {
  readonly draft: MessageDraft;
  readonly documents: readonly SealDocument[];
  readonly signer: Signer;
  /** Claimed signing time. */
  readonly now: Date;
  /**
   * Asks for a timestamp token over SignerInfo.signature, DER; null where none came in time. It goes into the signature where it fits into the slot. Must not throw for
   * what a TSA does.
   */
  readonly stamp?: (signature: Buffer) => Promise<Buffer | null>;
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
  /** The token that came while sealing; where it did not fit into the package it travels beside it, as a proof. */
  readonly timestamp: { readonly token: Buffer; readonly inPackage: boolean } | null;
}

/** What a signature takes beside its certificates, at most. */
const SIGNER_INFO: Bytes = 2048;

/** @throws AppError MESSAGE_SIGNER_MISMATCH, FILE_TOO_LARGE, MESSAGE_MALFORMED, PACKAGE_LIMIT_EXCEEDED */
export function planFor({ draft, documents, signer }: ContainerInput): ContainerPlan {
  if (draft.sender.certificate !== signer.certificate.sha256) throw new AppError('MESSAGE_SIGNER_MISMATCH');
  const large = documents.find(({ source }) => source.size > LIMITS.document);
  if (large !== undefined) throw new AppError('FILE_TOO_LARGE', { name: large.name, max: LIMITS.document });
  // Told before the documents are read, not after
  const certificates = [signer.certificate, ...signer.chain].reduce((sum, { der }) => sum + der.length, 0);
  if (certificates + SIGNER_INFO > LIMITS.signatureSlot) throw signatureTooLarge();
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
  const { signal, progress, documents, draft, signer, now } = input;
  let emitted = 0;
  const writer = createContainerWriter(plan.size, async (chunk) => {
    throwIfAborted(signal);
    await emit(chunk);
    emitted += chunk.length;
    progress?.(emitted, plan.size);
  });
  await writer.store(ENTRY.mimetype, Buffer.from(ASIC_E_MIMETYPE, 'latin1'));
  const digests = await writeDocuments(documents, writer);
  const message = completeMessage(
    draft,
    documents.map((document, index) => ({ ...facts(document), sha256: digests[index] ?? ('' as Sha256) })),
  );
  const text = messageBytes(message);
  await writer.store(ENTRY.message, text);
  const manifest = manifestOf(message, text);
  await writer.store(ENTRY.manifest, manifest);
  const signed = await signContent({ ...signer, content: manifest, detached: true, signingTime: now });
  const { der, timestamp } = await timestamped(signed, input.stamp);
  await writer.store(ENTRY.signature, der);
  await writer.store(ENTRY.padding, Buffer.alloc(plan.paddingFor(der.length)));
  const size = await writer.finish();
  if (size !== plan.size)
    throw new AppError('INTERNAL', { reason: `container of ${size} bytes, planned ${plan.size}` });
  return {
    m: hash('sha256', manifest) as M,
    message,
    signatureDigest: hash('sha256', signed.signature) as Sha256,
    size,
    timestamp,
  };
}

async function timestamped(
  { der, signature }: BuiltSignedData,
  stamp: ContainerInput['stamp'],
): Promise<{ readonly der: Buffer; readonly timestamp: WrittenContainer['timestamp'] }> {
  const token = stamp === undefined ? null : await stamp(signature);
  if (token === null) return { der, timestamp: null };
  const withToken = addSignatureTimestamp(der, token);
  const inPackage = withToken.length <= LIMITS.signatureSlot;
  return { der: inPackage ? withToken : der, timestamp: { token, inPackage } };
}

/** @returns the digests of the documents, in their order */
async function writeDocuments(documents: readonly SealDocument[], writer: ContainerWriter): Promise<Sha256[]> {
  const digest = openContentDigest(documents.reduce((sum, { source }) => sum + source.size, 0));
  try {
    const digests: Promise<Sha256>[] = [];
    for (const [index, document] of documents.entries()) {
      const { sha256 } = await writer.storeDocument(documentPath(index, document.name), document, digest);
      digests.push(sha256);
    }
    return await Promise.all(digests);
  } finally {
    digest.close();
  }
}

function manifestOf({ documents }: Message, text: Buffer): Buffer {
  return buildManifest([
    ...documents.map(({ name, sha256 }, index) => ({
      name: documentPath(index, name),
      sha256: Buffer.from(sha256, 'hex'),
    })),
    { name: ENTRY.message, sha256: hash('sha256', text, 'buffer') },
  ]);
}

function facts({ name, kind, mediaType, source }: SealDocument) {
  return { name, kind, mediaType, size: source.size };
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('CANCELLED');
}
