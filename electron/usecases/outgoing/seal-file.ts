import { AppError } from '../../../shared/errors.ts';
import type { Bytes, M, Sha256 } from '../../../shared/model/brand.ts';
import type { Message } from '../../../shared/model/message.ts';
import type { ByteSink } from '../../files/bytes.ts';
import type { MessageDraft } from '../../packages/container-plan.ts';
import { openPackage } from '../../packages/open-package.ts';
import { resealContainer, sealPackage } from '../../packages/seal-package.ts';
import { verifyContainer } from '../../packages/verify-container.ts';
import type { SealDocument, Signer } from '../../packages/write-container.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { BlobId } from '../../vault/blobs/blob-id.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { type BlobWriter, createBlob } from '../../vault/blobs/create-blob.ts';
import {
  createTransportFile,
  openTransportFile,
  removeTransportFile,
  type TransportFile,
} from '../../vault/transport/transport-files.ts';
import type { OfficeContext } from '../context.ts';
import { getRecipientCertificates } from '../office/directory.ts';
import { senderBinding } from '../office/sender-binding.ts';
import { trustForSelfCheck } from '../office/trust.ts';
import { readingKeys } from '../tokens/reading-keys.ts';
import { type SealedStamp, sealingStamp } from '../trust/sealing-stamp.ts';

export interface SealRequest {
  readonly draft: MessageDraft;
  readonly documents: readonly SealDocument[];
  readonly signer: Signer;
  readonly signal?: AbortSignal;
  readonly progress?: (done: Bytes, total: Bytes) => void;
}

export interface SealedFile {
  /** In `outgoing/`, durable; nothing in the database knows it yet. */
  readonly file: TransportFile;
  readonly m: M;
  readonly message: Message;
  readonly signatureDigest: Sha256;
  /** The container, finished: commit it with the message's row, or abort. */
  readonly blob: BlobWriter;
  /** Keep it with the message's row: {@link noteSealedStamp}. */
  readonly stamp: SealedStamp;
}

/**
 * Seals a message into `outgoing/`, then opens and verifies the result as its recipients will: what we could not read ourselves does not leave. The
 * container that this gives is the one the vault keeps.
 *
 * @throws AppError of sealing, or the verdict's code
 */
export async function sealFile(context: OfficeContext, request: SealRequest): Promise<SealedFile> {
  const { draft, documents, signer, signal, progress } = request;
  const recipients = getRecipientCertificates(context, context.vault.read, draft.recipients);
  const now = context.now();
  const optional = { ...(signal === undefined ? {} : { signal }), ...(progress === undefined ? {} : { progress }) };
  const { stamp, result } = sealingStamp(context, signal);
  const stamping = stamp === undefined ? {} : { stamp };
  const { file, value: sealed } = await writeOutgoing(context, (sink) =>
    sealPackage({ draft, documents, signer, recipients, sink, now, ...stamping, ...optional }),
  );
  try {
    const blob = await checkSealed(context, file, sealed.m, signer, recipients, now);
    const { m, message, signatureDigest, timestamp } = sealed;
    return { file, m, message, signatureDigest, blob, stamp: result(timestamp) };
  } catch (error) {
    await removeTransportFile(context.vault, 'outgoing', file.name);
    throw error;
  }
}

/** A stored container in a new envelope, for the recipients that its message lists. */
export async function resealFile(
  context: OfficeContext,
  blob: BlobId,
  recipients: readonly Certificate[],
): Promise<TransportFile> {
  const container = await openBlob(context.vault, blob);
  try {
    const { file } = await writeOutgoing(context, (sink) => resealContainer({ container, recipients, sink }));
    return file;
  } finally {
    await container.close();
  }
}

async function writeOutgoing<T>(
  { vault }: OfficeContext,
  seal: (sink: ByteSink) => Promise<T>,
): Promise<{ readonly file: TransportFile; readonly value: T }> {
  const writer = await createTransportFile(vault, 'outgoing');
  try {
    const value = await seal(writer);
    return { file: await writer.finish(), value };
  } finally {
    await writer.abort();
  }
}

async function checkSealed(
  context: OfficeContext,
  { name, size }: TransportFile,
  m: M,
  signer: Signer,
  recipients: readonly Certificate[],
  at: Date,
): Promise<BlobWriter> {
  const { vault } = context;
  const source = await openTransportFile(vault, 'outgoing', name);
  const blob = await createBlob(vault, size);
  try {
    const opened = await openPackage({ source, keys: readingKeys(context), target: blob, accept: 'exchange' });
    if (opened === null) throw new AppError('PACKAGE_NOT_FOR_ME');
    const verdict = await verifyContainer({
      container: opened.container,
      opened,
      knownRecipients: recipients,
      trust: trustForSelfCheck(signer.certificate),
      at,
      binding: senderBinding(vault.read, null),
      accept: 'profile',
    });
    await opened.container.close();
    if (verdict.indication !== 'TOTAL_PASSED' || verdict.m !== m)
      throw new AppError(verdict.code ?? 'SIGNATURE_INVALID');
    return blob;
  } catch (error) {
    await blob.abort();
    throw error;
  } finally {
    await source.close();
  }
}
