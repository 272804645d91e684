import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { Asn1Error, cursor, type Element, readOid, readSmallInteger } from '../asn1/der-reader.ts';
import { integer, octetString, sequence } from '../asn1/der-writer.ts';
import { type AlgorithmPolicy, requireKeyAllowed } from '../key-policy.ts';
import { OID, oidName } from '../oids.ts';
import { readBer } from './read-pfx.ts';

/** Kinds of keys that every runtime loads, and named curves. */
const KNOWN_KEYS: ReadonlySet<string> = new Set([
  OID.rsaEncryption,
  OID.rsassaPss,
  OID.prime256v1,
  OID.secp384r1,
  OID.secp521r1,
  OID.ed25519,
]);

/**
 * The key of a PrivateKeyInfo (RFC 5208, 5) or OneAsymmetricKey (RFC 5958, 2).
 * @throws KEY_ALGORITHM_REFUSED for a kind or size of key that the policy does not know, P12_MALFORMED, Asn1Error.
 */
export function loadPrivateKeyInfo(bytes: Buffer, policy: AlgorithmPolicy): KeyObject {
  // A copy, so that all of it can be zeroed: a plain key bag lies in the caller's own bytes
  const copy = Buffer.from(bytes);
  const info = readBer(copy);
  const members = cursor(info, 0x30);
  const version = readSmallInteger(members.next());
  if (version > 1) throw new Asn1Error('PrivateKeyInfo of an unknown version');
  const algorithm = members.next(0x30);
  const privateKey = members.next(0x04);
  // Without attributes and public key: OpenSSL 3.0 reads version 0 only
  const plain = sequence(integer(0), algorithm.raw, octetString(privateKey.value));
  try {
    const key = createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
    requireKeyAllowed(key, policy);
    requireConsistent(key);
    return key;
  } catch (error) {
    throw error instanceof AppError ? error : unusableKey(algorithm, error);
  } finally {
    plain.fill(0);
    info.raw.fill(0);
    copy.fill(0);
  }
}

/**
 * Parts of a private key can contradict each other, and without a MAC anybody can have made them do so: what such a key
 * signs can give it away.
 */
function requireConsistent(key: KeyObject): void {
  const probe = Buffer.from('consistent');
  const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  if (!verify(digest, probe, createPublicKey(key), sign(digest, probe, key))) {
    throw new AppError('P12_MALFORMED', { reason: 'private key contradicts itself' });
  }
}

/** The runtime says only that it failed: an algorithm that it lacks is told from a broken key by its identifier. */
function unusableKey(algorithmIdentifier: Element, cause: unknown): AppError {
  const members = cursor(algorithmIdentifier);
  const algorithm = readOid(members.next());
  const curve = members.optional(0x06);
  const kind = curve === null ? algorithm : readOid(curve);
  return KNOWN_KEYS.has(kind)
    ? new AppError('P12_MALFORMED', { reason: 'private key' }, cause)
    : new AppError('KEY_ALGORITHM_REFUSED', { algorithm: oidName(kind) }, cause);
}
