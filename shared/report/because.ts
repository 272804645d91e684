import type { Translate } from '../i18n/create-i18n.ts';
import type { SubIndication } from '../model/verdict.ts';
import type { ReportCheck, SignerReport } from '../model/verification-report.ts';

/** Why a verdict is not "valid", as people ask: most often its sub-indication, sometimes nearer. */
export type Cause = SubIndication | 'notBound' | 'otherCertificate' | 'otherRecipients' | 'gaveUp' | 'onHold' | 'other';

/** Reasons that a sub-indication is too wide for. */
const NEARER: readonly (readonly [id: string, cause: Cause])[] = [
  ['message-signer', 'otherCertificate'],
  ['recipients', 'otherRecipients'],
  ['sender-bound', 'notBound'],
];

export function causeOf(
  subIndication: SubIndication | null,
  checks: readonly ReportCheck[],
  signers: readonly SignerReport[],
): Cause {
  const failed = checks.filter(({ ok }) => ok === false).map(({ id }) => id);
  if (subIndication === 'CERTIFICATE_CHAIN_GENERAL_FAILURE' && failed.includes('path-search')) return 'gaveUp';
  const isOnHold = signers.some(({ revocation }) => revocation.reason === 'certificateHold');
  if (subIndication === 'TRY_LATER' && isOnHold) return 'onHold';
  // the first failure decides the verdict, and these come after all that the signature itself can fail of
  const nearer = NEARER.find(([id]) => failed[0] === id);
  return nearer?.[1] ?? subIndication ?? 'other';
}

export function becauseOf(cause: Cause, t: Translate): string {
  return t(`report.because.${cause}`);
}

const ADVISED = [
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'NOT_YET_VALID',
  'CHAIN_CONSTRAINTS_FAILURE',
  'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
  'NO_SIGNING_CERTIFICATE_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'REVOKED_NO_POE',
  'REVOKED_CA_NO_POE',
  'OUT_OF_BOUNDS_NO_POE',
  'OUT_OF_BOUNDS_NOT_REVOKED',
  'TRY_LATER',
  'SIGNED_DATA_NOT_FOUND',
  'notBound',
  'onHold',
] as const satisfies readonly Cause[];

/** What can be done about it. */
export function adviceFor(cause: Cause, t: Translate): string {
  const known = ADVISED.find((one) => one === cause);
  return t(`report.advice.${known ?? 'other'}`);
}
