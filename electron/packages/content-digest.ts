import { createHash } from 'node:crypto';
import type { Bytes, Sha256 } from '../../shared/model/brand.ts';

/**
 * SHA-256 of contents one after the other. Bytes come in buffers that it owns (ask for one, fill it, hand it back with {@link ContentDigest.update}; it stays
 * readable until the next but one is asked for), or in pieces that stay the caller's.
 */
export interface ContentDigest {
  /** A buffer of {@link DIGEST_BUFFER} bytes; waits while all of them are in use. */
  buffer(): Promise<Buffer>;
  update(buffer: Buffer, length: Bytes): void;
  /**
   * Takes `bytes` from `start` to `end` at once. Whoever writes much awaits {@link ContentDigest.ready} between pieces, so that memory stays bounded.
   * Bounds in place of subarrays for the reason in staged-emit.ts.
   */
  write(bytes: Buffer, start: Bytes, end: Bytes): void;
  ready(): Promise<void>;
  /** Ends the content: what comes next belongs to another one. */
  finish(): Promise<Sha256>;
  close(): void;
}

/** Under 512 KiB and over 2 MiB sealing is slower (measured). A multiple of 65,535, the size of a stored block. */
export const DIGEST_BUFFER: Bytes = 8 * 65_535;

/** In this thread: two buffers, so that one can be filled while the other is worked on. */
export function localDigest(bufferSize: Bytes): ContentDigest {
  const buffers: Buffer[] = [];
  let hash = createHash('sha256');
  let turn = 0;
  return {
    buffer: async () => {
      const index = turn++ % 2;
      const buffer = buffers[index] ?? Buffer.allocUnsafeSlow(bufferSize);
      buffers[index] = buffer;
      return buffer;
    },
    update: (buffer, length) => {
      hash.update(buffer.subarray(0, length));
    },
    write: (bytes, start, end) => {
      hash.update(bytes.subarray(start, end));
    },
    ready: async () => {},
    finish: async () => {
      const digest = hash.digest('hex') as Sha256;
      hash = createHash('sha256');
      return digest;
    },
    close: () => {},
  };
}
