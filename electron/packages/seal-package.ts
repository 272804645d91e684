import { createCipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import type { ByteSink, ByteSource } from '../files/bytes.ts';
import { releaseMemory } from '../files/release-memory.ts';
import type { Certificate } from '../pki/certificate.ts';
import { buildAuthEnvelopedHeader, buildAuthEnvelopedTrailer, TAG_LENGTH } from './cms/build-auth-enveloped-header.ts';
import {
  type ContainerInput,
  type Emit,
  planFor,
  throwIfAborted,
  type WrittenContainer,
  writeContainer,
} from './write-container.ts';

export interface SealInput extends ContainerInput {
  /** Encryption certificates, the sender's own among them; their digests must be those of the draft's recipients. */
  readonly recipients: readonly Certificate[];
  readonly sink: ByteSink;
}

export interface SealedPackage extends WrittenContainer {
  readonly packageSize: Bytes;
}

/**
 * Signs and seals one message: an ASiC-E container with CAdES-B inside, AuthEnvelopedData with AES-256-GCM outside (FORMAT.md).
 * What was written to the sink is worth nothing where this throws.
 * @throws AppError PACKAGE_RECIPIENTS_MISMATCH, RECIPIENT_REFUSED, and what writeContainer throws
 */
export async function sealPackage(input: SealInput): Promise<SealedPackage> {
  const signed = input.draft.recipients.map(({ certificate }) => certificate);
  requireRecipients(signed, input.recipients, input.now);
  const plan = planFor(input);
  const envelope = openEnvelope(input.recipients, plan.size, input.sink);
  await envelope.begin();
  const written = await writeContainer(input, plan, envelope.emit);
  return { ...written, packageSize: await envelope.end() };
}

export interface ResealInput {
  readonly container: ByteSource;
  /** The certificates that the container's message lists: the caller has them from its cards. */
  readonly recipients: readonly Certificate[];
  readonly sink: ByteSink;
  readonly signal?: AbortSignal;
}

/** A new envelope, with its own key, around a container that stays as it is: the message keeps its name M. */
export async function resealContainer({ container, recipients, sink, signal }: ResealInput): Promise<Bytes> {
  const envelope = openEnvelope(recipients, container.size, sink);
  await envelope.begin();
  const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
  for (let position = 0; position < container.size; ) {
    throwIfAborted(signal);
    const got = await container.read(buffer.subarray(0, Math.min(buffer.length, container.size - position)), position);
    if (got === 0) throw new AppError('IO_ERROR', { reason: 'container is shorter than it was' });
    await envelope.emit(buffer.subarray(0, got));
    position += got;
  }
  return envelope.end();
}

/** Writes an unsealed container, as office cards travel. */
export async function buildContainer(input: ContainerInput, sink: ByteSink): Promise<WrittenContainer> {
  const plan = planFor(input);
  return writeContainer(input, plan, (chunk) => sink.write(chunk));
}

interface Envelope {
  begin(): Promise<void>;
  readonly emit: Emit;
  /** Writes the tag; the size of the whole package. */
  end(): Promise<Bytes>;
}

function openEnvelope(recipients: readonly Certificate[], contentLength: Bytes, sink: ByteSink): Envelope {
  const cek = randomBytes(32);
  const nonce = randomBytes(12);
  const header = buildAuthEnvelopedHeader({ recipients, cek, nonce, contentLength });
  const cipher = createCipheriv('aes-256-gcm', cek, nonce, { authTagLength: TAG_LENGTH });
  cek.fill(0);
  let size = 0;
  let pending: Promise<void> = Promise.resolve();
  /** One write under way while the next chunk is encrypted. */
  const write = async (chunk: Buffer): Promise<void> => {
    await pending;
    size += chunk.length;
    pending = sink.write(chunk).then(() => releaseMemory(chunk));
    // Awaited before the next write; a failure meanwhile must not count as unhandled
    pending.catch(() => {});
  };
  return {
    begin: () => write(header),
    emit: (chunk) => write(cipher.update(chunk)),
    async end() {
      cipher.final();
      await write(buildAuthEnvelopedTrailer(cipher.getAuthTag()));
      await pending;
      return size;
    },
  };
}

/**
 * The signed list and the certificates must name the same keys, and each certificate must be one to encrypt for, valid at `now`.
 */
function requireRecipients(signed: readonly string[], recipients: readonly Certificate[], now: Date): void {
  const listed = new Set(signed);
  const given = new Set<string>(recipients.map(({ sha256 }) => sha256));
  if (listed.size !== given.size || given.size !== recipients.length || ![...given].every((one) => listed.has(one))) {
    throw new AppError('PACKAGE_RECIPIENTS_MISMATCH');
  }
  for (const certificate of recipients) {
    const usage = certificate.publicKey.asymmetricKeyType === 'rsa' ? 'keyEncipherment' : 'keyAgreement';
    if (certificate.keyUsage !== null && !certificate.keyUsage.has(usage)) {
      throw new AppError('RECIPIENT_REFUSED', { certificate: certificate.sha256, reason: 'key-usage' });
    }
    if (now < certificate.notBefore || now > certificate.notAfter) {
      throw new AppError('RECIPIENT_REFUSED', { certificate: certificate.sha256, reason: 'validity' });
    }
  }
}
