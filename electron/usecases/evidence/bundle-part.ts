import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { findExcess } from '../../evidence/bundle-limits.ts';
import { type BundleManifest, bundleManifest, toBytes } from '../../evidence/bundle-manifest.ts';
import { type ByteSource, bufferSource } from '../../files/bytes.ts';

/** A file of a bundle that is to be written: what it takes is known before it is opened. */
export interface BundlePart {
  readonly path: string;
  readonly size: Bytes;
  readonly open: () => Promise<ByteSource>;
}

export type BundleHeading = Omit<BundleManifest, 'files'>;

export const bytesPart = (path: string, bytes: Buffer): BundlePart => ({
  path,
  size: bytes.length,
  open: async () => bufferSource(bytes),
});

/** Digits that keep the files of one message in their order. */
export const partNumber = (number: number): string => String(number).padStart(3, '0');

const SOME_DIGEST = '0'.repeat(64);

/**
 * Refuses what the verifier would refuse for its size or number (bundle-limits.ts), before anything is written.
 *
 * @throws AppError EVIDENCE_TOO_LARGE
 */
export function requireReadable(parts: readonly BundlePart[], heading: BundleHeading): void {
  const excess = findExcess(parts);
  if (excess !== null) throw new AppError('EVIDENCE_TOO_LARGE', excess);
  const list = { ...heading, files: parts.map(({ path, size }) => ({ path, size, sha256: SOME_DIGEST })) };
  // as long as the list will be, and read by what its verifier reads it by
  const fits = toBytes(list).length <= LIMITS.message && bundleManifest.safeParse(list).success;
  if (!fits) throw new AppError('EVIDENCE_TOO_LARGE', { limit: 'list', max: LIMITS.message });
}
