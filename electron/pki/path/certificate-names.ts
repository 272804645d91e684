import type { Certificate } from '../certificate.ts';
import { readExtension } from '../extensions.ts';
import { type GeneralName, parseGeneralNamesExtension } from '../general-name.ts';
import { nameKey } from '../name-key.ts';
import { OID } from '../oids.ts';

/** Same subject and issuer: what RFC 5280, 6.1 calls self-issued, whoever signed it. */
export function isSelfIssued(certificate: Certificate): boolean {
  return nameKey(certificate.subject) === nameKey(certificate.issuer);
}

/** A Name without any relative name is `30 00`. */
export function isEmptyName(name: Buffer): boolean {
  return name.length === 2;
}

/** subjectAltName, empty where absent. @throws Asn1Error */
export function alternativeNames(certificate: Certificate): GeneralName[] {
  return readExtension(certificate.extensions, OID.subjectAltName, parseGeneralNamesExtension) ?? [];
}
