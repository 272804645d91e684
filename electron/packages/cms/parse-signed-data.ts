import { AppError, isAppError } from '../../../shared/errors.ts';
import { type BerLimits, normalizeBer } from '../../pki/asn1/ber.ts';
import {
  Asn1Error,
  children,
  cursor,
  type Element,
  expectTag,
  readOid,
  readOnly,
  readSmallInteger,
} from '../../pki/asn1/der-reader.ts';
import { type Certificate, parseCertificate } from '../../pki/certificate.ts';
import { looksLikePem, readPem } from '../../pki/pem.ts';
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from './algorithm-identifier.ts';
import { type Attribute, readAttributes, signedAttributesEncodings } from './attributes.ts';
import { readOtherRevocation } from './embed-values.ts';
import { guardAsn1 } from './guard-asn1.ts';
import { OID, oidName } from './oids.ts';
import { onlyMember } from './only-member.ts';
import { type CertificateId, readCertificateId } from './recipient-id.ts';

/** SignedData (RFC 5652, 5.1). */
export interface SignedData {
  readonly digestAlgorithms: readonly string[];
  /** eContentType. */
  readonly contentType: string;
  /** The octets that were signed; null where the signature is detached. */
  readonly content: Buffer | null;
  readonly certificates: readonly Certificate[];
  /** DER of CertificateList, at most what the caller's limit on `bytes` let in. */
  readonly crls: readonly Buffer[];
  /** DER of the OCSPResponses among the other revocation formats (RFC 5940, 2.1). */
  readonly ocsps: readonly Buffer[];
  readonly signerInfos: readonly SignerInfo[];
}

/** SignerInfo (RFC 5652, 5.3). */
export interface SignerInfo {
  readonly id: CertificateId;
  readonly digestAlgorithm: AlgorithmIdentifier;
  /** Null where the signature is over the content itself. */
  readonly signedAttrs: SignedAttributes | null;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Buffer;
  readonly unsignedAttrs: readonly Attribute[];
}

export interface SignedAttributes {
  readonly attributes: readonly Attribute[];
  /** What the signature may be over: see {@link signedAttributesEncodings}. */
  readonly encodings: readonly Buffer[];
}

const PEM_LABELS: ReadonlySet<string> = new Set(['CMS', 'PKCS7', 'PKCS #7 SIGNED DATA', 'SIGNED MESSAGE']);
/** Attached content may come in many segments. */
const BER_LIMITS: BerLimits = { maxDepth: 32, maxNodes: 2_000_000 };
const MAX_SIGNERS = 64;
const SEQUENCE = 0x30;

/**
 * Reads ContentInfo / SignedData: DER, BER or PEM, attached or detached, with any number of signers. Judges nothing:
 * see `verifySignerInfo`.
 * @param bytes bounded by the caller (a signature in a container: 1 MiB)
 * @throws SIGNATURE_MALFORMED, SIGNATURE_ALGORITHM_REFUSED for another content type, by its name
 */
export function parseSignedData(bytes: Buffer): SignedData {
  const der = bytes[0] !== SEQUENCE && looksLikePem(bytes) ? fromPem(bytes) : bytes;
  return guardAsn1('SIGNATURE_MALFORMED', () => {
    const contentInfo = cursor(readOnly(normalizeBer(der, BER_LIMITS), 0x30));
    const contentType = readOid(contentInfo.next());
    if (contentType !== OID.signedData)
      throw new AppError('SIGNATURE_ALGORITHM_REFUSED', { algorithm: oidName(contentType) });
    const signedData = onlyMember(contentInfo.next(0xa0));
    contentInfo.end();
    return readSignedData(signedData);
  });
}

function fromPem(bytes: Buffer): Buffer {
  const block = readPem(bytes)?.find(({ label }) => PEM_LABELS.has(label));
  if (block === undefined) throw new AppError('SIGNATURE_MALFORMED', { reason: 'PEM' });
  return block.der;
}

function readSignedData(element: Element): SignedData {
  const members = cursor(element, 0x30);
  readSmallInteger(members.next());
  const digestAlgorithms = children(members.next(0x31)).map((member) => readAlgorithmIdentifier(member).oid);
  const { contentType, content } = readEncapsulated(members.next(0x30));
  const certificates = readCertificateSet(members.optional(0xa0));
  const revocations = members.optional(0xa1);
  const signerInfos = children(members.next(0x31));
  members.end();
  if (signerInfos.length > MAX_SIGNERS) throw new Asn1Error('too many signers');
  return {
    digestAlgorithms,
    contentType,
    content,
    certificates,
    crls: readCrlSet(revocations),
    ocsps: readOcspSet(revocations),
    signerInfos: signerInfos.map(readSignerInfo),
  };
}

/** PKCS #7 1.5 let content be of any type; its octets without tag and length are what is signed (RFC 5652, 5.2.1). */
function readEncapsulated(element: Element): Pick<SignedData, 'contentType' | 'content'> {
  const members = cursor(element, 0x30);
  const contentType = readOid(members.next());
  const eContent = members.optional(0xa0);
  members.end();
  return { contentType, content: eContent === null ? null : onlyMember(eContent).value };
}

/** Other kinds than X.509, and what does not parse, are passed over: they can be nobody's signing certificate. */
function readCertificateSet(set: Element | null): Certificate[] {
  if (set === null) return [];
  return children(set).flatMap((member) => {
    if (member.tag !== 0x30) return [];
    try {
      return [parseCertificate(member.raw)];
    } catch (error) {
      if (isAppError(error)) return [];
      throw error;
    }
  });
}

function readCrlSet(set: Element | null): Buffer[] {
  return set === null ? [] : children(set).flatMap(({ tag, raw }) => (tag === 0x30 ? [raw] : []));
}

function readOcspSet(set: Element | null): Buffer[] {
  if (set === null) return [];
  return children(set).flatMap((member) => {
    const ocsp = member.tag === 0xa1 ? readOtherRevocation(member) : null;
    return ocsp === null ? [] : [ocsp];
  });
}

function readSignerInfo(element: Element): SignerInfo {
  const members = cursor(element, 0x30);
  readSmallInteger(members.next());
  const id = readCertificateId(members.next());
  const digestAlgorithm = readAlgorithmIdentifier(members.next());
  const signedAttrs = members.optional(0xa0);
  const signatureAlgorithm = readAlgorithmIdentifier(members.next());
  const signature = expectTag(members.next(), 0x04).value;
  const unsignedAttrs = members.optional(0xa1);
  members.end();
  return {
    id,
    digestAlgorithm,
    signedAttrs:
      signedAttrs === null
        ? null
        : { attributes: readAttributes(signedAttrs), encodings: signedAttributesEncodings(signedAttrs) },
    signatureAlgorithm,
    signature,
    unsignedAttrs: unsignedAttrs === null ? [] : readAttributes(unsignedAttrs),
  };
}
