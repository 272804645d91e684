import { AppError } from '../../../shared/errors.ts';
import { cursor, type Element, readOid } from '../asn1/der-reader.ts';
import { refusedName } from './oids.ts';

export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters: Element | null;
}

/** AlgorithmIdentifier (RFC 5280, 4.1.1.2). */
export function readAlgorithmIdentifier(element: Element): AlgorithmIdentifier {
  const members = cursor(element, 0x30);
  const oid = readOid(members.next());
  const parameters = members.done ? null : members.next();
  members.end();
  return { oid, parameters };
}

export function refuseAlgorithm(oid: string): AppError {
  return new AppError('P12_ALGORITHM_REFUSED', { algorithm: refusedName(oid) });
}

/** Digests, by the names of node:crypto. */
export type Digest = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

export const DIGEST_LENGTH: Readonly<Record<Digest, number>> = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

const DIGESTS: Readonly<Record<string, Digest>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const HMACS: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

export function digestOf({ oid }: AlgorithmIdentifier): Digest {
  const digest = DIGESTS[oid];
  if (digest === undefined) throw refuseAlgorithm(oid);
  return digest;
}

/** The digest of an HMAC identifier (RFC 8018, appendix B.1); its parameters are NULL or, as some write, absent. */
export function hmacDigestOf({ oid }: AlgorithmIdentifier): Digest {
  const digest = HMACS[oid];
  if (digest === undefined) throw refuseAlgorithm(oid);
  return digest;
}

/** `sha256` as `SHA-256`. */
export function digestName(digest: Digest): string {
  return digest.toUpperCase().replace('SHA', 'SHA-');
}
