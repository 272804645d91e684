import { joinSegments } from '../../pki/asn1/ber.ts';
import { Asn1Error, children, cursor, type Element, readIntegerBytes } from '../../pki/asn1/der-reader.ts';
import { sequence, tlv } from '../../pki/asn1/der-writer.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { nameKey } from '../../pki/name-key.ts';

/**
 * How CMS names a certificate: RecipientIdentifier, KeyAgreeRecipientIdentifier and SignerIdentifier (RFC 5652, 5.3,
 * 6.2).
 */
export type CertificateId =
  | {
      readonly kind: 'issuer-and-serial' /** DER of the Name */;
      readonly issuer: Buffer /** Content octets of the INTEGER */;
      readonly serial: Buffer;
    }
  | { readonly kind: 'subject-key-identifier'; readonly subjectKeyId: Buffer };

export type RecipientId = CertificateId;

const INTEGER = 0x02;

export function readIssuerAndSerial(element: Element): CertificateId {
  const members = cursor(element, 0x30);
  const issuer = members.next(0x30).raw;
  const serial = readIntegerBytes(members.next());
  members.end();
  return { kind: 'issuer-and-serial', issuer, serial };
}

/** CHOICE of issuerAndSerialNumber and [0] IMPLICIT SubjectKeyIdentifier: RecipientIdentifier and SignerIdentifier. */
export function readCertificateId(element: Element): CertificateId {
  if (element.tag === 0x80) return { kind: 'subject-key-identifier', subjectKeyId: element.value };
  if (element.tag === 0xa0) return { kind: 'subject-key-identifier', subjectKeyId: joinSegments(children(element)) };
  return readIssuerAndSerial(element);
}

/** `certificate` named by issuer and serial, as DER. */
export function issuerAndSerial(certificate: Certificate): Buffer {
  return sequence(certificate.issuer, tlv(INTEGER, certificate.serial));
}

export function matchesCertificate(id: CertificateId, certificate: Certificate): boolean {
  if (id.kind === 'subject-key-identifier') return id.subjectKeyId.equals(certificate.subjectKeyId);
  return id.serial.equals(certificate.serial) && isSameName(id.issuer, certificate.issuer);
}

/** Whether two DER Names match by RFC 5280, 7.1: some writers encode the strings of a name anew. */
export function isSameName(a: Buffer, b: Buffer): boolean {
  if (a.equals(b)) return true;
  try {
    return nameKey(a) === nameKey(b);
  } catch (error) {
    if (error instanceof Asn1Error) return false;
    throw error;
  }
}
