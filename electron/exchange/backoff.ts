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

/**
 * How long to wait after `attempts` tries, which doubles from one to the next.
 *
 * @param chance from 0 to under 1: takes up to half away, so that offices which lost one server at one moment do not come back at one moment
 */
export function delayAfter(attempts: number, { first, longest }: BackoffPolicy, chance = 0): Milliseconds {
  const full = Math.min(longest, first * 2 ** Math.min(30, Math.max(0, attempts - 1)));
  return Math.round(full * (1 - chance / 2));
}

/** A chance for {@link delayAfter} from a source of random bytes. */
export function drawChance(random: (size: number) => Buffer): number {
  return random(4).readUInt32BE() / 2 ** 32;
}
