import { Asn1Error, children, type Element, readOid, readOnly } from './asn1/der-reader.ts';

import { parseName } from './name.ts';

/** GeneralName (RFC 5280, 4.2.1.6). Text forms are IA5: other octets make them malformed. */
export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly text: string }
  /** Raw DER Name. */
  | { readonly kind: 'directory'; readonly name: Buffer }
  /** 4 or 16 octets; twice as many inside name constraints. */
  | { readonly kind: 'ip'; readonly octets: Buffer }
  /** otherName, x400Address, ediPartyName, registeredID. */
  | { readonly kind: 'other'; readonly tag: number; readonly raw: Buffer };

/** The content of GeneralNames, `SEQUENCE SIZE (1..MAX)`. @throws Asn1Error */
export function parseGeneralNames(element: Element): GeneralName[] {
  const names = children(element).map(parseGeneralName);
  if (names.length === 0) throw new Asn1Error('GeneralNames is empty');
  return names;
}

/** The value of an extension that is GeneralNames. @throws Asn1Error */
export function parseGeneralNamesExtension(value: Buffer): GeneralName[] {
  return parseGeneralNames(readOnly(value, 0x30));
}

/** @throws Asn1Error */
export function parseGeneralName(element: Element): GeneralName {
  switch (element.tag) {
    case 0x81:
      return { kind: 'email', text: ia5(element.value) };
    case 0x82:
      return { kind: 'dns', text: ia5(element.value) };
    case 0x86:
      return { kind: 'uri', text: ia5(element.value) };
    case 0x87:
      return { kind: 'ip', octets: element.value };
    case 0xa4:
      parseName(element.value);
      return { kind: 'directory', name: element.value };
    case 0x88:
      readOid({ ...element, tag: 0x06 });
      return { kind: 'other', tag: element.tag, raw: element.raw };
    case 0xa0:
    case 0xa3:
    case 0xa5:
      return { kind: 'other', tag: element.tag, raw: element.raw };
    default:
      throw new Asn1Error('unknown GeneralName');
  }
}

function ia5(octets: Buffer): string {
  if (octets.some((octet) => octet > 0x7f)) throw new Asn1Error('IA5String has other octets');
  return octets.toString('latin1');
}
