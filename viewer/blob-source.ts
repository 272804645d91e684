import type { ByteSource } from '../electron/files/bytes.ts';

/** How often somebody who waits is told, in milliseconds. */
const TELL_EVERY = 200;

/**
 * A chosen file, read slice by slice: it may be larger than the memory.
 *
 * @param tell the furthest byte read so far
 */
export function blobSource(blob: Blob, tell: (read: number) => void): ByteSource {
  let furthest = 0;
  let toldAt = 0;
  return {
    size: blob.size,
    read: async (target, position) => {
      const bytes = new Uint8Array(await blob.slice(position, position + target.length).arrayBuffer());
      target.set(bytes);
      furthest = Math.max(furthest, position + bytes.length);
      const now = performance.now();
      if (now - toldAt > TELL_EVERY) {
        toldAt = now;
        tell(furthest);
      }
      return bytes.length;
    },
    close: async () => {},
  };
}
