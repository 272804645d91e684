import type { KeyObject } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';

export interface AlgorithmPolicy {
  /** Also SHA-1, MD5 and RSA under 2048 bits: only for what a person looks at one by one. */
  readonly allowLegacy?: boolean;
}

export const NAMED_CURVES = ['prime256v1', 'secp384r1', 'secp521r1'] as const;
export type NamedCurve = (typeof NAMED_CURVES)[number];

const MIN_RSA_BITS = 2048;
const MIN_LEGACY_RSA_BITS = 1024;
/** Above these one check costs so much that a certificate becomes a weapon. */
const MAX_RSA_BITS = 8192;
const MAX_RSA_EXPONENT = 2n ** 32n;

/**
 * RSA from 2048 bits, P-256, P-384, P-521, Ed25519: a public or private key of any other kind is refused.
 * @throws AppError KEY_ALGORITHM_REFUSED
 */
export function requireKeyAllowed(key: KeyObject, policy: AlgorithmPolicy = {}): void {
  const refusal = keyRefusal(key, policy.allowLegacy === true);
  if (refusal !== null) throw new AppError('KEY_ALGORITHM_REFUSED', { algorithm: refusal });
}

function keyRefusal(key: KeyObject, allowLegacy: boolean): string | null {
  const details = key.asymmetricKeyDetails;
  switch (key.asymmetricKeyType) {
    case 'rsa':
    case 'rsa-pss': {
      const bits = details?.modulusLength ?? 0;
      const exponent = details?.publicExponent ?? 0n;
      if (exponent < 3n || exponent > MAX_RSA_EXPONENT || exponent % 2n === 0n) return 'RSA with a bad exponent';
      return bits >= (allowLegacy ? MIN_LEGACY_RSA_BITS : MIN_RSA_BITS) && bits <= MAX_RSA_BITS ? null : `RSA-${bits}`;
    }
    case 'ec': {
      const curve = details?.namedCurve;
      return NAMED_CURVES.some((name) => name === curve) ? null : `EC ${curve ?? 'with explicit parameters'}`;
    }
    case 'ed25519':
      return null;
    default:
      return key.asymmetricKeyType ?? 'unknown';
  }
}
