import { AppError, isAppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import {
  Asn1Error,
  children,
  cursor,
  type Element,
  readBitString,
  readOnly,
  readSmallInteger,
  readString,
} from '../../pki/asn1/der-reader.ts';
import { guardAsn1 } from '../cms/guard-asn1.ts';
import { OID } from '../cms/oids.ts';
import { parseSignedData, type SignedData, type SignerInfo } from '../cms/parse-signed-data.ts';
import { readTstInfo, type TstInfo } from './tst-info.ts';

/** A TimeStampToken: SignedData over a TSTInfo, by one TSA (RFC 3161, 2.4.2). */
export interface TimestampToken {
  /** ContentInfo, as received. */
  readonly bytes: Buffer;
  readonly info: TstInfo;
  readonly signedData: SignedData;
  readonly signerInfo: SignerInfo;
}

/** PKIStatus, in the order of its numbers. */
const STATUSES = [
  'granted',
  'grantedWithMods',
  'rejection',
  'waiting',
  'revocationWarning',
  'revocationNotification',
] as const;

export interface TimestampResponse {
  readonly status: (typeof STATUSES)[number];
  /** What the TSA says to people, joined; foreign text. */
  readonly statusText: string;
  /** PKIFailureInfo by the names of RFC 3161, 2.4.2; empty where there is none. */
  readonly failures: readonly string[];
  /** Null unless granted. */
  readonly token: TimestampToken | null;
}

const FAILURES: ReadonlyMap<number, string> = new Map([
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
]);

/**
 * Reads a TimeStampToken, at most 1 MiB of DER, BER or PEM unless the caller allows more. Judges nothing: see `verifyTimestamp`.
 * @throws AppError TIMESTAMP_MALFORMED
 */
export function parseTimestampToken(bytes: Buffer, limit: Bytes = LIMITS.signature): TimestampToken {
  requireSize(bytes, limit);
  const signedData = parseTokenData(bytes);
  return guardAsn1('TIMESTAMP_MALFORMED', () => {
    const { contentType, content, signerInfos } = signedData;
    if (contentType !== OID.tstInfo || content === null) throw new Asn1Error('content is no TSTInfo');
    // 2.4.2: no other signatures than the TSA's
    const [signerInfo, ...others] = signerInfos;
    if (signerInfo === undefined || others.length > 0) throw new Asn1Error('not exactly one signature');
    return { bytes, info: readTstInfo(content), signedData, signerInfo };
  });
}

function requireSize({ length }: Buffer, limit: Bytes = LIMITS.signature): void {
  if (length > limit) throw new AppError('TIMESTAMP_MALFORMED', { reason: 'too large' });
}

function parseTokenData(bytes: Buffer): SignedData {
  try {
    return parseSignedData(bytes);
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw new AppError('TIMESTAMP_MALFORMED', { reason: error.code }, error);
  }
}

/** Reads a TimeStampResp, at most 1 MiB of DER. @throws AppError TIMESTAMP_MALFORMED */
export function parseTimestampResponse(der: Buffer): TimestampResponse {
  requireSize(der);
  return guardAsn1('TIMESTAMP_MALFORMED', () => {
    const fields = cursor(readOnly(der, 0x30));
    const info = readStatusInfo(fields.next(0x30));
    const token = fields.optional(0x30);
    fields.end();
    const isGranted = info.status === 'granted' || info.status === 'grantedWithMods';
    if (isGranted !== (token !== null)) throw new Asn1Error('status and token contradict each other');
    return { ...info, token: token === null ? null : parseTimestampToken(token.raw) };
  });
}

/** PKIStatusInfo. */
function readStatusInfo(element: Element): Omit<TimestampResponse, 'token'> {
  const fields = cursor(element);
  const status = STATUSES[readSmallInteger(fields.next())];
  const texts = fields.optional(0x30);
  const failInfo = fields.optional(0x03);
  fields.end();
  if (status === undefined) throw new Asn1Error('unknown status');
  return {
    status,
    statusText: texts === null ? '' : children(texts).map(readString).join(' '),
    failures: failInfo === null ? [] : failureNames(readBitString(failInfo).bytes),
  };
}

function failureNames(bits: Buffer): string[] {
  return [...FAILURES].filter(([bit]) => ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0).map(([, name]) => name);
}

/**
 * The token of a file, which may also be the response that brought it.
 * @throws AppError TIMESTAMP_MALFORMED, TIMESTAMP_REFUSED where the TSA gave none
 */
export function readTimestamp(bytes: Buffer): TimestampToken {
  if (!isResponse(bytes)) return parseTimestampToken(bytes);
  const { token, status, failures } = parseTimestampResponse(bytes);
  if (token === null) throw new AppError('TIMESTAMP_REFUSED', { status, failures: failures.join(', ') });
  return token;
}

/** A response begins with a SEQUENCE, its status; a token with its content type. */
function isResponse(bytes: Buffer): boolean {
  try {
    return children(readOnly(bytes, 0x30))[0]?.tag === 0x30;
  } catch (error) {
    if (error instanceof Asn1Error) return false;
    throw error;
  }
}
