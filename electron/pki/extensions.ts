import {
  Asn1Error,
  children,
  cursor,
  type Element,
  expectTag,
  readBitString,
  readBoolean,
  readOid,
  readOnly,
  readSmallInteger,
} from './asn1/der-reader.ts';

/** Values of the extensions of RFC 5280, 4.2, each read from the octets inside extnValue. All throw Asn1Error. */

export interface Extension {
  readonly critical: boolean;
  readonly value: Buffer;
}

export type Extensions = ReadonlyMap<string, Extension>;

/** `Extensions` (RFC 5280, 4.1): at least one, each identifier once. */
export function parseExtensions(element: Element): Extensions {
  const found = new Map<string, Extension>();
  for (const member of children(expectTag(element, 0x30))) {
    const fields = cursor(member, 0x30);
    const id = readOid(fields.next());
    // an encoded DEFAULT FALSE is no DER, but certificates that circulate have it, and it changes nothing
    const flag = fields.optional(0x01);
    const value = fields.next(0x04).value;
    fields.end();
    if (found.has(id)) throw new Asn1Error(`extension ${id} twice`);
    found.set(id, { critical: flag !== null && readBoolean(flag), value });
  }
  if (found.size === 0) throw new Asn1Error('empty extensions');
  return found;
}

/** What `parse` reads in the extension, or null where it is absent. A certificate lies in many paths, and is read once. */
export function readExtension<T>(extensions: Extensions, id: string, parse: (value: Buffer) => T): T | null {
  const extension = extensions.get(id);
  if (extension === undefined) return null;
  const read = values.get(extension) ?? new Map<unknown, unknown>();
  if (read.has(parse)) return read.get(parse) as T;
  const value = parse(extension.value);
  values.set(extension, read.set(parse, value));
  return value;
}

/** By the reader that made each: two may read one extension differently. */
const values = new WeakMap<Extension, Map<unknown, unknown>>();

/** In the order of their bits (4.2.1.3). */
export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

export function parseKeyUsage(value: Buffer): ReadonlySet<KeyUsage> {
  const { bytes } = readBitString(readOnly(value));
  const usages = KEY_USAGES.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
  if (usages.length === 0) throw new Asn1Error('keyUsage without a bit');
  return new Set(usages);
}

export function parseExtendedKeyUsage(value: Buffer): readonly string[] {
  const purposes = children(readOnly(value, 0x30)).map(readOid);
  if (purposes.length === 0) throw new Asn1Error('extKeyUsage without a purpose');
  return purposes;
}

export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLength: number | null;
}

export function parseBasicConstraints(value: Buffer): BasicConstraints {
  const fields = cursor(readOnly(value, 0x30));
  const flag = fields.optional(0x01);
  const length = fields.optional(0x02);
  fields.end();
  return { ca: flag !== null && readBoolean(flag), pathLength: length === null ? null : readSmallInteger(length) };
}

export function parseSubjectKeyIdentifier(value: Buffer): Buffer {
  const { value: id } = readOnly(value, 0x04);
  if (id.length === 0) throw new Asn1Error('empty subjectKeyIdentifier');
  return id;
}

export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Buffer | null;
  /** GeneralNames, with {@link serial}: both or none. */
  readonly issuer: Element | null;
  readonly serial: Buffer | null;
}

export function parseAuthorityKeyIdentifier(value: Buffer): AuthorityKeyIdentifier {
  const fields = cursor(readOnly(value, 0x30));
  const keyIdentifier = fields.optional(0x80)?.value ?? null;
  const issuer = fields.optional(0xa1);
  const serial = fields.optional(0x82)?.value ?? null;
  fields.end();
  if ((issuer === null) !== (serial === null)) throw new Asn1Error('authorityCertIssuer and serial belong together');
  return { keyIdentifier, issuer, serial };
}
