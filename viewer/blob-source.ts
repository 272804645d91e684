import type { ByteSource } from '../electron/files/bytes.ts';

/** A chosen file, read slice by slice: it may be larger than the memory. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (target, position) => {
      const bytes = new Uint8Array(await blob.slice(position, position + target.length).arrayBuffer());
      target.set(bytes);
      return bytes.length;
    },
    close: async () => {},
  };
}
