/**
 * Reads DER (X.690) strictly: definite and minimal lengths, single-byte tags, bounded depth. BER of other writers goes through ber.ts first.
 * Callers turn {@link Asn1Error} into the code of what they were reading.
 */
export class Asn1Error extends Error {
  override readonly name = 'Asn1Error';
}

export interface Element {
  readonly tag: number;
  /** The whole TLV. */
  readonly raw: Buffer;
  /** The content octets. */
  readonly value: Buffer;
}

export interface Header {
  readonly tag: number;
  /** Content length; null where it is indefinite (BER). */
  readonly length: number | null;
  readonly headerLength: number;
}

/** The header at `offset`, or null where more bytes are needed. Accepts BER lengths; {@link readElement} does not. */
export function readHeader(bytes: Buffer, offset: number): Header | null {
  if (offset + 2 > bytes.length) return null;
  const tag = bytes[offset] ?? 0;
  const first = bytes[offset + 1] ?? 0;
  if ((tag & 0x1f) === 0x1f) throw new Asn1Error('multi-byte tag');
  if (first < 0x80) return { tag, length: first, headerLength: 2 };
  if (first === 0x80) return { tag, length: null, headerLength: 2 };
  const count = first & 0x7f;
  if (count > 6) throw new Asn1Error('length too long');
  if (offset + 2 + count > bytes.length) return null;
  return { tag, length: bytes.readUIntBE(offset + 2, count), headerLength: 2 + count };
}

/** The element at `offset`; it may be followed by others. */
export function readElement(bytes: Buffer, offset = 0): Element {
  const header = readHeader(bytes, offset);
  if (header === null) throw new Asn1Error('element is cut short');
  if (header.length === null) throw new Asn1Error('indefinite length in DER');
  if (header.headerLength > 2 && (header.length < 128 || header.length < 2 ** (8 * (header.headerLength - 3)))) {
    throw new Asn1Error('length is not minimal');
  }
  const start = offset + header.headerLength;
  const end = start + header.length;
  if (end > bytes.length) throw new Asn1Error('element is cut short');
  return { tag: header.tag, raw: bytes.subarray(offset, end), value: bytes.subarray(start, end) };
}

/** The one element that `bytes` are. */
export function readOnly(bytes: Buffer, tag?: number): Element {
  const element = readElement(bytes);
  if (element.raw.length !== bytes.length) throw new Asn1Error('bytes after the element');
  if (tag !== undefined) expectTag(element, tag);
  return element;
}

export function children(parent: Element): Element[] {
  const found: Element[] = [];
  for (let offset = 0; offset < parent.value.length; ) {
    const child = readElement(parent.value, offset);
    found.push(child);
    offset += child.raw.length;
  }
  return found;
}

export function expectTag(element: Element | undefined, tag: number): Element {
  if (element === undefined) throw new Asn1Error('element is missing');
  if (element.tag !== tag)
    throw new Asn1Error(`tag ${element.tag.toString(16)} where ${tag.toString(16)} was expected`);
  return element;
}

/** Walks the members of a SEQUENCE or SET in order. */
export interface Cursor {
  readonly done: boolean;
  /** The next member, which must have `tag` where one is named. */
  next(tag?: number): Element;
  /** The next member if it has `tag`, else null and nothing is consumed. */
  optional(tag: number): Element | null;
  /** Throws where members are left. */
  end(): void;
}

export function cursor(parent: Element, tag?: number): Cursor {
  if (tag !== undefined) expectTag(parent, tag);
  const members = children(parent);
  let index = 0;
  return {
    get done() {
      return index >= members.length;
    },
    next(wanted) {
      const member = members[index];
      if (member === undefined) throw new Asn1Error('element is missing');
      if (wanted !== undefined) expectTag(member, wanted);
      index++;
      return member;
    },
    optional(wanted) {
      const member = members[index];
      if (member === undefined || member.tag !== wanted) return null;
      index++;
      return member;
    },
    end() {
      if (index < members.length) throw new Asn1Error('unexpected element');
    },
  };
}

export function readOid(element: Element): string {
  expectTag(element, 0x06);
  const { value } = element;
  if (value.length === 0 || value.length > 64 || ((value.at(-1) ?? 0x80) & 0x80) !== 0) throw new Asn1Error('bad OID');
  const arcs: string[] = [];
  let arc = 0n;
  let fresh = true;
  for (const byte of value) {
    if (fresh && byte === 0x80) throw new Asn1Error('OID arc is not minimal');
    arc = arc * 128n + BigInt(byte & 0x7f);
    fresh = (byte & 0x80) === 0;
    if (!fresh) continue;
    if (arcs.length > 0) arcs.push(arc.toString());
    else {
      const root = arc < 40n ? 0n : arc < 80n ? 1n : 2n;
      arcs.push(root.toString(), (arc - 40n * root).toString());
    }
    arc = 0n;
  }
  return arcs.join('.');
}

/** The content of an INTEGER as big-endian bytes, checked to be minimal. */
export function readIntegerBytes(element: Element, tag = 0x02): Buffer {
  expectTag(element, tag);
  const { value } = element;
  if (value.length === 0) throw new Asn1Error('empty INTEGER');
  const [first = 0, second = 0] = value;
  if (value.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw new Asn1Error('INTEGER is not minimal');
  }
  return value;
}

/** A non-negative INTEGER that fits a safe integer. */
export function readSmallInteger(element: Element, tag = 0x02): number {
  const bytes = readIntegerBytes(element, tag);
  if (((bytes[0] ?? 0) & 0x80) !== 0 || bytes.length > 6) throw new Asn1Error('INTEGER out of range');
  return bytes.readUIntBE(0, bytes.length);
}

export function readBoolean(element: Element): boolean {
  expectTag(element, 0x01);
  if (element.value.length !== 1) throw new Asn1Error('bad BOOLEAN');
  const [byte] = element.value;
  if (byte !== 0x00 && byte !== 0xff) throw new Asn1Error('bad BOOLEAN');
  return byte === 0xff;
}

/** A BIT STRING; `unusedBits` of the last byte do not count. */
export function readBitString(element: Element, tag = 0x03): { readonly unusedBits: number; readonly bytes: Buffer } {
  expectTag(element, tag);
  const [unusedBits] = element.value;
  if (unusedBits === undefined || unusedBits > 7 || (element.value.length === 1 && unusedBits !== 0)) {
    throw new Asn1Error('bad BIT STRING');
  }
  const bytes = element.value.subarray(1);
  if (unusedBits > 0 && ((bytes.at(-1) ?? 0) & ((1 << unusedBits) - 1)) !== 0) throw new Asn1Error('bad BIT STRING');
  return { unusedBits, bytes };
}

/** UTCTime or GeneralizedTime as RFC 5280 4.1.2.5 allows them: seconds present, Zulu, no fractions. */
export function readTime(element: Element): Date {
  const text = element.value.toString('latin1');
  const pattern = element.tag === 0x17 ? /^\d{12}Z$/ : element.tag === 0x18 ? /^\d{14}Z$/ : null;
  if (pattern === null || !pattern.test(text)) throw new Asn1Error('bad time');
  const digits = element.tag === 0x18 ? text : `${text < '50' ? '20' : '19'}${text}`;
  const part = (from: number, to: number): string => digits.slice(from, to);
  const iso = `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}T${part(8, 10)}:${part(10, 12)}:${part(12, 14)}.000Z`;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime()) || date.toISOString() !== iso) throw new Asn1Error('bad time');
  return date;
}

/** Any of the directory string types as text. */
export function readString(element: Element): string {
  switch (element.tag) {
    case 0x0c:
      return readUtf8(element.value);
    case 0x12:
    case 0x13:
    case 0x16:
    case 0x1a:
      return element.value.toString('latin1');
    case 0x14:
      // TeletexString is read as Latin-1, as every widespread implementation does
      return element.value.toString('latin1');
    case 0x1e: {
      if (element.value.length % 2 !== 0) throw new Asn1Error('bad BMPString');
      return wellFormed(Buffer.from(element.value).swap16().toString('utf16le'));
    }
    case 0x1c: {
      if (element.value.length % 4 !== 0) throw new Asn1Error('bad UniversalString');
      let text = '';
      for (let i = 0; i < element.value.length; i += 4) {
        const point = element.value.readUInt32BE(i);
        if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) throw new Asn1Error('bad UniversalString');
        text += String.fromCodePoint(point);
      }
      return text;
    }
    default:
      throw new Asn1Error('not a string');
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readUtf8(bytes: Buffer): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new Asn1Error('bad UTF8String');
  }
}

function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw new Asn1Error('bad BMPString');
  return text;
}
