import { isAppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Certificate } from '../certificate.ts';
import type { AlgorithmPolicy } from '../key-policy.ts';
import { nameKey } from '../name-key.ts';
import { verifySignatureBy } from '../signature.ts';

/**
 * What one validation may spend, in all its searches together: signature checks of certificates and lists, paths tried to the end, comparisons
 * of names with constraints. Hostile certificates can make any of these explode; when one is used up the answer is "no", never a hang.
 */
export interface Budget {
  signatureChecks: number;
  paths: number;
  comparisons: number;
}

export function createBudget(): Budget {
  return { signatureChecks: LIMITS.pathSignatureChecks, paths: 64, comparisons: 2 ** 20 };
}

/** Certificates by their subject, and what is already known of signatures between them. */
export interface Pool {
  readonly anchors: readonly Certificate[];
  readonly bySubject: ReadonlyMap<string, readonly Certificate[]>;
  readonly policy: AlgorithmPolicy;
  readonly budget: Budget;
  /** `<sha256 of what is signed> <key>` → whether it verifies; a text says which algorithm was refused. */
  readonly signatures: Map<string, boolean | string>;
}

export function createPool(
  anchors: readonly Certificate[],
  untrusted: readonly Certificate[],
  policy: AlgorithmPolicy,
  budget: Budget,
): Pool {
  const unique = new Map([...anchors, ...untrusted].map((certificate) => [certificate.sha256, certificate]));
  const bySubject = new Map<string, Certificate[]>();
  for (const certificate of unique.values()) {
    const key = nameKey(certificate.subject);
    const same = bySubject.get(key);
    if (same === undefined) bySubject.set(key, [certificate]);
    else same.push(certificate);
  }
  return { anchors, bySubject, policy, budget, signatures: new Map() };
}

export interface Signed {
  readonly sha256: string;
  readonly tbs: Buffer;
  readonly signatureAlgorithm: Buffer;
  readonly signature: Buffer;
}

/** Whether the issuer's key made the signature; a text where an algorithm was refused; null where the budget is used up. */
export function checkSignature(signed: Signed, issuer: Certificate, pool: Pool): boolean | string | null {
  if (pool.budget.signatureChecks <= 0) return null;
  pool.budget.signatureChecks--;
  const key = `${signed.sha256} ${issuer.spki.toString('latin1')}`;
  const known = pool.signatures.get(key);
  if (known !== undefined) return known;
  const result = verify(signed, issuer, pool.policy);
  pool.signatures.set(key, result);
  return result;
}

function verify(signed: Signed, issuer: Certificate, policy: AlgorithmPolicy): boolean | string {
  try {
    return verifySignatureBy(signed.signatureAlgorithm, issuer.publicKey, signed.tbs, signed.signature, policy);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return `${error.code} ${error.params['algorithm'] ?? ''}`.trim();
  }
}

/** Certificates that may have issued what carries this issuer name and authority key identifier, the likeliest first. */
export function issuersOf(issuer: Buffer, authorityKeyId: Buffer | null, at: Date, pool: Pool): Certificate[] {
  const anchors = new Set(pool.anchors.map(({ sha256 }) => sha256));
  const rank = (candidate: Certificate): number =>
    (authorityKeyId?.equals(candidate.subjectKeyId) === false ? 0 : 4) +
    (anchors.has(candidate.sha256) ? 2 : 0) +
    (candidate.notBefore <= at && at <= candidate.notAfter ? 1 : 0);
  const candidates = pool.bySubject.get(nameKey(issuer)) ?? [];
  return [...candidates].sort((a, b) => rank(b) - rank(a));
}
