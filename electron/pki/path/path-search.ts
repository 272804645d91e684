import { isAppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Certificate } from '../certificate.ts';
import type { AlgorithmPolicy } from '../key-policy.ts';
import { nameKey } from '../name-key.ts';
import { verifySignatureBy } from '../signature.ts';
import { signatureCost } from '../signature-cost.ts';

/**
 * What one validation may spend, in all its searches together: signature checks of certificates and lists, paths tried to the end, comparisons
 * of names, policies, lists and answers. Hostile certificates can make any of these explode; when one is used up the answer is "no", never a hang.
 */
export interface Budget {
  signatureChecks: number;
  /** In checks of one P-256 signature (`signatureCost`). */
  signatureWork: number;
  paths: number;
  comparisons: number;
  /** Something was left undone: nothing passes any more, or a flood could hide the list that revokes. */
  exhausted: boolean;
}

export function createBudget(): Budget {
  return {
    signatureChecks: LIMITS.pathSignatureChecks,
    signatureWork: LIMITS.pathSignatureWork,
    paths: LIMITS.paths,
    comparisons: LIMITS.pathComparisons,
    exhausted: false,
  };
}

/** Whether there is enough left for so many comparisons; they are taken off. */
export function spend(budget: Budget, comparisons: number): boolean {
  budget.comparisons -= comparisons;
  if (budget.comparisons < 0) budget.exhausted = true;
  return budget.comparisons >= 0;
}

/** Whether another path may be tried to its end. */
export function spendPath(budget: Budget): boolean {
  if (budget.paths-- > 0) return true;
  budget.exhausted = true;
  return false;
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
  const { budget } = pool;
  if (budget.signatureChecks <= 0) {
    budget.exhausted = true;
    return null;
  }
  budget.signatureChecks--;
  const key = `${signed.sha256} ${keyOf(issuer)}`;
  const remembered = memoryOf(signed, pool.policy);
  const known = pool.signatures.get(key) ?? remembered.get(key);
  if (known !== undefined) return known;
  budget.signatureWork -= costOf(signed, issuer);
  if (budget.signatureWork < 0) {
    budget.exhausted = true;
    return null;
  }
  const result = verify(signed, issuer, pool.policy);
  pool.signatures.set(key, result);
  // In the evidence page a no may mean not yet (viewer/question-book.ts): only what holds is kept
  if (result === true) remembered.set(key, result);
  return result;
}

/**
 * One list or CA serves thousands of validations, and whether a key made its signature never changes: that is remembered for as long as the very object that was
 * read (what is signed, its algorithm and its signature are its own, and are never written to), by the octets of the key, apart for each policy on algorithms.
 */
const memory = { strict: new WeakMap<Signed, Answers>(), legacy: new WeakMap<Signed, Answers>() };
type Answers = Map<string, boolean | string>;

function memoryOf(signed: Signed, { allowLegacy = false }: AlgorithmPolicy): Answers {
  const answers = memory[allowLegacy ? 'legacy' : 'strict'];
  const known = answers.get(signed);
  if (known !== undefined) return known;
  const fresh: Answers = new Map();
  answers.set(signed, fresh);
  return fresh;
}

/** The octets of the key as text: a digest of them would cost more than it saves. */
function keyOf({ spki }: Certificate): string {
  return spki.toString('latin1');
}

/** A key that this runtime does not know is refused without any work. */
function costOf({ tbs }: Signed, issuer: Certificate): number {
  try {
    return signatureCost(issuer.publicKey, tbs.length);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return 1;
  }
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
