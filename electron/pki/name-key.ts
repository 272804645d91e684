import type { Element } from './asn1/der-reader.ts';
import { type NameAttribute, parseName, textOf } from './name.ts';

/**
 * A text that two DER Names share exactly when they match by RFC 5280, 7.1: strings by their characters (NFKC, case folded, white space
 * compressed, whatever their ASN.1 type), everything else by its octets; the order within one relative name does not count.
 * @throws Asn1Error
 */
export function nameKey(der: Buffer): string {
  const known = keys.get(der);
  if (known !== undefined) return known;
  const key = nameKeys(der).join('\n');
  keys.set(der, key);
  return key;
}

/** The same for each relative name: a subtree is a prefix of these (4.2.1.10). @throws Asn1Error */
export function nameKeys(der: Buffer): readonly string[] {
  const known = relatives.get(der);
  if (known !== undefined) return known;
  const found = parseName(der).map((relative) => relative.map(attributeKey).sort().join('\t'));
  relatives.set(der, found);
  return found;
}

// Names of certificates and lists are compared again and again, and their octets never change
const keys = new WeakMap<Buffer, string>();
const relatives = new WeakMap<Buffer, readonly string[]>();

function attributeKey({ type, value }: NameAttribute): string {
  return `${type}=${valueKey(value)}`;
}

function valueKey(value: Element): string {
  const text = textOf(value);
  return text === null ? `#${value.raw.toString('hex')}` : `"${prepare(text)}`;
}

/** The steps of RFC 4518 that matter between honest encoders: map, normalize, insignificant spaces. JSON keeps our own separators apart. */
function prepare(text: string): string {
  const folded = text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
  return JSON.stringify(folded.replace(/\s+/gu, ' ').trim());
}
