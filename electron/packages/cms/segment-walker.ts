import type { Bytes } from '../../../shared/model/brand.ts';
import { Asn1Error, readHeader } from '../../pki/asn1/der-reader.ts';
import type { EnvelopedHeader } from './parse-enveloped-header.ts';

/** Finds the octets of the encrypted content among the headers that BER puts between them, however the bytes arrive. */
export interface SegmentWalker {
  /** The end of the content was met. */
  readonly done: boolean;
  /** Octets of the current segment that are still to come: they may be skipped unseen. */
  readonly remaining: Bytes;
  /**
   * Takes the bytes that follow what it took before and names the octets among them by their place in `bytes`.
   * @returns how many it took: fewer than given only at the end of the content
   * @throws Asn1Error
   */
  take(bytes: Buffer, octets: (start: number, end: number) => void): number;
  /** Passes over `remaining`. */
  skip(): Bytes;
}

const OCTET_STRING = 0x04;
const CONSTRUCTED_OCTET_STRING = 0x24;
const MAX_NESTING = 8;
const MAX_HEADER = 8;

export function segmentWalker({
  content,
  contentOffset,
}: Pick<EnvelopedHeader, 'content' | 'contentOffset'>): SegmentWalker {
  let position = contentOffset;
  let remaining = content.segmented ? 0 : (content.length ?? 0);
  let done = !content.segmented && remaining === 0;
  /** Where the constructed strings around `position` end, outermost first; null where an end-of-contents does it. */
  const ends: (Bytes | null)[] = content.segmented
    ? [content.length === null ? null : contentOffset + content.length]
    : [];
  const header = Buffer.alloc(MAX_HEADER);
  let headerLength = 0;

  const closeDefinite = () => {
    while (ends.length > 0 && ends.at(-1) === position) ends.pop();
    done = ends.length === 0;
  };
  const advance = (count: Bytes) => {
    position += count;
    remaining -= count;
    if (remaining === 0) closeDefinite();
  };
  const open = (tag: number, length: number | null) => {
    if (tag === 0 && length === 0 && ends.at(-1) === null) {
      ends.pop();
      return closeDefinite();
    }
    const limit = ends.findLast((end) => end !== null) ?? Number.POSITIVE_INFINITY;
    if (position + (length ?? 0) > limit) throw new Asn1Error('segment passes its string');
    if (tag === OCTET_STRING && length !== null) remaining = length;
    else if (tag === CONSTRUCTED_OCTET_STRING && ends.length < MAX_NESTING)
      ends.push(length === null ? null : position + length);
    else throw new Asn1Error('segment is not an OCTET STRING');
    if (remaining === 0) closeDefinite();
  };
  const takeHeaderByte = (byte: number) => {
    if (headerLength === MAX_HEADER) throw new Asn1Error('length too long');
    header[headerLength++] = byte;
    position++;
    const found = readHeader(header.subarray(0, headerLength), 0);
    if (found === null) return;
    headerLength = 0;
    open(found.tag, found.length);
  };

  if (content.segmented) closeDefinite();
  return {
    get done() {
      return done;
    },
    get remaining() {
      return remaining;
    },
    take: (bytes, octets) => {
      let at = 0;
      while (at < bytes.length && !done) {
        if (remaining === 0) {
          takeHeaderByte(bytes[at++] ?? 0);
          continue;
        }
        const count = Math.min(remaining, bytes.length - at);
        octets(at, at + count);
        at += count;
        advance(count);
      }
      return at;
    },
    skip: () => {
      const count = remaining;
      advance(count);
      return count;
    },
  };
}
