import { boolean, integer, nullValue, objectIdentifier, octetString, sequence } from '../../pki/asn1/der-writer.ts';
import { OID } from '../cms/oids.ts';

/** Media types of RFC 3161, 3.4. */
export const TIMESTAMP_QUERY_TYPE = 'application/timestamp-query';
export const TIMESTAMP_REPLY_TYPE = 'application/timestamp-reply';

export interface TimestampRequest {
  /** SHA-256 of what is to be stamped: a TSA learns nothing else. */
  readonly digest: Buffer;
  /** Big-endian, at least 64 random bits (RFC 3161, 2.4.1): ties the answer to this question. */
  readonly nonce: Buffer;
  /** Whether the token shall bring the TSA's certificates. Default true: a proof that needs no search in ten years. */
  readonly certReq?: boolean;
  /** OID of the TSA policy asked for; default the TSA's own. */
  readonly policy?: string;
}

const MIN_NONCE = 8;

/** TimeStampReq (RFC 3161, 2.4.1), DER. */
export function buildTimestampRequest({ digest, nonce, certReq = true, policy }: TimestampRequest): Buffer {
  if (digest.length !== 32) throw new RangeError('digest is not SHA-256');
  if (nonce.length < MIN_NONCE) throw new RangeError('nonce is too short');
  // RFC 5754 2 would leave NULL out, but every client in the field writes it, and so it is what TSAs were tested with
  const algorithm = sequence(objectIdentifier(OID.sha256), nullValue());
  return sequence(
    integer(1),
    sequence(algorithm, octetString(digest)),
    ...(policy === undefined ? [] : [objectIdentifier(policy)]),
    integer(nonce),
    // DEFAULT FALSE is not encoded
    ...(certReq ? [boolean(true)] : []),
  );
}
