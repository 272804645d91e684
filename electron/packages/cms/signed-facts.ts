import { Asn1Error, type Element, expectTag, readOid, readOnly, readTime } from '../../pki/asn1/der-reader.ts';
import { type Attribute, readAttributes, singleValue } from './attributes.ts';
import { OID } from './oids.ts';
import type { SignerInfo } from './parse-signed-data.ts';
import { readSigningCertificates, type SigningCertificateId } from './signing-certificate.ts';

/** What a signer signed beside the content. */
export interface SignedFacts {
  readonly messageDigest: Buffer;
  /** Claimed. */
  readonly signingTime: Date | null;
  readonly signingCertificates: readonly SigningCertificateId[];
  /** CMSAlgorithmProtection. */
  readonly algorithmProtection: Element | null;
}

const SIGNED_ONLY: readonly string[] = [
  OID.contentType,
  OID.messageDigest,
  OID.signingTime,
  OID.signingCertificate,
  OID.signingCertificateV2,
  OID.cmsAlgorithmProtection,
];

/**
 * Reads the attributes by RFC 5652 11 and 5.3: contentType and messageDigest once, with one value, contentType that of
 * the content, and none of the signed ones among the unsigned. Null where there are no signed attributes, which only
 * id-data may lack.
 * @throws Asn1Error with what is wrong
 */
export function readSignedFacts({ signedAttrs, unsignedAttrs }: SignerInfo, contentType: string): SignedFacts | null {
  const misplaced = unsignedAttrs.find(({ type }) => SIGNED_ONLY.includes(type));
  if (misplaced !== undefined) throw new Asn1Error(`attribute ${misplaced.type} must be signed`);
  if (signedAttrs === null) {
    if (contentType !== OID.data) throw new Asn1Error('signed attributes are missing');
    return null;
  }
  const { attributes } = signedAttrs;
  if (attributes.some(({ type }) => type === OID.countersignature))
    throw new Asn1Error('countersignature must not be signed');
  if (readOid(required(attributes, OID.contentType)) !== contentType)
    throw new Asn1Error('contentType differs from the content');
  const signingTime = singleValue(attributes, OID.signingTime);
  return {
    messageDigest: expectTag(required(attributes, OID.messageDigest), 0x04).value,
    signingTime: signingTime === null ? null : readTime(signingTime),
    signingCertificates: readSigningCertificates(attributes),
    algorithmProtection: singleValue(attributes, OID.cmsAlgorithmProtection),
  };
}

function required(attributes: readonly Attribute[], type: string): Element {
  const value = singleValue(attributes, type);
  if (value === null) throw new Asn1Error(`attribute ${type} is missing`);
  return value;
}

/**
 * Whether content reads as SignedAttributes. Without signed attributes such a signature could have been lifted from
 * another message, whose attributes the "content" was.
 */
export function readsAsAttributes(content: Buffer): boolean {
  if (content[0] !== 0x31) return false;
  try {
    readAttributes(readOnly(content, 0x31));
    return true;
  } catch (error) {
    if (error instanceof Asn1Error) return false;
    throw error;
  }
}
