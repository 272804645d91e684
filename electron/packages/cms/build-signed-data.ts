import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { readOnly } from '../../pki/asn1/der-reader.ts';
import {
  context,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  time,
  tlv,
} from '../../pki/asn1/der-writer.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { isRemote, type SigningKey } from '../../pki/remote-key.ts';
import { signData, verifySignature } from '../../pki/signature.ts';
import { OID } from './oids.ts';
import { issuerAndSerial } from './recipient-id.ts';
import { type SignerAlgorithms, signerAlgorithmsFor } from './signer-algorithms.ts';

export interface SignedDataInput {
  /** The octets, or, detached only, their digest with the algorithm of `signerAlgorithmsFor(certificate.publicKey)`. */
  readonly content: Buffer | { readonly digest: Buffer };
  readonly detached: boolean;
  readonly certificate: Certificate;
  readonly key: KeyObject;
  /** Certificates to send along, in any order; the signer's own is added. */
  readonly chain: readonly Certificate[];
  /** Claimed, whole seconds. */
  readonly signingTime: Date;
  /** RSASSA-PSS in place of PKCS #1 v1.5. */
  readonly pss?: boolean;
}

export interface BuiltSignedData {
  /** ContentInfo / SignedData, DER. */
  readonly der: Buffer;
  /** SignerInfo.signature: what a receipt and a signature timestamp refer to. */
  readonly signature: Buffer;
}

const VERSION_1 = integer(1);
const DATA = objectIdentifier(OID.data);

/**
 * CAdES-B (ETSI EN 319 122-1, 6) with one SignerInfo (RFC 5652, 5): contentType, signingTime, messageDigest,
 * signingCertificateV2 (RFC 5035) and CMSAlgorithmProtection (RFC 6211) are signed.
 * @throws SIGNATURE_ALGORITHM_REFUSED, KEY_ALGORITHM_REFUSED, KEY_MISSING where key and certificate do not belong
 *   together
 */
export function buildSignedData(input: SignedDataInput): BuiltSignedData {
  const { key, certificate } = input;
  const prepared = prepare(input);
  if (!createPublicKey(key).equals(certificate.publicKey)) throw keyMismatch(certificate);
  return assemble(input, prepared, signData(prepared.algorithms.signature, key, prepared.attributes));
}

/** The same where the key may lie in a token. @throws AppError of the token too */
export async function signContent({
  key,
  ...input
}: Omit<SignedDataInput, 'key'> & { readonly key: SigningKey }): Promise<BuiltSignedData> {
  if (!isRemote(key)) return buildSignedData({ ...input, key });
  const prepared = prepare(input);
  const { algorithms, attributes } = prepared;
  const signature = await key.sign(algorithms.signature, attributes);
  // Nothing else shows that the key is the certificate's, or that the token worked
  const good = verifySignature(algorithms.signature, input.certificate.publicKey, attributes, signature);
  if (!good) throw keyMismatch(input.certificate);
  return assemble(input, prepared, signature);
}

interface Prepared {
  readonly algorithms: SignerAlgorithms;
  /** DER of what is signed. */
  readonly attributes: Buffer;
}

function prepare({ content, detached, certificate, pss, signingTime }: Omit<SignedDataInput, 'key'>): Prepared {
  const algorithms = signerAlgorithmsFor(certificate.publicKey, pss);
  if (!Buffer.isBuffer(content) && !detached) throw new RangeError('an attached signature needs the content itself');
  const digest = Buffer.isBuffer(content) ? hash(algorithms.digest, content, 'buffer') : content.digest;
  return { algorithms, attributes: signedAttributes(digest, algorithms, certificate, signingTime) };
}

function keyMismatch({ sha256 }: Certificate): AppError {
  return new AppError('KEY_MISSING', { certificate: sha256 });
}

function assemble(
  { content, detached, certificate, chain }: Omit<SignedDataInput, 'key'>,
  { algorithms, attributes }: Prepared,
  signature: Buffer,
): BuiltSignedData {
  const signerInfo = sequence(
    VERSION_1,
    issuerAndSerial(certificate),
    algorithms.digestAlgorithm,
    context(0, readOnly(attributes).value),
    algorithms.signatureAlgorithm,
    octetString(signature),
  );
  const eContent = Buffer.isBuffer(content) && !detached ? [context(0, octetString(content))] : [];
  const signedData = sequence(
    VERSION_1,
    setOf(algorithms.digestAlgorithm),
    sequence(DATA, ...eContent),
    certificateSet([certificate, ...chain]),
    setOf(signerInfo),
  );
  return { der: sequence(objectIdentifier(OID.signedData), context(0, signedData)), signature };
}

/** Attributes as the SET OF that is signed (RFC 5652, 5.4). */
function signedAttributes(
  digest: Buffer,
  algorithms: SignerAlgorithms,
  certificate: Certificate,
  signingTime: Date,
): Buffer {
  return setOf(
    attribute(OID.contentType, DATA),
    attribute(OID.signingTime, time(signingTime)),
    attribute(OID.messageDigest, octetString(digest)),
    attribute(OID.signingCertificateV2, signingCertificateV2(certificate)),
    attribute(OID.cmsAlgorithmProtection, algorithmProtection(algorithms)),
  );
}

function attribute(type: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(type), setOf(value));
}

/** SigningCertificateV2 with one ESSCertIDv2: SHA-256 is the default hashAlgorithm and so left out (RFC 5035, 4). */
function signingCertificateV2({ der, issuer, serial }: Certificate): Buffer {
  const issuerSerial = sequence(sequence(context(4, issuer)), tlv(0x02, serial));
  return sequence(sequence(sequence(octetString(hash('sha256', der, 'buffer')), issuerSerial)));
}

function algorithmProtection({ digestAlgorithm, signatureAlgorithm }: SignerAlgorithms): Buffer {
  return sequence(digestAlgorithm, context(1, readOnly(signatureAlgorithm).value));
}

function certificateSet(certificates: readonly Certificate[]): Buffer {
  const unique = new Map(certificates.map(({ sha256, der }) => [sha256, der]));
  return context(0, ...[...unique.values()].sort(Buffer.compare));
}
