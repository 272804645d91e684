import { setTimeout as sleep } from 'node:timers/promises';
import type { Bytes, Milliseconds } from '../../shared/model/brand.ts';

/**
 * Holds senders back to a bandwidth: each waits until the bytes before its own would have gone.
 *
 * @param bandwidth bytes a second; undefined: no limit
 */
export function createPace(bandwidth: number | undefined): (bytes: Bytes) => Promise<void> {
  if (bandwidth === undefined) return async () => {};
  let free: Milliseconds = 0;
  return async (bytes) => {
    const now = performance.now();
    const start = Math.max(now, free);
    free = start + (bytes / bandwidth) * 1000;
    if (start > now) await sleep(start - now);
  };
}
