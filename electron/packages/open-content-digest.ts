import type { Bytes } from '../../shared/model/brand.ts';
import { type ContentDigest, DIGEST_BUFFER, localDigest } from './content-digest.ts';
import { workerDigest } from './worker-digest.ts';

/** From here on a second thread for the digests pays: it takes some 40 ms and 12 MB to start. */
const WORKER_FROM: Bytes = 16 * 1024 * 1024;

/**
 * Digests for a work of about `size` bytes. The caller closes them.
 *
 * @param size at least that of the largest content which comes through {@link ContentDigest.buffer}
 */
export function openContentDigest(size: Bytes): ContentDigest {
  return size >= WORKER_FROM ? workerDigest(DIGEST_BUFFER) : localDigest(Math.min(size, DIGEST_BUFFER));
}
