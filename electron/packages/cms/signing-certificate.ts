import { createHash } from 'node:crypto';
import { Asn1Error, children, cursor, type Element, expectTag, readIntegerBytes } from '../../pki/asn1/der-reader.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { readAlgorithmIdentifier } from './algorithm-identifier.ts';
import { type Attribute, singleValue } from './attributes.ts';
import { type DigestName, digestName } from './digest-name.ts';
import { OID } from './oids.ts';
import { isSameName } from './recipient-id.ts';

/** ESSCertID and ESSCertIDv2 (RFC 2634 5.4.1, RFC 5035 4): the certificate that a signer names in what it signs. */
export interface SigningCertificateId {
  readonly version: 1 | 2;
  /** Null where it is none of SHA-1 and SHA-2. */
  readonly hashName: DigestName | null;
  readonly certHash: Buffer;
  readonly issuerSerial: { readonly issuer: Buffer; readonly serial: Buffer } | null;
}

const DIRECTORY_NAME = 0xa4;

/**
 * The first certificate of each signing-certificate attribute: that of the signer; others say what path it had in mind.
 * Throws Asn1Error.
 */
export function readSigningCertificates(attributes: readonly Attribute[]): SigningCertificateId[] {
  const v2 = singleValue(attributes, OID.signingCertificateV2);
  const v1 = singleValue(attributes, OID.signingCertificate);
  return [...(v2 === null ? [] : [readFirst(v2, 2)]), ...(v1 === null ? [] : [readFirst(v1, 1)])];
}

export function namesCertificate(
  { hashName, certHash, issuerSerial }: SigningCertificateId,
  certificate: Certificate,
): boolean {
  if (hashName === null || !createHash(hashName).update(certificate.der).digest().equals(certHash)) return false;
  if (issuerSerial === null) return true;
  return issuerSerial.serial.equals(certificate.serial) && isSameName(issuerSerial.issuer, certificate.issuer);
}

function readFirst(signingCertificate: Element, version: 1 | 2): SigningCertificateId {
  const [first] = children(expectTag(cursor(signingCertificate, 0x30).next(), 0x30));
  const members = cursor(expectTag(first, 0x30));
  const algorithm = version === 2 ? members.optional(0x30) : null;
  const certHash = members.next(0x04).value;
  const issuerSerial = members.done ? null : readIssuerSerial(members.next(0x30));
  members.end();
  const byDefault = version === 2 ? 'sha256' : 'sha1';
  const hashName = algorithm === null ? byDefault : digestName(readAlgorithmIdentifier(algorithm));
  return { version, hashName, certHash, issuerSerial };
}

/** IssuerSerial (RFC 5035, 5): for a certificate the issuer must be one directoryName. */
function readIssuerSerial(element: Element): { issuer: Buffer; serial: Buffer } {
  const members = cursor(element);
  const names = children(members.next(0x30));
  const serial = readIntegerBytes(members.next());
  members.end();
  const [name, ...others] = names;
  if (name?.tag !== DIRECTORY_NAME || others.length > 0) throw new Asn1Error('issuerSerial is not one directoryName');
  return { issuer: name.value, serial };
}
