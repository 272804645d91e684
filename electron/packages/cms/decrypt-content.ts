import { AppError } from '../../../shared/errors.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import type { ByteSink, ByteSource } from '../../files/bytes.ts';
import { releaseMemory } from '../../files/release-memory.ts';
import type { AlgorithmPolicy } from '../../pki/key-policy.ts';
import { contentDecipher } from './content-decipher.ts';
import { guardAsn1 } from './guard-asn1.ts';
import type { EnvelopedHeader } from './parse-enveloped-header.ts';
import { type EnvelopedTrailer, readTrailer } from './read-trailer.ts';
import { type SegmentWalker, segmentWalker } from './segment-walker.ts';

export interface DecryptOptions {
  readonly policy?: AlgorithmPolicy;
  readonly signal?: AbortSignal | undefined;
  /** Called about once per MiB with the octets of content done and in all. */
  readonly progress?: ((done: Bytes, total: Bytes) => void) | undefined;
}

export interface DecryptedContent {
  /** Of the plaintext. */
  readonly length: Bytes;
  /** Whether a tag vouched for it: CBC and ECB have none, and what was altered may still decrypt. */
  readonly authenticated: boolean;
}

const CHUNK = 1024 * 1024;

/**
 * Decrypts the content into `sink`, each octet once and in order; one `write` is awaited before the next. Memory does
 * not depend on size. On any error what the sink took must be thrown away: it was not authenticated.
 * @param cek as long as the cipher takes; the caller zeroes it
 * @throws PACKAGE_TAMPERED, PACKAGE_TRUNCATED, PACKAGE_MALFORMED, PACKAGE_ALGORITHM_REFUSED, PACKAGE_LIMIT_EXCEEDED,
 *   CANCELLED
 */
export async function decryptContent(
  source: ByteSource,
  header: EnvelopedHeader,
  cek: Buffer,
  sink: ByteSink,
  { policy = {}, signal, progress }: DecryptOptions = {},
): Promise<DecryptedContent> {
  const { encryption } = header;
  if (encryption.legacy && policy.allowLegacy !== true) {
    throw new AppError('PACKAGE_ALGORITHM_REFUSED', { algorithm: encryption.cipher });
  }
  const trailer = await readTrailer(source, header, signal);
  checkBlocks(header, trailer);
  const decipher = contentDecipher(encryption, cek, trailer);
  let length = 0;
  const write = async (plaintext: Buffer) => {
    length += plaintext.length;
    if (plaintext.length > 0) await sink.write(plaintext);
    releaseMemory(plaintext);
  };
  let pending: Promise<void> = Promise.resolve();
  let done = 0;
  try {
    for await (const ciphertext of ciphertexts(source, header)) {
      if (signal?.aborted) throw new AppError('CANCELLED');
      const plaintext = decipher.update(ciphertext);
      await pending;
      pending = observed(write(plaintext));
      done += ciphertext.length;
      progress?.(done, trailer.contentLength);
    }
    await pending;
  } finally {
    await pending.catch(() => {});
  }
  await write(decipher.finish());
  return { length, authenticated: encryption.mode === 'gcm' };
}

function checkBlocks({ encryption }: EnvelopedHeader, { contentLength }: EnvelopedTrailer): void {
  if (encryption.mode === 'gcm') return;
  if (contentLength === 0 || contentLength % encryption.blockLength !== 0) {
    throw new AppError('PACKAGE_MALFORMED', { reason: 'not whole blocks' });
  }
}

/**
 * The ciphertext in pieces of about 1 MiB; one is read ahead while the one before is worked on. A piece is valid until
 * the next is asked for.
 */
async function* ciphertexts(source: ByteSource, header: EnvelopedHeader): AsyncGenerator<Buffer> {
  const walker = segmentWalker(header);
  const size = Math.min(CHUNK, source.size);
  let current = Buffer.allocUnsafe(size);
  let other = Buffer.allocUnsafe(size);
  let position = header.contentOffset;
  let ahead = observed(source.read(current, position));
  try {
    while (!walker.done) {
      const got = await ahead;
      if (got === 0) throw new AppError('PACKAGE_TRUNCATED');
      position += got;
      ahead = observed(source.read(other, position));
      const length = guardAsn1('PACKAGE_MALFORMED', () => gather(walker, current.subarray(0, got)));
      if (length > 0) yield current.subarray(0, length);
      [current, other] = [other, current];
    }
  } finally {
    await ahead.catch(() => {});
  }
}

/**
 * Moves the octets of content to the front of `bytes`, over the headers between them, so that the cipher sees one
 * piece.
 */
function gather(walker: SegmentWalker, bytes: Buffer): Bytes {
  let length = 0;
  walker.take(bytes, (start, end) => {
    if (start !== length) bytes.copyWithin(length, start, end);
    length += end - start;
  });
  return length;
}

/** Marks a rejection as handled: it is awaited only after other work, and must not end the process in between. */
function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
