import type { EvidenceReport } from '../../shared/model/evidence-report.ts';
import type { Indication } from '../../shared/model/verdict.ts';

type Verdict = Pick<EvidenceReport, 'indication' | 'code'>;

const WORST: readonly Indication[] = ['TOTAL_FAILED', 'INDETERMINATE', 'TOTAL_PASSED'];

/** Names a container that failed; its own verdict is what decides. */
export const CONTAINER_CHECK = 'bundle-container';

/** Names a fingerprint that the verifier compared and that no card has: nothing here is altered by that, and nothing rests on what was compared. */
export const FINGERPRINT_CHECK = 'compared-fingerprint';

/** Checks that do not fail a bundle by themselves. */
const DECIDED_APART: readonly string[] = [CONTAINER_CHECK, FINGERPRINT_CHECK];

/**
 * The worst of everything decides. What is known to be missing makes a bundle undecided; that more may follow its end, nobody can rule out.
 *
 * @param containers the verdict of each
 */
export function decide(
  { cards, gaps, checks, messages }: Pick<EvidenceReport, 'cards' | 'gaps' | 'checks' | 'messages'>,
  containers: readonly Verdict[],
): Verdict {
  // What follows from a signature that cannot be computed here cannot be told from what is wrong
  if ([...containers, ...cards].some(({ code }) => code === 'ALGORITHM_NOT_AVAILABLE')) {
    return { indication: 'INDETERMINATE', code: 'ALGORITHM_NOT_AVAILABLE' };
  }
  const failed = checks.some(({ ok, id }) => ok === false && !id.startsWith('clock-') && !DECIDED_APART.includes(id));
  const otherClocks = checks.some(({ ok, id }) => ok === false && id.startsWith('clock-'));
  const isStrange = checks.some(({ ok, id }) => ok === false && id === FINGERPRINT_CHECK);
  const isIncomplete =
    gaps.unresolved.length + gaps.sequence.length + gaps.positions.length > 0 || messages.length === 0;
  const all: Verdict[] = [
    ...(failed ? [{ indication: 'TOTAL_FAILED' as const, code: 'EVIDENCE_CONTRADICTED' as const }] : []),
    ...containers,
    ...(isStrange ? [{ indication: 'INDETERMINATE' as const, code: 'EVIDENCE_FINGERPRINT_UNMATCHED' as const }] : []),
    ...cards,
    ...(isIncomplete ? [{ indication: 'INDETERMINATE' as const, code: 'EVIDENCE_INCOMPLETE' as const }] : []),
    ...(otherClocks ? [{ indication: 'INDETERMINATE' as const, code: 'EVIDENCE_CLOCKS_DIFFER' as const }] : []),
  ];
  const worst = WORST.find((indication) => all.some((one) => one.indication === indication)) ?? 'TOTAL_PASSED';
  return { indication: worst, code: all.find((one) => one.indication === worst)?.code ?? null };
}
