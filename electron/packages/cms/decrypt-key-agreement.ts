import { createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { Asn1Error, type Element, expectTag, readOid } from '../../pki/asn1/der-reader.ts';
import { bitString, objectIdentifier, sequence } from '../../pki/asn1/der-writer.ts';
import type { AlgorithmPolicy } from '../../pki/key-policy.ts';
import { unwrapKey } from './aes-key-wrap.ts';
import {
  type AlgorithmIdentifier,
  algorithmIdentifier,
  hasNoParameters,
  readAlgorithmIdentifier,
} from './algorithm-identifier.ts';
import { OID, oidName } from './oids.ts';
import type { KeyAgreeRecipientInfo } from './recipient-info.ts';
import { unwrapTripleDesKey } from './triple-des-key-wrap.ts';
import { eccCmsSharedInfo, x963Kdf } from './x963-kdf.ts';

const CURVE_OIDS: Readonly<Record<string, string>> = {
  prime256v1: OID.prime256v1,
  secp384r1: OID.secp384r1,
  secp521r1: OID.secp521r1,
};

/**
 * Key agreement schemes (RFC 5753, 7.1.4). The cofactor of these curves is 1, so that both families give the same
 * secret.
 */
const KDF_HASHES: Readonly<Record<string, string>> = {
  [OID.stdDhSha1Kdf]: 'sha1',
  [OID.cofactorDhSha1Kdf]: 'sha1',
  [OID.stdDhSha224Kdf]: 'sha224',
  [OID.cofactorDhSha224Kdf]: 'sha224',
  [OID.stdDhSha256Kdf]: 'sha256',
  [OID.cofactorDhSha256Kdf]: 'sha256',
  [OID.stdDhSha384Kdf]: 'sha384',
  [OID.cofactorDhSha384Kdf]: 'sha384',
  [OID.stdDhSha512Kdf]: 'sha512',
  [OID.cofactorDhSha512Kdf]: 'sha512',
};

interface KeyWrap {
  readonly keyLength: number;
  readonly unwrap: (kek: Buffer, wrapped: Buffer) => Buffer | null;
  readonly legacy: boolean;
}

const KEY_WRAPS: Readonly<Record<string, KeyWrap>> = {
  [OID.aes128Wrap]: { keyLength: 16, unwrap: unwrapKey, legacy: false },
  [OID.aes192Wrap]: { keyLength: 24, unwrap: unwrapKey, legacy: false },
  [OID.aes256Wrap]: { keyLength: 32, unwrap: unwrapKey, legacy: false },
  [OID.tripleDesWrap]: { keyLength: 24, unwrap: unwrapTripleDesKey, legacy: true },
};

/**
 * The key that a KeyAgreeRecipientInfo carries for `key`: ephemeral-static ECDH with the X9.63 KDF (RFC 5753, 3.1).
 * @returns null where it does not unwrap, or where the originator's point is not on the curve of `key`
 * @throws PACKAGE_ALGORITHM_REFUSED, Asn1Error
 */
export function decryptKeyAgreement(
  recipient: KeyAgreeRecipientInfo,
  encryptedKey: Buffer,
  key: KeyObject,
  policy: AlgorithmPolicy,
): Buffer | null {
  const agreement = readAgreement(recipient, policy);
  const secret = agree(key, agreement.algorithm, agreement.point);
  return secret === null ? null : unwrapAgreed(agreement, secret, encryptedKey);
}

export interface KeyAgreement {
  /** Of the originator's key. */
  readonly algorithm: AlgorithmIdentifier;
  readonly point: Buffer;
  readonly hash: string;
  readonly wrap: KeyWrap;
  readonly sharedInfo: Buffer;
}

/** What a KeyAgreeRecipientInfo asks for. @throws PACKAGE_ALGORITHM_REFUSED, Asn1Error */
export function readAgreement(recipient: KeyAgreeRecipientInfo, policy: AlgorithmPolicy): KeyAgreement {
  const { algorithm, originator, userKeyingMaterial } = recipient;
  const hash = KDF_HASHES[algorithm.oid];
  if (hash === undefined || (hash === 'sha1' && policy.allowLegacy !== true)) throw refused(oidName(algorithm.oid));
  const wrapAlgorithm = readAlgorithmIdentifier(expectTag(algorithm.parameters ?? undefined, 0x30));
  const wrap = hasNoParameters(wrapAlgorithm) ? KEY_WRAPS[wrapAlgorithm.oid] : undefined;
  if (wrap === undefined || (wrap.legacy && policy.allowLegacy !== true)) throw refused(oidName(wrapAlgorithm.oid));
  if (originator.kind !== 'public-key') throw refused('static-static ECDH');
  const sharedInfo = eccCmsSharedInfo(wrapAlgorithm.der, userKeyingMaterial, wrap.keyLength);
  return { algorithm: originator.algorithm, point: originator.publicKey, hash, wrap, sharedInfo };
}

/** Zeroes the secret. */
export function unwrapAgreed(
  { hash, wrap, sharedInfo }: KeyAgreement,
  secret: Buffer,
  encryptedKey: Buffer,
): Buffer | null {
  const kek = x963Kdf(hash, secret, sharedInfo, wrap.keyLength);
  secret.fill(0);
  const cek = wrap.unwrap(kek, encryptedKey);
  kek.fill(0);
  return cek;
}

/** The ECDH secret of `key` and a SEC 1 point; null where the point is not on the curve of `key`. */
export function agree(key: KeyObject, algorithm: AlgorithmIdentifier, point: Buffer): Buffer | null {
  const publicKey = importOriginator(key, algorithm, point);
  return publicKey === null ? null : diffieHellman({ privateKey: key, publicKey });
}

/**
 * The originator's key.
 * @param key either half of the recipient's
 * @returns null where the point is not on the curve of `key`
 * @throws PACKAGE_ALGORITHM_REFUSED, Asn1Error
 */
export function importOriginator(key: KeyObject, algorithm: AlgorithmIdentifier, point: Buffer): KeyObject | null {
  const curve = CURVE_OIDS[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (key.asymmetricKeyType !== 'ec' || curve === undefined)
    throw refused(key.asymmetricKeyDetails?.namedCurve ?? 'not an EC key');
  if (algorithm.oid !== OID.ecPublicKey) throw refused(oidName(algorithm.oid));
  if (!hasNoParameters(algorithm) && namedCurve(algorithm.parameters) !== curve) return null;
  return importPoint(curve, point);
}

/** Only a named curve: explicit ECParameters (RFC 5480 2.1.1 forbids them) could bring a weak group. */
function namedCurve(parameters: Element | null): string {
  if (parameters?.tag !== 0x06) throw new Asn1Error('explicit curve');
  return readOid(parameters);
}

/**
 * The import checks that the point is on the curve, which is what keeps an invalid-curve attack from learning `key`.
 */
function importPoint(curve: string, point: Buffer): KeyObject | null {
  const isPoint = point[0] === 0x04 || point[0] === 0x02 || point[0] === 0x03;
  if (!isPoint) return null;
  try {
    const spki = sequence(algorithmIdentifier(OID.ecPublicKey, objectIdentifier(curve)), bitString(point));
    return createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

function refused(algorithm: string): AppError {
  return new AppError('PACKAGE_ALGORITHM_REFUSED', { algorithm });
}
