import { constants, type KeyObject, privateDecrypt, randomBytes } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { Asn1Error, cursor, type Element, expectTag } from '../../pki/asn1/der-reader.ts';
import { type AlgorithmPolicy, requireKeyAllowed } from '../../pki/key-policy.ts';
import { type AlgorithmIdentifier, hasNoParameters, readAlgorithmIdentifier } from './algorithm-identifier.ts';
import { type DigestName, digestName, mgfDigestName } from './digest-name.ts';
import { decodeOaep } from './oaep-decode.ts';
import { OID, oidName } from './oids.ts';
import { onlyMember } from './only-member.ts';
import { decodePkcs1Key } from './pkcs1-decode.ts';
import type { KeyTransRecipientInfo } from './recipient-info.ts';

export interface OaepParameters {
  readonly hashName: DigestName;
  readonly mgfHash: DigestName;
  readonly label: Buffer;
}

/**
 * The key that a KeyTransRecipientInfo carries for `key`: RSAES-OAEP (RFC 3560), or PKCS #1 v1.5 where the policy
 * allows legacy.
 * @param length of the key that the content's cipher takes, in bytes
 * @returns null where it does not decrypt; PKCS #1 v1.5 never says so and returns a random key instead
 * @throws PACKAGE_ALGORITHM_REFUSED, KEY_ALGORITHM_REFUSED, Asn1Error
 */
export function decryptKeyTransport(
  { algorithm, encryptedKey }: KeyTransRecipientInfo,
  key: KeyObject,
  length: number,
  policy: AlgorithmPolicy,
): Buffer | null {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa') return null;
  requireKeyAllowed(key, policy);
  if (encryptedKey.length !== Math.ceil(bits / 8)) return null;
  if (algorithm.oid === OID.rsaesOaep) {
    const parameters = readOaepParameters(algorithm);
    if ([parameters.hashName, parameters.mgfHash].includes('sha1') && policy.allowLegacy !== true)
      throw refused('RSAES-OAEP with SHA-1');
    return decryptOaep(key, encryptedKey, parameters, length);
  }
  if (algorithm.oid === OID.rsaEncryption && hasNoParameters(algorithm)) {
    if (policy.allowLegacy !== true) throw refused('RSAES-PKCS1-v1_5');
    return decryptPkcs1(key, encryptedKey, length);
  }
  throw refused(oidName(algorithm.oid));
}

export function decryptOaep(
  key: KeyObject,
  encryptedKey: Buffer,
  parameters: OaepParameters,
  length: number,
): Buffer | null {
  const { hashName, mgfHash, label } = parameters;
  if (hashName !== mgfHash) {
    const encoded = decryptRaw(key, encryptedKey);
    if (encoded === null) return null;
    const message = decodeOaep(encoded, { hashName, mgfHash, label, length });
    encoded.fill(0);
    return message;
  }
  try {
    const message = privateDecrypt(
      { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hashName, oaepLabel: label },
      encryptedKey,
    );
    return message.length === length ? message : null;
  } catch {
    return null;
  }
}

function decryptPkcs1(key: KeyObject, encryptedKey: Buffer, length: number): Buffer {
  const fallback = randomBytes(length);
  const encoded = decryptRaw(key, encryptedKey) ?? Buffer.alloc(encryptedKey.length);
  const cek = decodePkcs1Key(encoded, fallback);
  encoded.fill(0);
  fallback.fill(0);
  return cek;
}

/**
 * RSADP (RFC 8017, 5.1.2), as long as the modulus; null where the ciphertext is not below the modulus, which is public.
 */
function decryptRaw(key: KeyObject, ciphertext: Buffer): Buffer | null {
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, ciphertext);
  } catch {
    return null;
  }
}

/**
 * Whether a recipient is RSAES-OAEP as packages have it: SHA-256 twice, no label. A token is asked for nothing else.
 * @throws PACKAGE_ALGORITHM_REFUSED, Asn1Error
 */
export function isPackageOaep({ algorithm }: KeyTransRecipientInfo): boolean {
  if (algorithm.oid !== OID.rsaesOaep) return false;
  const { hashName, mgfHash, label } = readOaepParameters(algorithm);
  return hashName === 'sha256' && mgfHash === 'sha256' && label.length === 0;
}

/** RSAES-OAEP-params (RFC 8017, A.2.1); whatever is left out is SHA-1 with an empty label. */
function readOaepParameters({ parameters }: AlgorithmIdentifier): OaepParameters {
  const members = cursor(expectTag(parameters ?? undefined, 0x30));
  const hash = members.optional(0xa0);
  const mgf = members.optional(0xa1);
  const source = members.optional(0xa2);
  members.end();
  const hashName = hash === null ? 'sha1' : digestName(readAlgorithmIdentifier(onlyMember(hash)));
  const mgfHash = mgfDigestName(mgf === null ? null : onlyMember(mgf));
  if (hashName === null || mgfHash === null) throw refused('RSAES-OAEP with another hash');
  return { hashName, mgfHash, label: source === null ? Buffer.alloc(0) : readLabel(onlyMember(source)) };
}

function readLabel(source: Element): Buffer {
  const { oid, parameters } = readAlgorithmIdentifier(source);
  if (oid !== OID.pSpecified || parameters === null) throw new Asn1Error('pSourceAlgorithm');
  return expectTag(parameters, 0x04).value;
}

function refused(algorithm: string): AppError {
  return new AppError('PACKAGE_ALGORITHM_REFUSED', { algorithm });
}
