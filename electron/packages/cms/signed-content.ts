import { hash } from 'node:crypto';
import type { DigestName } from '../../pki/signature-algorithm.ts';

/** What a signature is about, as far as its verifier has it. */
export interface SignedContent {
  /** The digest of the content; null where it was not computed with this hash. */
  digest(name: DigestName): Buffer | null;
  /** The octets themselves, for signatures without signed attributes; null where they are not in memory. */
  readonly bytes: Buffer | null;
}

export function bufferContent(bytes: Buffer): SignedContent {
  const known = new Map<DigestName, Buffer>();
  return {
    bytes,
    digest: (name) => {
      const digest = known.get(name) ?? hash(name, bytes, 'buffer');
      known.set(name, digest);
      return digest;
    },
  };
}

/** Content of which only digests are at hand, as after one pass over a large document. */
export function digestedContent(digests: ReadonlyMap<DigestName, Buffer>): SignedContent {
  return { bytes: null, digest: (name) => digests.get(name) ?? null };
}
