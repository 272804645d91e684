import { Asn1Error, children, cursor, type Element, expectTag, readOid } from '../../pki/asn1/der-reader.ts';
import { setOf, tlv } from '../../pki/asn1/der-writer.ts';

/** Attribute (RFC 5652, 5.3). */
export interface Attribute {
  readonly type: string;
  readonly values: readonly Element[];
}

const SET = 0x31;

/** The members of SignedAttributes or UnsignedAttributes, whatever their implicit tag. Throws Asn1Error. */
export function readAttributes(element: Element): Attribute[] {
  const attributes = children(element).map(readAttribute);
  if (attributes.length === 0) throw new Asn1Error('no attributes');
  return attributes;
}

function readAttribute(element: Element): Attribute {
  const members = cursor(element, 0x30);
  const type = readOid(members.next());
  const values = children(expectTag(members.next(), SET));
  members.end();
  return { type, values };
}

/**
 * What a signature over SignedAttributes may cover: the DER of the SET OF in the order received, as OpenSSL signs and
 * verifies, and sorted, as RFC 5652 5.4 has it. Both say the same set of attributes. The bytes of a BER encoding are
 * never tried: no writer signs them, and one value with many signed spellings is what a forger looks for.
 */
export function signedAttributesEncodings(element: Element): Buffer[] {
  const received = tlv(SET, element.value);
  const sorted = setOf(...children(element).map(({ raw }) => raw));
  return received.equals(sorted) ? [received] : [received, sorted];
}

/**
 * The one value of the one attribute of this type; null where there is no such attribute. Throws Asn1Error where there
 * are several.
 */
export function singleValue(attributes: readonly Attribute[], type: string): Element | null {
  const found = attributes.filter((attribute) => attribute.type === type);
  if (found.length === 0) return null;
  const [value, ...others] = found.flatMap(({ values }) => values);
  if (found.length > 1 || value === undefined || others.length > 0)
    throw new Asn1Error('attribute must have one value');
  return value;
}
