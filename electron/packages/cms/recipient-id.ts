import { cursor, type Element, readIntegerBytes } from '../../pki/asn1/der-reader.ts';
import { integer, sequence } from '../../pki/asn1/der-writer.ts';
import type { Certificate } from '../../pki/certificate.ts';

/** How CMS names a certificate: RecipientIdentifier, KeyAgreeRecipientIdentifier and SignerIdentifier (RFC 5652, 5.3, 6.2). */
export type CertificateId =
  | { readonly kind: 'issuer-and-serial' /** DER of the Name */; readonly issuer: Buffer; readonly serial: Buffer }
  | { readonly kind: 'subject-key-identifier'; readonly subjectKeyId: Buffer };

export type RecipientId = CertificateId;

export function readIssuerAndSerial(element: Element): CertificateId {
  const members = cursor(element, 0x30);
  const issuer = members.next(0x30).raw;
  const serial = readIntegerBytes(members.next());
  members.end();
  return { kind: 'issuer-and-serial', issuer, serial };
}

/** `certificate` named by issuer and serial, as DER. */
export function issuerAndSerial(certificate: Certificate): Buffer {
  return sequence(certificate.issuer, integer(certificate.serial));
}

export function matchesCertificate(id: CertificateId, certificate: Certificate): boolean {
  if (id.kind === 'subject-key-identifier') return id.subjectKeyId.equals(certificate.subjectKeyId);
  return id.issuer.equals(certificate.issuer) && magnitude(id.serial).equals(magnitude(certificate.serial));
}

function magnitude(serial: Buffer): Buffer {
  let start = 0;
  while (start < serial.length - 1 && serial[start] === 0) start++;
  return serial.subarray(start);
}
