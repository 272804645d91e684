import type { ErrorCode } from '../../shared/errors.ts';
import type { Check, Indication, SubIndication } from '../../shared/model/verdict.ts';
import type { VerificationReport } from '../../shared/model/verification-report.ts';
import { visible } from '../../shared/text/visible.ts';
import type { CommandContext, CommandReport } from './context.ts';
import { EXIT, exitOfIndication } from './exit-codes.ts';
import { formatInstant } from './format.ts';

export interface Verdict {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  readonly code?: ErrorCode | null;
}

type Revocation = VerificationReport['signers'][number]['revocation'];

const INDETERMINATE_TEXTS = {
  TRY_LATER: 'tryLater',
  NO_CERTIFICATE_CHAIN_FOUND: 'noPath',
  OUT_OF_BOUNDS_NO_POE: 'outOfBounds',
  OUT_OF_BOUNDS_NOT_REVOKED: 'outOfBounds',
  REVOKED_NO_POE: 'revoked',
  REVOKED_CA_NO_POE: 'revoked',
  SIG_CONSTRAINTS_FAILURE: 'notBound',
} as const;

/** Exit status and code of a verdict. */
export function verdictExit({ indication, code }: Verdict): Pick<CommandReport, 'exit' | 'code'> {
  const exit = exitOfIndication(indication);
  if (exit === EXIT.good) return { exit };
  return { exit, code: code ?? (indication === 'INDETERMINATE' ? 'VERDICT_INDETERMINATE' : 'SIGNATURE_INVALID') };
}

/** The one sentence that comes first: what holds, as of when, from which source. */
export function verdictSentence(
  { indication, subIndication }: Verdict,
  revocation: Revocation | undefined,
  at: Date,
  { t, language }: CommandContext,
): string {
  if (indication === 'TOTAL_FAILED') return t('cli.verdict.failed');
  if (indication === 'INDETERMINATE') {
    const known = INDETERMINATE_TEXTS[subIndication as keyof typeof INDETERMINATE_TEXTS] ?? 'other';
    return t(`cli.verdict.indeterminate.${known}`);
  }
  if (revocation?.status !== 'good' || revocation.asOf === null) {
    return t('cli.verdict.passedUnchecked', { at: formatInstant(at, language) });
  }
  const asOf = formatInstant(revocation.asOf, language);
  const [source = ''] = visible(revocation.source ?? '').split(' ');
  return t('cli.verdict.passed', { at: asOf, source });
}

/** The checks, one a line; what was not checked says so. */
export function checkLines(checks: readonly Check[], { t }: CommandContext): string[] {
  const word = (ok: boolean | null): string =>
    ok === null ? t('cli.verdict.notChecked') : ok ? t('cli.verdict.ok') : t('cli.verdict.bad');
  return checks.map(({ id, ok, detail }) => `  ${word(ok)}  ${id}${detail === '' ? '' : `  ${visible(detail)}`}`);
}

export interface ShownSigner {
  readonly subject: string | null;
  readonly signingTime: string | null;
  readonly timestamp: string | null;
  readonly path: readonly string[];
  readonly revocation: Revocation;
}

export function signerLines(
  { subject, signingTime, timestamp, path, revocation }: ShownSigner,
  { t, language }: CommandContext,
): string[] {
  const revoked = revocation.status === 'not-checked' ? t('cli.verdict.revocationNotChecked') : revocation.status;
  const asOf = revocation.asOf === null ? '' : `  ${formatInstant(revocation.asOf, language)}`;
  return [
    `${t('cli.verdict.signer')} ${subject === null ? '-' : visible(subject)}`,
    ...(signingTime === null
      ? []
      : [`  ${t('cli.verdict.claimedTime', { at: formatInstant(signingTime, language) })}`]),
    ...(timestamp === null ? [] : [`  ${t('cli.verdict.provenTime', { at: formatInstant(timestamp, language) })}`]),
    ...(path.length === 0 ? [] : [`  ${t('cli.verdict.path')} ${path.map(visible).join(' < ')}`]),
    `  ${t('cli.verdict.revocation')} ${revoked}${asOf}`,
  ];
}
