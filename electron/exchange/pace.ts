import { setTimeout as sleep } from 'node:timers/promises';
import type { Bytes, Milliseconds } from '../../shared/model/brand.ts';

export interface PaceClock {
  /** Counts on, from any beginning. */
  readonly now: () => Milliseconds;
  readonly sleep: (duration: Milliseconds) => Promise<unknown>;
}

const MACHINE: PaceClock = { now: () => performance.now(), sleep: (duration) => sleep(duration) };

/**
 * Holds senders back to a bandwidth: each waits until the bytes before its own would have gone.
 *
 * @param bandwidth bytes a second; undefined: no limit
 */
export function createPace(bandwidth: number | undefined, clock: PaceClock = MACHINE): (bytes: Bytes) => Promise<void> {
  if (bandwidth === undefined) return async () => {};
  let free: Milliseconds = 0;
  return async (bytes) => {
    const now = clock.now();
    const start = Math.max(now, free);
    free = start + (bytes / bandwidth) * 1000;
    if (start > now) await clock.sleep(start - now);
  };
}
