import type { Element } from '../../pki/asn1/der-reader.ts';
import { type AlgorithmIdentifier, hasNoParameters, readAlgorithmIdentifier } from './algorithm-identifier.ts';
import { OID } from './oids.ts';

/** The hashes of RSAES-OAEP and of key derivation, by their names in node:crypto. */
export type DigestName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

const DIGESTS: ReadonlyMap<string, DigestName> = new Map([
  [OID.sha1, 'sha1'],
  [OID.sha224, 'sha224'],
  [OID.sha256, 'sha256'],
  [OID.sha384, 'sha384'],
  [OID.sha512, 'sha512'],
]);

/** Null where it is none of SHA-1 and SHA-2. Parameters may be NULL or absent (RFC 4055, 2.1). */
export function digestName(algorithm: AlgorithmIdentifier): DigestName | null {
  return hasNoParameters(algorithm) ? (DIGESTS.get(algorithm.oid) ?? null) : null;
}

/**
 * The hash of MGF1 in a maskGenAlgorithm (RFC 4055, 2.2), SHA-1 where that is left out; null for another function or
 * hash.
 */
export function mgfDigestName(maskGenAlgorithm: Element | null): DigestName | null {
  if (maskGenAlgorithm === null) return 'sha1';
  const { oid, parameters } = readAlgorithmIdentifier(maskGenAlgorithm);
  return oid === OID.mgf1 && parameters !== null ? digestName(readAlgorithmIdentifier(parameters)) : null;
}
