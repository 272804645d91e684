import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes, Instant } from '../../../shared/model/brand.ts';
import type { VerificationReport } from '../../../shared/model/verification-report.ts';

/** A file that was judged here, for as long as the vault is open: nothing of it is stored. */
export interface Verification<Report = VerificationReport> {
  readonly id: string;
  readonly name: string;
  readonly size: Bytes;
  readonly report: Report;
  readonly at: Instant;
}

export interface Verifications<Report = VerificationReport> {
  add(verification: Omit<Verification<Report>, 'id'>): Verification<Report>;
  /** @throws AppError DOCUMENT_UNKNOWN */
  get(id: string): Verification<Report>;
}

const MOST = 50;

export function createVerifications<Report = VerificationReport>(): Verifications<Report> {
  const all = new Map<string, Verification<Report>>();
  return {
    add: (found) => {
      const verification = { id: randomUUID(), ...found };
      all.set(verification.id, verification);
      const [oldest] = all.keys();
      if (all.size > MOST && oldest !== undefined) all.delete(oldest);
      return verification;
    },
    get: (id) => {
      const found = all.get(id);
      if (found === undefined) throw new AppError('DOCUMENT_UNKNOWN');
      return found;
    },
  };
}
