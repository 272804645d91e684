import { constants, type KeyObject, sign, verify } from 'node:crypto';
import { type AlgorithmPolicy, requireKeyAllowed } from './key-policy.ts';
import { parseSignatureAlgorithm, type SignatureAlgorithm } from './signature-algorithm.ts';

/**
 * Whether `signature` over `data` was made by the private half of `key`. False also where the key is of another kind than the algorithm.
 * ECDSA signatures are DER (RFC 3279, 2.2.3).
 * @throws AppError KEY_ALGORITHM_REFUSED where the policy refuses the key
 */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  data: Buffer,
  signature: Buffer,
  policy: AlgorithmPolicy = {},
): boolean {
  requireKeyAllowed(key, policy);
  if (!fits(algorithm, key)) return false;
  try {
    return verify(algorithm.digest, data, keyInput(algorithm, key), signature);
  } catch {
    // OpenSSL throws where a key's own parameters forbid this digest or salt
    return false;
  }
}

/** The same by a DER AlgorithmIdentifier. @throws AppError SIGNATURE_ALGORITHM_REFUSED, KEY_ALGORITHM_REFUSED */
export function verifySignatureBy(
  identifier: Buffer,
  key: KeyObject,
  data: Buffer,
  signature: Buffer,
  policy: AlgorithmPolicy = {},
): boolean {
  return verifySignature(parseSignatureAlgorithm(identifier, policy), key, data, signature, policy);
}

/** Signs with a key that the algorithm fits: {@link SignatureAlgorithm} from `signatureAlgorithmFor(key)`. */
export function signData(algorithm: SignatureAlgorithm, key: KeyObject, data: Buffer): Buffer {
  return sign(algorithm.digest, data, keyInput(algorithm, key));
}

const KEY_TYPES: Readonly<Record<SignatureAlgorithm['scheme'], readonly string[]>> = {
  pkcs1: ['rsa'],
  // RFC 4055, 1.2: a key of either kind may sign with PSS
  pss: ['rsa', 'rsa-pss'],
  ecdsa: ['ec'],
  ed25519: ['ed25519'],
};

function fits(algorithm: SignatureAlgorithm, key: KeyObject): boolean {
  return KEY_TYPES[algorithm.scheme].includes(key.asymmetricKeyType ?? '');
}

/** The rest is what Node does by itself with a key that fits: PKCS#1 v1.5 with RSA, DER with ECDSA. A bare key is a fifth faster than one in an object. */
function keyInput(algorithm: SignatureAlgorithm, key: KeyObject) {
  if (algorithm.scheme !== 'pss') return key;
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength };
}
