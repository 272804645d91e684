import type { KeyObject } from 'node:crypto';

/** Measured, in checks of one P-256 signature. */
const CURVE_COST: Readonly<Record<string, number>> = { prime256v1: 1, secp384r1: 9, secp521r1: 19 };
const ED25519_COST = 2;
/** Multiplications that the exponent 65537 costs. */
const COMMON_EXPONENT = 18;
/** Octets that are digested in the time of one such check. */
const OCTETS = 2 ** 17;

/**
 * What one check of a signature costs, in checks of a P-256 signature over a short text: certificates of strangers choose key and length, and so the work
 * they cause.
 * @param octets what is signed
 */
export function signatureCost({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject, octets: number): number {
  const digesting = octets / OCTETS;
  if (asymmetricKeyType === 'ec') return digesting + (CURVE_COST[asymmetricKeyDetails?.namedCurve ?? ''] ?? 1);
  if (asymmetricKeyType === 'ed25519') return digesting + ED25519_COST;
  const exponent = (asymmetricKeyDetails?.publicExponent ?? 65537n).toString(2);
  const multiplications = exponent.length + exponent.replaceAll('0', '').length;
  const size = (asymmetricKeyDetails?.modulusLength ?? 0) / 4096;
  return digesting + Math.max(1, (multiplications / COMMON_EXPONENT) * size ** 2);
}
