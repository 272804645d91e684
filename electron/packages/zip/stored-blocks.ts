import type { Bytes } from '../../../shared/model/brand.ts';
import type { ByteSource } from '../../files/bytes.ts';

/**
 * DEFLATE stored blocks (RFC 1951, 3.2.4), the only kind that a document of our profile is made of: 5 bytes of header, then up to
 * 65,535 bytes as they are. Every block but the last is full, so that an offset in the document is arithmetic.
 */
export const BLOCK_SIZE: Bytes = 65_535;
export const BLOCK_HEADER_SIZE: Bytes = 5;
const FRAME_SIZE: Bytes = BLOCK_SIZE + BLOCK_HEADER_SIZE;
/** Blocks that one read of {@link storedBlocksSource} spans: about 1 MiB. */
const BLOCKS_PER_READ = 16;

/** What a document of `size` bytes takes in the container. An empty one is a single empty block. */
export function storedBlocksSize(size: Bytes): Bytes {
  return size + BLOCK_HEADER_SIZE * Math.max(1, Math.ceil(size / BLOCK_SIZE));
}

/** Header of the block whose first byte is followed by `remaining` bytes of the document, itself included. */
export function blockHeader(remaining: Bytes): Buffer {
  const length = Math.min(BLOCK_SIZE, remaining);
  const header = Buffer.allocUnsafe(BLOCK_HEADER_SIZE);
  header.writeUInt8(remaining <= BLOCK_SIZE ? 1 : 0, 0);
  header.writeUInt16LE(length, 1);
  header.writeUInt16LE(length ^ 0xffff, 3);
  return header;
}

/** The block's length and whether it is the last, or null where it is not a stored block as {@link blockHeader} writes it. */
export function readBlockHeader(header: Buffer): { readonly length: Bytes; readonly final: boolean } | null {
  const first = header.readUInt8(0);
  const length = header.readUInt16LE(1);
  if (first > 1 || (length ^ 0xffff) !== header.readUInt16LE(3)) return null;
  const final = first === 1;
  return final || length === BLOCK_SIZE ? { length, final } : null;
}

/**
 * Random access to a document of `size` bytes whose blocks begin at `dataOffset` of `container`.
 * Trusts the block headers: the container was verified before (entry-scanner.ts checks each of them).
 */
export function storedBlocksSource(container: ByteSource, dataOffset: Bytes, size: Bytes): ByteSource {
  return {
    size,
    async read(target, position) {
      const wanted = Math.max(0, Math.min(target.length, size - position));
      let done = 0;
      while (done < wanted) {
        const got = await readFrames(container, dataOffset, position + done, target.subarray(done, wanted));
        if (got === 0) break;
        done += got;
      }
      return done;
    },
    close: async () => {},
  };
}

async function readFrames(source: ByteSource, dataOffset: Bytes, position: Bytes, target: Buffer): Promise<Bytes> {
  const firstBlock = Math.floor(position / BLOCK_SIZE);
  const inBlock = position - firstBlock * BLOCK_SIZE;
  const length = Math.min(target.length, BLOCKS_PER_READ * BLOCK_SIZE - inBlock);
  const lastBlock = Math.floor((position + length - 1) / BLOCK_SIZE);
  const framed = Buffer.allocUnsafe(length + (lastBlock - firstBlock) * BLOCK_HEADER_SIZE);
  const got = await source.read(framed, dataOffset + firstBlock * FRAME_SIZE + BLOCK_HEADER_SIZE + inBlock);
  let from = 0;
  let to = 0;
  for (let room = BLOCK_SIZE - inBlock; from < got; room = BLOCK_SIZE) {
    const piece = framed.subarray(from, Math.min(got, from + room));
    piece.copy(target, to);
    to += piece.length;
    from += piece.length + BLOCK_HEADER_SIZE;
  }
  return to;
}
