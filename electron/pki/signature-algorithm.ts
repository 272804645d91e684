import type { KeyObject } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { Asn1Error, cursor, type Element, expectTag, readOid, readOnly, readSmallInteger } from './asn1/der-reader.ts';
import { context, integer, nullValue, objectIdentifier, sequence } from './asn1/der-writer.ts';
import type { AlgorithmPolicy } from './key-policy.ts';
import { OID, oidName } from './oids.ts';

export type DigestName = 'sha256' | 'sha384' | 'sha512' | 'sha1' | 'md5';

export type SignatureAlgorithm =
  | { readonly scheme: 'pkcs1'; readonly digest: DigestName }
  | { readonly scheme: 'pss'; readonly digest: DigestName; readonly saltLength: number }
  | { readonly scheme: 'ecdsa'; readonly digest: DigestName }
  | { readonly scheme: 'ed25519'; readonly digest: null };

const PKCS1: ReadonlyMap<string, DigestName> = new Map([
  [OID.sha256WithRSAEncryption, 'sha256'],
  [OID.sha384WithRSAEncryption, 'sha384'],
  [OID.sha512WithRSAEncryption, 'sha512'],
  [OID.sha1WithRSAEncryption, 'sha1'],
  [OID.md5WithRSAEncryption, 'md5'],
]);

const ECDSA: ReadonlyMap<string, DigestName> = new Map([
  [OID.ecdsaWithSHA256, 'sha256'],
  [OID.ecdsaWithSHA384, 'sha384'],
  [OID.ecdsaWithSHA512, 'sha512'],
  [OID.ecdsaWithSHA1, 'sha1'],
]);

const DIGESTS: ReadonlyMap<string, DigestName> = new Map([
  [OID.sha256, 'sha256'],
  [OID.sha384, 'sha384'],
  [OID.sha512, 'sha512'],
  [OID.sha1, 'sha1'],
  [OID.md5, 'md5'],
]);

const LEGACY_DIGESTS: ReadonlySet<DigestName> = new Set(['sha1', 'md5']);

const DIGEST_LENGTH: Readonly<Record<DigestName, number>> = { sha256: 32, sha384: 48, sha512: 64, sha1: 20, md5: 16 };

/**
 * What an X.509 AlgorithmIdentifier (DER) says (RFC 4055, 5758, 8410).
 * @throws AppError SIGNATURE_ALGORITHM_REFUSED where it is unknown, weak without the policy's leave, or malformed
 */
export function parseSignatureAlgorithm(der: Buffer, policy: AlgorithmPolicy = {}): SignatureAlgorithm {
  const { id, parameters } = readAlgorithm(der);
  const algorithm = refuseMalformed(id, () => fromIdentifier(id, parameters));
  if (algorithm === null) throw new AppError('SIGNATURE_ALGORITHM_REFUSED', { algorithm: oidName(id) });
  requireDigest(algorithm.digest, id, policy);
  return algorithm;
}

/** The digest an AlgorithmIdentifier (DER) names. @throws AppError SIGNATURE_ALGORITHM_REFUSED */
export function parseDigestAlgorithm(der: Buffer, policy: AlgorithmPolicy = {}): DigestName {
  const { id, parameters } = readAlgorithm(der);
  const digest = refuseMalformed(id, () => digestFrom(id, parameters));
  requireDigest(digest, id, policy);
  return digest;
}

function requireDigest(digest: DigestName | null, id: string, policy: AlgorithmPolicy): void {
  if (digest === null || policy.allowLegacy === true || !LEGACY_DIGESTS.has(digest)) return;
  throw new AppError('SIGNATURE_ALGORITHM_REFUSED', { algorithm: oidName(id), reason: `${digest} is broken` });
}

interface Algorithm {
  readonly id: string;
  readonly parameters: Element | null;
}

function readAlgorithm(der: Buffer): Algorithm {
  return refuseMalformed('', () => splitAlgorithm(readOnly(der, 0x30)));
}

function splitAlgorithm(element: Element): Algorithm {
  const fields = cursor(expectTag(element, 0x30));
  const id = readOid(fields.next());
  const parameters = fields.done ? null : fields.next();
  fields.end();
  return { id, parameters };
}

function refuseMalformed<T>(id: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new AppError('SIGNATURE_ALGORITHM_REFUSED', { algorithm: oidName(id), reason: error.message }, error);
  }
}

function fromIdentifier(id: string, parameters: Element | null): SignatureAlgorithm | null {
  const pkcs1 = PKCS1.get(id);
  if (pkcs1 !== undefined) {
    requireNullOrAbsent(parameters);
    return { scheme: 'pkcs1', digest: pkcs1 };
  }
  const ecdsa = ECDSA.get(id);
  if (ecdsa !== undefined) {
    requireAbsent(parameters);
    return { scheme: 'ecdsa', digest: ecdsa };
  }
  if (id === OID.ed25519) {
    requireAbsent(parameters);
    return { scheme: 'ed25519', digest: null };
  }
  return id === OID.rsassaPss ? parsePss(expectTag(parameters ?? undefined, 0x30)) : null;
}

/** RSASSA-PSS-params (RFC 4055, 3.1); absent fields mean SHA-1 and a salt of 20. MGF1 must use the same digest. */
function parsePss(parameters: Element): SignatureAlgorithm {
  const fields = cursor(parameters);
  const hash = fields.optional(0xa0);
  const mask = fields.optional(0xa1);
  const salt = fields.optional(0xa2);
  const trailer = fields.optional(0xa3);
  fields.end();
  const digest = hash === null ? 'sha1' : readDigest(readOnly(hash.value));
  if ((mask === null ? 'sha1' : readMask(readOnly(mask.value))) !== digest)
    throw new Asn1Error('MGF1 has another digest');
  if (trailer !== null && readSmallInteger(readOnly(trailer.value)) !== 1) throw new Asn1Error('unknown trailer field');
  const saltLength = salt === null ? 20 : readSmallInteger(readOnly(salt.value));
  if (saltLength > 2048) throw new Asn1Error('salt too long');
  return { scheme: 'pss', digest, saltLength };
}

function readMask(element: Element): DigestName {
  const { id, parameters } = splitAlgorithm(element);
  if (id !== OID.mgf1 || parameters === null) throw new Asn1Error('unknown mask generation function');
  return readDigest(parameters);
}

function readDigest(element: Element): DigestName {
  const { id, parameters } = splitAlgorithm(element);
  return digestFrom(id, parameters);
}

function digestFrom(id: string, parameters: Element | null): DigestName {
  requireNullOrAbsent(parameters);
  const digest = DIGESTS.get(id);
  if (digest === undefined) throw new Asn1Error(`unknown digest ${oidName(id)}`);
  return digest;
}

function requireAbsent(parameters: Element | null): void {
  if (parameters !== null) throw new Asn1Error('parameters must be absent');
}

/** RFC 4055, 2.1 and 5: NULL is to be written, its absence to be accepted. */
function requireNullOrAbsent(parameters: Element | null): void {
  if (parameters !== null && (parameters.tag !== 0x05 || parameters.value.length > 0)) {
    throw new Asn1Error('parameters must be NULL');
  }
}

/**
 * What LexPost signs with: the digest of the curve's size, SHA-256 for RSA (PKCS#1 v1.5, which every verifier reads).
 * @throws AppError KEY_ALGORITHM_REFUSED for keys that do not sign
 */
export function signatureAlgorithmFor(key: KeyObject): SignatureAlgorithm {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return { scheme: 'pkcs1', digest: 'sha256' };
    case 'rsa-pss': {
      const digest = key.asymmetricKeyDetails?.hashAlgorithm === 'sha512' ? 'sha512' : 'sha256';
      return { scheme: 'pss', digest, saltLength: DIGEST_LENGTH[digest] };
    }
    case 'ec':
      return { scheme: 'ecdsa', digest: CURVE_DIGESTS.get(key.asymmetricKeyDetails?.namedCurve ?? '') ?? 'sha256' };
    case 'ed25519':
      return { scheme: 'ed25519', digest: null };
    default:
      throw new AppError('KEY_ALGORITHM_REFUSED', { algorithm: key.asymmetricKeyType ?? 'secret' });
  }
}

const CURVE_DIGESTS: ReadonlyMap<string, DigestName> = new Map([
  ['prime256v1', 'sha256'],
  ['secp384r1', 'sha384'],
  ['secp521r1', 'sha512'],
]);

/** DER AlgorithmIdentifier of a digest, parameters absent (RFC 5754, 2). */
export function digestIdentifier(digest: DigestName): Buffer {
  return sequence(objectIdentifier(OID[digest]));
}

/** DER AlgorithmIdentifier as X.509 and CMS write it. */
export function signatureIdentifier(algorithm: SignatureAlgorithm): Buffer {
  if (algorithm.scheme === 'ed25519') return sequence(objectIdentifier(OID.ed25519));
  if (algorithm.scheme === 'pss') return pssIdentifier(algorithm.digest, algorithm.saltLength);
  const table = algorithm.scheme === 'pkcs1' ? PKCS1 : ECDSA;
  const id = [...table].find(([, digest]) => digest === algorithm.digest)?.[0];
  if (id === undefined) throw new AppError('SIGNATURE_ALGORITHM_REFUSED', { algorithm: algorithm.digest });
  return algorithm.scheme === 'pkcs1' ? sequence(objectIdentifier(id), nullValue()) : sequence(objectIdentifier(id));
}

function pssIdentifier(digest: DigestName, saltLength: number): Buffer {
  const hash = sequence(objectIdentifier(OID[digest]), nullValue());
  const parameters = sequence(
    context(0, hash),
    context(1, sequence(objectIdentifier(OID.mgf1), hash)),
    context(2, integer(saltLength)),
  );
  return sequence(objectIdentifier(OID.rsassaPss), parameters);
}
