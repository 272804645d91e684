import type { Milliseconds } from '../../shared/model/brand.ts';

export interface BackoffPolicy {
  readonly first: Milliseconds;
  readonly longest: Milliseconds;
}

/** For a mailbox that cannot be reached now. */
export const POSTING: BackoffPolicy = { first: 30_000, longest: 6 * 3600_000 };
/** For asking after something that did not come. */
export const ASKING: BackoffPolicy = { first: 60_000, longest: 24 * 3600_000 };
/** For saying "already received" again: slower each time, so that two offices can never keep each other busy. */
export const REPEATING: BackoffPolicy = { first: 10 * 60_000, longest: 7 * 24 * 3600_000 };

/** How long to wait after `attempts` tries, which doubles from one to the next. */
export function delayAfter(attempts: number, { first, longest }: BackoffPolicy): Milliseconds {
  return Math.min(longest, first * 2 ** Math.min(30, Math.max(0, attempts - 1)));
}
