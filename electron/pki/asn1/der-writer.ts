/** Writes DER (X.690, 8 and 10). Every function returns the whole TLV. */

export function derLength(length: number): Buffer {
  if (length < 128) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export function tlv(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag]), derLength(length), ...content]);
}

export const sequence = (...members: readonly Uint8Array[]): Buffer => tlv(0x30, ...members);

/** SET OF: DER sorts the encodings (X.690, 11.6). */
export const setOf = (...members: readonly Uint8Array[]): Buffer => tlv(0x31, ...[...members].sort(Buffer.compare));

export const octetString = (bytes: Uint8Array): Buffer => tlv(0x04, bytes);
export const bitString = (bytes: Uint8Array, unusedBits = 0): Buffer => tlv(0x03, Buffer.from([unusedBits]), bytes);
export const nullValue = (): Buffer => Buffer.from([0x05, 0x00]);
export const boolean = (value: boolean): Buffer => Buffer.from([0x01, 0x01, value ? 0xff : 0x00]);
export const utf8String = (text: string): Buffer => tlv(0x0c, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Buffer => tlv(0x13, Buffer.from(text, 'latin1'));
export const ia5String = (text: string): Buffer => tlv(0x16, Buffer.from(text, 'latin1'));

/** `[number]` constructed: EXPLICIT, or IMPLICIT of a constructed type. */
export const context = (number: number, ...content: readonly Uint8Array[]): Buffer => tlv(0xa0 | number, ...content);
/** `[number]` primitive: IMPLICIT of a primitive type. */
export const contextPrimitive = (number: number, bytes: Uint8Array): Buffer => tlv(0x80 | number, bytes);

/** INTEGER from a small number, or from the big-endian bytes of a non-negative one. */
export function integer(value: number | Uint8Array): Buffer {
  let bytes = typeof value === 'number' ? numberBytes(value) : Buffer.from(value);
  while (bytes.length > 1 && bytes[0] === 0 && ((bytes[1] ?? 0) & 0x80) === 0) bytes = bytes.subarray(1);
  if (bytes.length === 0) bytes = Buffer.from([0]);
  return ((bytes[0] ?? 0) & 0x80) !== 0 ? tlv(0x02, Buffer.from([0]), bytes) : tlv(0x02, bytes);
}

function numberBytes(value: number): Buffer {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('integer() takes a non-negative safe integer');
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from(bytes.length === 0 ? [0] : bytes);
}

export function objectIdentifier(dotted: string): Buffer {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  const bytes: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) {
    const group = [Number(arc % 128n)];
    for (let left = arc / 128n; left > 0n; left /= 128n) group.unshift(Number(left % 128n) | 0x80);
    bytes.push(...group);
  }
  return tlv(0x06, Buffer.from(bytes));
}

/** UTCTime through 2049, GeneralizedTime after (RFC 5280, 4.1.2.5); whole seconds. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? tlv(0x17, Buffer.from(`${digits.slice(2)}Z`, 'latin1'))
    : tlv(0x18, Buffer.from(`${digits}Z`, 'latin1'));
}
