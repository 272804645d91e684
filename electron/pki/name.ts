import {
  Asn1Error,
  children,
  cursor,
  type Element,
  expectTag,
  readOid,
  readOnly,
  readString,
} from './asn1/der-reader.ts';
import { OID } from './oids.ts';

/** One AttributeTypeAndValue of an X.501 Name. */
export interface NameAttribute {
  readonly type: string;
  readonly value: Element;
}

/** RDNSequence: the most general relative name first. */
export type Name = readonly (readonly NameAttribute[])[];

/** A DER Name (RFC 5280, 4.1.2.4). @throws Asn1Error */
export function parseName(der: Buffer): Name {
  return children(readOnly(der, 0x30)).map((relative) => {
    const attributes = children(expectTag(relative, 0x31)).map(parseAttribute);
    if (attributes.length === 0) throw new Asn1Error('empty relative name');
    return attributes;
  });
}

function parseAttribute(element: Element): NameAttribute {
  const members = cursor(element, 0x30);
  const type = readOid(members.next());
  const value = members.next();
  members.end();
  return { type, value };
}

/** The texts of an attribute, in the order of the name; what is no string is left out. */
export function attributeTexts(name: Name, type: string): string[] {
  return name.flatMap((relative) =>
    relative.filter((attribute) => attribute.type === type).flatMap(({ value }) => textOf(value) ?? []),
  );
}

/** A text that is never empty of meaning: what is no string, or malformed, is null. */
export function textOf(value: Element): string | null {
  try {
    return readString(value);
  } catch {
    return null;
  }
}

// RFC 4514, 3, and the names that OpenSSL and the EU validators print for the rest
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  [OID.commonName, 'CN'],
  [OID.localityName, 'L'],
  [OID.stateOrProvinceName, 'ST'],
  [OID.organizationName, 'O'],
  [OID.organizationalUnitName, 'OU'],
  [OID.countryName, 'C'],
  [OID.streetAddress, 'STREET'],
  [OID.domainComponent, 'DC'],
  [OID.userId, 'UID'],
  [OID.surname, 'SN'],
  [OID.givenName, 'GN'],
  [OID.serialNumber, 'serialNumber'],
  [OID.title, 'title'],
  [OID.businessCategory, 'businessCategory'],
  [OID.pseudonym, 'pseudonym'],
  [OID.organizationIdentifier, 'organizationIdentifier'],
  [OID.emailAddress, 'emailAddress'],
]);

/** The string of RFC 4514: the most specific relative name first, special and invisible characters escaped. */
export function nameText(name: Name): string {
  return [...name]
    .reverse()
    .map((relative) => relative.map(attributeText).join('+'))
    .join(',');
}

function attributeText({ type, value }: NameAttribute): string {
  const label = SHORT_NAMES.get(type);
  const text = textOf(value);
  return label === undefined || text === null
    ? `${label ?? type}=#${value.raw.toString('hex')}`
    : `${label}=${escapeValue(text)}`;
}

// Controls, bidi marks and joiners must not survive into a text that a person compares
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escapeValue(text: string): string {
  return text
    .replace(/["+,;<>\\]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replace(INVISIBLE, (char) => Buffer.from(char, 'utf8').toString('hex').replace(/../g, '\\$&'));
}
