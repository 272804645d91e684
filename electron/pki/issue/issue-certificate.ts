import { hash, type KeyObject, randomBytes } from 'node:crypto';
import { cursor, readBitString, readOnly } from '../asn1/der-reader.ts';
import { bitString, context, integer, sequence, time } from '../asn1/der-writer.ts';
import { type Certificate, parseCertificate } from '../certificate.ts';
import type { KeyPairCertificate } from '../identity.ts';
import { requireKeyAllowed } from '../key-policy.ts';
import { signData } from '../signature.ts';
import { type SignatureAlgorithm, signatureAlgorithmFor, signatureIdentifier } from '../signature-algorithm.ts';
import { authorityKeyIdExtension, subjectKeyIdExtension } from './write-extensions.ts';

export interface CertificateTemplate {
  /** Raw DER Name, see `encodeName`. */
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  /** Whole seconds count. */
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Whole DER extensions beside the key identifiers, which are always written. */
  readonly extensions: readonly Buffer[];
  /** Big-endian, positive. Default: 20 octets, 158 of their bits random. */
  readonly serial?: Buffer;
}

/**
 * An X.509 version 3 certificate signed by `issuer`. Nothing is asked of the issuer's own certificate: that is for path validation.
 * @throws AppError KEY_ALGORITHM_REFUSED
 */
export function issueCertificate(template: CertificateTemplate, issuer: KeyPairCertificate): Certificate {
  return sign(template, { name: issuer.certificate.subject, key: issuer.key, keyId: issuer.certificate.subjectKeyId });
}

/** The same signed by the subject itself; `key` is the private half of the template's public key. */
export function issueSelfSigned(template: CertificateTemplate, key: KeyObject): Certificate {
  return sign(template, { name: template.subject, key, keyId: keyIdentifier(template.publicKey) });
}

interface Signer {
  readonly name: Buffer;
  readonly key: KeyObject;
  readonly keyId: Buffer;
}

function sign(template: CertificateTemplate, signer: Signer): Certificate {
  requireKeyAllowed(template.publicKey);
  requireKeyAllowed(signer.key);
  const algorithm = signatureAlgorithmFor(signer.key);
  const extensions = [
    subjectKeyIdExtension(keyIdentifier(template.publicKey)),
    authorityKeyIdExtension(signer.keyId),
    ...template.extensions,
  ];
  const tbs = sequence(
    context(0, integer(2)),
    integer(template.serial ?? randomSerial()),
    signatureIdentifier(algorithm),
    signer.name,
    sequence(time(template.notBefore), time(template.notAfter)),
    template.subject,
    spkiOf(template.publicKey),
    context(3, sequence(...extensions)),
  );
  return parseCertificate(signStructure(tbs, algorithm, signer.key));
}

/** SIGNED{} of X.509: certificates, CRLs and requests alike. */
export function signStructure(toBeSigned: Buffer, algorithm: SignatureAlgorithm, key: KeyObject): Buffer {
  return sequence(toBeSigned, signatureIdentifier(algorithm), bitString(signData(algorithm, key, toBeSigned)));
}

export function spkiOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' });
}

/** Method (1) of RFC 5280, 4.2.1.2: SHA-1 over the key's bits. A label, never a proof. */
export function keyIdentifier(publicKey: KeyObject): Buffer {
  const fields = cursor(readOnly(spkiOf(publicKey), 0x30));
  fields.next(0x30);
  return Buffer.from(hash('sha1', readBitString(fields.next()).bytes, 'buffer'));
}

/** The first bits are 01: positive, and 20 octets whatever the rest (RFC 5280, 4.1.2.2). */
function randomSerial(): Buffer {
  const serial = randomBytes(20);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  return serial;
}
