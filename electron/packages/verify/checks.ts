import { type AppError, isAppError } from '../../../shared/errors.ts';
import type { ReportCheck } from '../../../shared/model/verification-report.ts';
import type { Indication, SubIndication } from '../../pki/verdict.ts';

/** The verdict so far: checks in the order done, and the gravest thing that was found. */
export interface Findings {
  readonly checks: ReportCheck[];
  /** How many signers were judged so far. */
  signers: number;
  indication: Indication;
  subIndication: SubIndication | null;
  /** Code of the first failure, for scripts and the rejected record. */
  code: AppError['code'] | null;
}

const GRAVITY: Readonly<Record<Indication, number>> = { TOTAL_PASSED: 0, INDETERMINATE: 1, TOTAL_FAILED: 2 };

export function newFindings(): Findings {
  return { checks: [], signers: 0, indication: 'TOTAL_PASSED', subIndication: null, code: null };
}

export function pass(findings: Findings, id: string, detail: string): void {
  findings.checks.push({ id, ok: true, detail });
}

export function notChecked(findings: Findings, id: string, detail: string): void {
  findings.checks.push({ id, ok: null, detail });
}

/** Nothing lightens a verdict: only a graver indication replaces what stands. */
export function worsen(findings: Findings, indication: Indication, subIndication: SubIndication | null): void {
  if (GRAVITY[indication] <= GRAVITY[findings.indication]) return;
  findings.indication = indication;
  findings.subIndication = subIndication;
}

/** What was found of one signer becomes part of the whole; its checks say whose they are. */
export function absorb(findings: Findings, signer: Findings): void {
  const signature = findings.signers++;
  findings.checks.push(...signer.checks.map((check) => ({ ...check, signature })));
  findings.code ??= signer.code;
  worsen(findings, signer.indication, signer.subIndication);
}

export function fail(
  findings: Findings,
  id: string,
  detail: string,
  code: AppError['code'],
  indication: Indication = 'TOTAL_FAILED',
  subIndication: SubIndication = 'FORMAT_FAILURE',
): void {
  findings.checks.push({ id, ok: false, detail });
  findings.code ??= code;
  worsen(findings, indication, subIndication);
}

/** What held at a time that nothing proves: neither passed nor failed. */
export function leaveOpen(findings: Findings, id: string, detail: string, code: AppError['code']): void {
  findings.checks.push({ id, ok: null, detail });
  findings.code ??= code;
  worsen(findings, 'INDETERMINATE', 'OUT_OF_BOUNDS_NO_POE');
}

/** Runs a check that throws its code: null where it failed. */
export async function attempt<T>(
  findings: Findings,
  id: string,
  check: () => Promise<T> | T,
  detail: (value: T) => string,
): Promise<T | null> {
  try {
    const value = await check();
    pass(findings, id, detail(value));
    return value;
  } catch (error) {
    if (!isAppError(error) || !DESCRIBES_CONTENT.test(error.code)) throw error;
    const reason = Object.values(error.params).join(' ');
    const subIndication = error.code === 'MANIFEST_MISMATCH' ? 'HASH_FAILURE' : 'FORMAT_FAILURE';
    fail(findings, id, `${error.code}${reason === '' ? '' : `: ${reason}`}`, error.code, 'TOTAL_FAILED', subIndication);
    return null;
  }
}

/** A disk that fails or a blob that was altered says nothing about the container: that is no verdict. */
const DESCRIBES_CONTENT = /^(?:CONTAINER|MANIFEST|SIGNATURE|MESSAGE|CERTIFICATE|KEY)_/;
