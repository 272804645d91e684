import { crc32 } from 'node:zlib';
import { AppError } from '../../shared/errors.ts';
import type { Bytes, Sha256 } from '../../shared/model/brand.ts';
import type { ByteSource } from '../files/bytes.ts';
import { type ContentDigest, DIGEST_BUFFER } from './content-digest.ts';
import type { Append } from './staged-emit.ts';
import { descriptor, localHeader, type PlannedEntry } from './zip/records.ts';
import { BLOCK_SIZE, blockHeader } from './zip/stored-blocks.ts';

export interface SealDocument {
  readonly source: ByteSource;
  readonly name: string;
  readonly kind: string;
  readonly mediaType: string;
  /** What was shown before signing: sealing ends with FILE_CHANGED where the content is another. */
  readonly expectedSha256?: Sha256;
}

export interface WrittenDocument {
  readonly crc: number;
  readonly sha256: Promise<Sha256>;
}

/**
 * Writes one entry of stored blocks while its content passes: read ahead by one buffer, CRC here, SHA-256 wherever `digest` does it.
 * @throws AppError FILE_CHANGED where the source has not the size that was planned
 */
export async function writeDocument(
  { source, name, expectedSha256 }: SealDocument,
  entry: PlannedEntry,
  digest: ContentDigest,
  append: Append,
): Promise<WrittenDocument> {
  const changed = (): AppError => new AppError('FILE_CHANGED', { name });
  await append(localHeader(entry, 0));
  let crc = 0;
  if (source.size === 0) await append(blockHeader(0));
  else {
    for await (const { piece, remaining } of readAhead(source, digest, changed)) {
      crc = await appendBlocks(piece, remaining, crc, append);
    }
  }
  // One byte more than planned: a file may have grown since it was opened
  if ((await source.read(Buffer.alloc(1), source.size)) !== 0) throw changed();
  await append(descriptor(entry, crc));
  const sha256 = digest.finish().then((actual) => {
    if (expectedSha256 !== undefined && expectedSha256 !== actual) throw changed();
    return actual;
  });
  // Awaited when all documents are written; a change found meanwhile must not count as unhandled
  sha256.catch(() => {});
  return { crc, sha256 };
}

interface Piece {
  /** Good until the next one is asked for. */
  readonly piece: Buffer;
  /** Bytes of the document from here on. */
  readonly remaining: Bytes;
}

/** The content in pieces, which `digest` has been given already; the next one is being read meanwhile. */
async function* readAhead(source: ByteSource, digest: ContentDigest, changed: () => AppError): AsyncGenerator<Piece> {
  const read = async (position: Bytes): Promise<Buffer> => {
    const wanted = Math.min(DIGEST_BUFFER, source.size - position);
    const buffer = await digest.buffer();
    if ((await source.read(buffer.subarray(0, wanted), position)) !== wanted) throw changed();
    digest.update(buffer, wanted);
    return buffer.subarray(0, wanted);
  };
  let ahead = read(0);
  for (let position = 0; position < source.size; ) {
    const piece = await ahead;
    const remaining = source.size - position;
    position += piece.length;
    if (position < source.size) {
      ahead = read(position);
      // Awaited on the next round; a failure meanwhile must not count as unhandled
      ahead.catch(() => {});
    }
    yield { piece, remaining };
  }
}

/**
 * Each 65,535 bytes behind the header of their stored block; a piece begins and ends with one, but the last of a document.
 * The CRC is taken block by block, while the bytes are in the processor's cache for the copy.
 */
async function appendBlocks(piece: Buffer, remaining: Bytes, crc: number, append: Append): Promise<number> {
  let sum = crc;
  for (let from = 0; from < piece.length; from += BLOCK_SIZE) {
    const end = Math.min(from + BLOCK_SIZE, piece.length);
    sum = crc32(piece.subarray(from, end), sum);
    const header = append(blockHeader(remaining - from));
    if (header !== null) await header;
    const content = append(piece, from, end);
    if (content !== null) await content;
  }
  return sum;
}
