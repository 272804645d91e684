import type { M } from '../model/brand.ts';
import type { DueDate } from './clock/due-date.ts';
import type { Role } from './procedure.ts';

/** Where a date of a clock comes from: the lead's receipt (its own word, no timestamp), or a signed form. */
export type ClockBasis = 'lead-receipt' | 'form';

/**
 * One period of a matter, computed from its ordered acts alone: every office that has counted as far has the same. What is overdue depends on the
 * reader's day and is no part of it, see isOverdue.
 */
export interface MatterClock {
  /** Of the procedure's ClockSpec. */
  readonly id: string;
  /** From 1: the n-th time that this period began in the matter. */
  readonly turn: number;
  readonly who: Role;
  /** Null where the date stands in a form. */
  readonly rule: string | null;
  /** As lawyers cite it; empty where no statute gives the period. */
  readonly article: string;
  readonly status: 'verified' | 'unverified' | 'agreed';
  readonly source: string;
  readonly startedBy: M;
  /** `YYYY-MM-DDTHH:mm` in Asia/Shanghai; null while the receipt that says it is not here. */
  readonly startedAt: string | null;
  readonly basis: ClockBasis;
  /** `met`: done, `stopped`: nobody waits any more, `lapsed`: its end was recorded, `unknown`: no start date or no rule in force. */
  readonly state: 'running' | 'paused' | 'met' | 'stopped' | 'lapsed' | 'unknown';
  /** `YYYY-MM-DD`, for hours `YYYY-MM-DDTHH:mm`. Kept after it was met. */
  readonly due: string | null;
  readonly original: string | null;
  readonly remaining: DueDate['remaining'];
  readonly provisional: boolean;
  readonly pauses: readonly ClockPause[];
  readonly steps: DueDate['steps'];
  /** The act that met, stopped or lapsed it. */
  readonly endedBy: M | null;
  /** `YYYY-MM-DDTHH:mm`. */
  readonly endedAt: string | null;
  /** Met after its due date. */
  readonly late: boolean;
}

export interface ClockPause {
  readonly cause: string;
  readonly effect: 'pause' | 'restart' | 'lapse' | 'none';
  /** `YYYY-MM-DD`. */
  readonly from: string;
  /** Null: still open. */
  readonly to: string | null;
}

/** @param moment the reader's own day and time in Asia/Shanghai, `YYYY-MM-DDTHH:mm`: for showing, never for counting */
export function isOverdue({ state, due }: MatterClock, moment: string): boolean {
  if (state !== 'running' || due === null) return false;
  return due.length === 10 ? moment.slice(0, 10) > due : moment > due;
}
