import { Asn1Error, readHeader } from './der-reader.ts';
import { tlv } from './der-writer.ts';

/**
 * Turns the BER that other writers produce (X.690, 8) into the definite, minimal, primitive form that der-reader.ts
 * takes. Bounded in depth and in the number of elements, because both are the sender's choice.
 */
export interface BerLimits {
  readonly maxDepth: number;
  readonly maxNodes: number;
}

const DEFAULT_LIMITS: BerLimits = { maxDepth: 32, maxNodes: 100_000 };
const CONSTRUCTED = 0x20;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const BOOLEAN = 0x01;
/** The universal types that BER may cut into segments (X.690, 8.6.4, 8.7.3, 8.23). */
const STRING_TYPES = new Set([
  0x03, 0x04, 0x0c, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1e,
]);

interface Walk {
  readonly bytes: Buffer;
  readonly maxDepth: number;
  nodesLeft: number;
}

interface BerHeader {
  readonly tag: number;
  /** Offset of the first content octet. */
  readonly start: number;
  /** Offset after the content; null where it is indefinite. */
  readonly end: number | null;
}

/** Where the element at `offset` ends, or null where bytes are missing. Only indefinite lengths are walked into. */
export function berExtent(bytes: Buffer, offset: number, limits: BerLimits = DEFAULT_LIMITS): number | null {
  return extent({ bytes, maxDepth: limits.maxDepth, nodesLeft: limits.maxNodes }, offset, 0);
}

/**
 * The DER of the one BER element that `bytes` are. Members of a SET OF keep their order: whoever needs X.690 11.6 sorts
 * them. A `[n]` IMPLICIT string in segments stays constructed, since only its reader knows its type ({@link
 * joinSegments}).
 */
export function normalizeBer(bytes: Buffer, limits: BerLimits = DEFAULT_LIMITS): Buffer {
  const walk: Walk = { bytes, maxDepth: limits.maxDepth, nodesLeft: limits.maxNodes };
  const element = normalize(walk, 0, bytes.length, 0);
  if (element.next !== bytes.length) throw new Asn1Error('bytes after the element');
  return element.der;
}

/** The octets of an OCTET STRING from the members of its constructed form, which must already be normalized. */
export function joinSegments(members: readonly { readonly tag: number; readonly value: Buffer }[]): Buffer {
  for (const { tag } of members) if (tag !== OCTET_STRING) throw new Asn1Error('segment is not an OCTET STRING');
  return Buffer.concat(members.map(({ value }) => value));
}

function extent(walk: Walk, offset: number, depth: number): number | null {
  const header = visit(walk, offset, depth);
  if (header === null) return null;
  if (header.end !== null) return header.end > walk.bytes.length ? null : header.end;
  for (let position = header.start; ; ) {
    if (position + 2 > walk.bytes.length) return null;
    if (isEndOfContents(walk.bytes, position)) return position + 2;
    const next = extent(walk, position, depth + 1);
    if (next === null) return null;
    position = next;
  }
}

function visit(walk: Walk, offset: number, depth: number): BerHeader | null {
  if (depth > walk.maxDepth) throw new Asn1Error('nested too deep');
  if (--walk.nodesLeft < 0) throw new Asn1Error('too many elements');
  const header = readHeader(walk.bytes, offset);
  if (header === null) return null;
  if (header.tag === 0) throw new Asn1Error('unexpected end-of-contents');
  if (header.length === null && (header.tag & CONSTRUCTED) === 0)
    throw new Asn1Error('indefinite length of a primitive');
  const start = offset + header.headerLength;
  return { tag: header.tag, start, end: header.length === null ? null : start + header.length };
}

function isEndOfContents(bytes: Buffer, offset: number): boolean {
  return bytes[offset] === 0 && bytes[offset + 1] === 0;
}

function normalize(walk: Walk, offset: number, limit: number, depth: number): { der: Buffer; next: number } {
  const header = visit(walk, offset, depth);
  if (header === null || (header.end ?? header.start) > limit) throw new Asn1Error('element is cut short');
  const { tag, start, end } = header;
  if ((tag & CONSTRUCTED) === 0)
    return { der: primitive(walk.bytes, offset, start, end ?? start, tag), next: end ?? start };
  const { members, next } = memberList(walk, start, end, limit, depth);
  const type = tag & ~CONSTRUCTED;
  if (STRING_TYPES.has(type)) return { der: joinString(type, members), next };
  return { der: tlv(tag, ...members), next };
}

function memberList(
  walk: Walk,
  start: number,
  end: number | null,
  limit: number,
  depth: number,
): { members: Buffer[]; next: number } {
  const members: Buffer[] = [];
  let position = start;
  while (end === null || position < end) {
    if (end === null && position + 2 <= limit && isEndOfContents(walk.bytes, position))
      return { members, next: position + 2 };
    const member = normalize(walk, position, end ?? limit, depth + 1);
    members.push(member.der);
    position = member.next;
  }
  return { members, next: position };
}

function primitive(bytes: Buffer, offset: number, start: number, end: number, tag: number): Buffer {
  const value = bytes.subarray(start, end);
  if (tag === BOOLEAN && value.length === 1) return tlv(tag, Buffer.from([value[0] === 0 ? 0x00 : 0xff]));
  const der = tlv(tag, value);
  return der.length === end - offset ? bytes.subarray(offset, end) : der;
}

function joinString(type: number, members: readonly Buffer[]): Buffer {
  const values = members.map((member) => {
    const header = readHeader(member, 0);
    // X.690 8.23.6 writes the segments of character strings as OCTET STRING; some writers repeat the type
    if (header === null || (header.tag !== type && (type === BIT_STRING || header.tag !== OCTET_STRING))) {
      throw new Asn1Error('segment of another type');
    }
    return member.subarray(header.headerLength);
  });
  return type === BIT_STRING ? joinBits(values) : tlv(type, ...values);
}

function joinBits(values: readonly Buffer[]): Buffer {
  let unusedBits = 0;
  for (const [index, value] of values.entries()) {
    unusedBits = value[0] ?? 8;
    if (unusedBits > 7 || (unusedBits > 0 && index < values.length - 1)) throw new Asn1Error('bad BIT STRING segment');
  }
  return tlv(BIT_STRING, Buffer.from([unusedBits]), ...values.map((value) => value.subarray(1)));
}
