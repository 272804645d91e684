import { AppError, isAppError } from '../../shared/errors.ts';
import type { Bytes, Sha256 } from '../../shared/model/brand.ts';
import type { ByteSource } from '../files/bytes.ts';
import { decryptContent } from './cms/decrypt-content.ts';
import type { EnvelopedHeader } from './cms/parse-enveloped-header.ts';
import { readEnvelopedHeader } from './cms/read-enveloped-header.ts';
import type { RecipientId } from './cms/recipient-id.ts';
import { recipientIdsOf } from './cms/recipient-info.ts';
import type { RecipientKey } from './cms/unwrap-content-key.ts';
import { unwrapWithTokens } from './cms/unwrap-with-tokens.ts';
import type { ContainerTarget } from './container-target.ts';
import type { ContentDigest } from './content-digest.ts';
import { openContentDigest } from './open-content-digest.ts';
import { createEntryScanner, type EntryScanner, type ScanResult } from './zip/entry-scanner.ts';

export interface OpenInput {
  readonly source: ByteSource;
  readonly keys: readonly RecipientKey[];
  readonly target: ContainerTarget;
  /** `exchange` takes AuthEnvelopedData alone (RFC 9709: no fallback to CBC under one key). */
  readonly accept: 'exchange' | 'any';
  readonly signal?: AbortSignal;
  /** Bytes of the package read so far, and in all. */
  readonly progress?: (done: Bytes, total: Bytes) => void;
}

export interface OpenedPackage {
  readonly container: ByteSource;
  readonly kind: EnvelopedHeader['kind'];
  /** Name of the content encryption, e.g. `aes-256-gcm`. */
  readonly cipher: string;
  /** The outer RecipientInfos, as far as they name certificates. */
  readonly recipientIds: readonly RecipientId[];
  /** How many RecipientInfos are of other kinds. */
  readonly otherRecipients: number;
  /** The encryption certificate whose key opened it. */
  readonly openedAs: Sha256;
  /** Entries with their digests, taken while decrypting; null where they are not of our profile. */
  readonly scan: ScanResult | null;
}

/**
 * Decrypts a package into its target and lets go of it only after the tag was checked. Null: it is not for these keys.
 * @throws AppError PACKAGE_TAMPERED, PACKAGE_TRUNCATED, PACKAGE_MALFORMED, PACKAGE_ALGORITHM_REFUSED, PACKAGE_LIMIT_EXCEEDED, CANCELLED
 */
export async function openPackage(input: OpenInput): Promise<OpenedPackage | null> {
  const { source, keys, target, accept } = input;
  const header = await readEnvelopedHeader(source);
  if (accept === 'exchange' && header.kind !== 'auth-enveloped') {
    throw new AppError('PACKAGE_ALGORITHM_REFUSED', { algorithm: header.kind });
  }
  const unwrapped = await unwrapWithTokens(header, keys);
  if (unwrapped === null) return null;
  const digest = openContentDigest(source.size);
  try {
    const scanner = createEntryScanner(digest);
    await decryptInto(input, header, unwrapped.cek, scanner, digest);
    const scan = await scanOrNull(scanner);
    return {
      container: await target.finish(),
      kind: header.kind,
      cipher: header.encryption.cipher,
      recipientIds: header.recipients.flatMap(recipientIdsOf),
      otherRecipients: header.recipients.filter(({ kind }) => kind === 'other').length,
      openedAs: unwrapped.key.certificate.sha256,
      scan,
    };
  } catch (error) {
    await target.abort();
    throw error;
  } finally {
    digest.close();
    unwrapped.cek.fill(0);
  }
}

/** Decrypts while the target writes and the scanner follows; returns once the tag was checked. */
function decryptInto(
  { source, target, signal, progress }: OpenInput,
  header: EnvelopedHeader,
  cek: Buffer,
  scanner: EntryScanner,
  digest: ContentDigest,
): Promise<unknown> {
  const sink = {
    write: async (chunk: Buffer): Promise<void> => {
      const written = target.write(chunk);
      scanner.push(chunk);
      await Promise.all([written, digest.ready()]);
    },
  };
  return decryptContent(source, header, cek, sink, { signal, progress });
}

async function scanOrNull(scanner: EntryScanner): Promise<ScanResult | null> {
  try {
    return await scanner.finish();
  } catch (error) {
    if (isAppError(error) && error.code === 'CONTAINER_MALFORMED') return null;
    throw error;
  }
}
