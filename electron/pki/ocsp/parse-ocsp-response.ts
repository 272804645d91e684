import { hash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import {
  Asn1Error,
  type Cursor,
  children,
  cursor,
  type Element,
  expectTag,
  readBitString,
  readIntegerBytes,
  readOid,
  readOnly,
  readSmallInteger,
  readTime,
} from '../asn1/der-reader.ts';
import { type Certificate, parseCertificate } from '../certificate.ts';
import { type Extensions, parseExtensions, readExtension } from '../extensions.ts';
import { OID } from '../oids.ts';

/** RFC 6960, 4.2.1: what a responder says when it has no answer to sign. */
export type OcspResponseStatus =
  | 'successful'
  | 'malformedRequest'
  | 'internalError'
  | 'tryLater'
  | 'sigRequired'
  | 'unauthorized';

/** Which certificate an answer is about: digests of the issuer's name and key, and the serial (RFC 6960, 4.1.1). */
export interface CertId {
  /** OID of the digest. */
  readonly hashAlgorithm: string;
  readonly issuerNameHash: Buffer;
  readonly issuerKeyHash: Buffer;
  /** Content octets of the INTEGER, as in {@link Certificate.serial}. */
  readonly serial: Buffer;
}

export interface SingleResponse {
  readonly certId: CertId;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt: Date | null;
  /** CRLReason (RFC 5280, 5.3.1). */
  readonly reason: number | null;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  /** How far back the responder remembers expired certificates (4.4.4). */
  readonly archiveCutoff: Date | null;
  /** Since when the key may have been in other hands (RFC 5280, 5.3.2; RFC 6960, 4.4.5). */
  readonly invalidityDate: Date | null;
  readonly extensions: Extensions;
}

export interface BasicOcspResponse {
  /** Of the whole BasicOCSPResponse. */
  readonly sha256: Sha256;
  /** The DER that the signature covers. */
  readonly tbs: Buffer;
  readonly responderId: { readonly name: Buffer } | { readonly keyHash: Buffer };
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly extensions: Extensions;
  /** Raw DER AlgorithmIdentifier. */
  readonly signatureAlgorithm: Buffer;
  readonly signature: Buffer;
  readonly certificates: readonly Certificate[];
}

export interface OcspResponse {
  /** The whole OCSPResponse. */
  readonly der: Buffer;
  readonly status: OcspResponseStatus;
  /** Null where the status is not `successful`. */
  readonly basic: BasicOcspResponse | null;
}

const BASIC = '1.3.6.1.5.5.7.48.1.1';
const ARCHIVE_CUTOFF = '1.3.6.1.5.5.7.48.1.6';
const STATUSES: ReadonlyMap<number, OcspResponseStatus> = new Map([
  [0, 'successful'],
  [1, 'malformedRequest'],
  [2, 'internalError'],
  [3, 'tryLater'],
  [5, 'sigRequired'],
  [6, 'unauthorized'],
]);

/**
 * Reads an OCSPResponse, at most 1 MiB of DER. Judges nothing: {@link verifyOcspResponse} does.
 * @throws AppError OCSP_MALFORMED
 */
export function parseOcspResponse(der: Buffer): OcspResponse {
  if (der.length > LIMITS.ocsp) throw new AppError('OCSP_MALFORMED', { reason: 'too large' });
  try {
    return readResponse(Buffer.from(der));
  } catch (error) {
    if (error instanceof Asn1Error || error instanceof AppError) {
      throw new AppError('OCSP_MALFORMED', { reason: error.message }, error);
    }
    throw error;
  }
}

function readResponse(der: Buffer): OcspResponse {
  const fields = cursor(readOnly(der, 0x30));
  const status = STATUSES.get(readSmallInteger(fields.next(0x0a), 0x0a));
  if (status === undefined) throw new Asn1Error('unknown response status');
  const wrapper = fields.optional(0xa0);
  fields.end();
  if (status !== 'successful') return { der, status, basic: null };
  if (wrapper === null) throw new Asn1Error('successful without an answer');
  const bytes = cursor(readOnly(wrapper.value, 0x30));
  const type = readOid(bytes.next());
  const content = bytes.next(0x04);
  bytes.end();
  if (type !== BASIC) throw new Asn1Error(`response type ${type}`);
  return { der, status, basic: readBasic(readOnly(content.value, 0x30)) };
}

function readBasic(element: Element): BasicOcspResponse {
  const fields = cursor(element);
  const tbs = fields.next(0x30);
  const signatureAlgorithm = fields.next(0x30).raw;
  const { bytes: signature, unusedBits } = readBitString(fields.next());
  if (unusedBits !== 0) throw new Asn1Error('signature is not octets');
  const wrapper = fields.optional(0xa0);
  fields.end();
  const certificates =
    wrapper === null
      ? []
      : children(readOnly(wrapper.value, 0x30)).map((certificate) => parseCertificate(certificate.raw));
  const sha256 = hash('sha256', element.raw) as Sha256;
  return { ...readData(cursor(tbs)), sha256, tbs: tbs.raw, signatureAlgorithm, signature, certificates };
}

type ResponseData = Pick<BasicOcspResponse, 'responderId' | 'producedAt' | 'responses' | 'extensions'>;

function readData(fields: Cursor): ResponseData {
  const version = fields.optional(0xa0);
  if (version !== null && readSmallInteger(readOnly(version.value)) !== 0) throw new Asn1Error('unknown version');
  const responderId = readResponderId(fields.next());
  const producedAt = readTime(expectTag(fields.next(), 0x18));
  const responses = children(fields.next(0x30)).map(readSingle);
  const extensions = readExtensions(fields.optional(0xa1));
  fields.end();
  return { responderId, producedAt, responses, extensions };
}

function readResponderId(element: Element): BasicOcspResponse['responderId'] {
  if (element.tag === 0xa1) return { name: readOnly(element.value, 0x30).raw };
  return { keyHash: readOnly(expectTag(element, 0xa2).value, 0x04).value };
}

function readSingle(element: Element): SingleResponse {
  const fields = cursor(element, 0x30);
  const certId = readCertId(fields.next(0x30));
  const status = readStatus(fields.next());
  const thisUpdate = readTime(expectTag(fields.next(), 0x18));
  const next = fields.optional(0xa0);
  const nextUpdate = next === null ? null : readTime(readOnly(next.value, 0x18));
  const extensions = readExtensions(fields.optional(0xa1));
  fields.end();
  return {
    certId,
    ...status,
    thisUpdate,
    nextUpdate,
    archiveCutoff: readExtension(extensions, ARCHIVE_CUTOFF, readGeneralizedTime),
    invalidityDate: readExtension(extensions, OID.invalidityDate, readGeneralizedTime),
    extensions,
  };
}

const readGeneralizedTime = (value: Buffer): Date => readTime(readOnly(value, 0x18));

function readCertId(element: Element): CertId {
  const fields = cursor(element);
  const algorithm = cursor(fields.next(0x30));
  const hashAlgorithm = readOid(algorithm.next());
  const issuerNameHash = fields.next(0x04).value;
  const issuerKeyHash = fields.next(0x04).value;
  const serial = readIntegerBytes(fields.next());
  fields.end();
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serial };
}

function readStatus(element: Element): Pick<SingleResponse, 'status' | 'revokedAt' | 'reason'> {
  switch (element.tag) {
    case 0x80:
      return { status: 'good', revokedAt: null, reason: null };
    case 0x82:
      return { status: 'unknown', revokedAt: null, reason: null };
    case 0xa1: {
      const fields = cursor(element);
      const revokedAt = readTime(fields.next(0x18));
      const wrapper = fields.optional(0xa0);
      fields.end();
      const reason = wrapper === null ? null : readSmallInteger(readOnly(wrapper.value), 0x0a);
      return { status: 'revoked', revokedAt, reason };
    }
    default:
      throw new Asn1Error('unknown certificate status');
  }
}

function readExtensions(wrapper: Element | null): Extensions {
  return wrapper === null ? new Map() : parseExtensions(readOnly(wrapper.value, 0x30));
}
