import type { Instant, Milliseconds } from '../../shared/model/brand.ts';

/** A computer that slept wakes late by this much at most, and a timer of more than 24 days would fire at once. */
const LOOK_EVERY: Milliseconds = 60_000;

export interface ReminderClock {
  /** All that there are: those before them are forgotten. What is past already has been told of, or stands in the window. */
  keep(times: readonly Instant[]): void;
}

/**
 * Tells when reminders are due. It knows times and nothing else, so that it may go on while the vault is locked.
 *
 * @param due how many have come since the last look
 */
export function startReminderClock(now: () => Date, due: (count: number) => void): ReminderClock {
  let waiting: Instant[] = [];
  let timer: NodeJS.Timeout | null = null;
  const look = (): void => {
    const past = waiting.filter((time) => Date.parse(time) <= now().getTime()).length;
    waiting = waiting.slice(past);
    if (past > 0) due(past);
    arm();
  };
  const arm = (): void => {
    if (timer !== null) clearTimeout(timer);
    const [next] = waiting;
    timer =
      next === undefined
        ? null
        : setTimeout(look, Math.min(LOOK_EVERY, Math.max(0, Date.parse(next) - now().getTime()))).unref();
  };
  return {
    keep: (times) => {
      waiting = times.filter((time) => Date.parse(time) > now().getTime()).sort();
      arm();
    },
  };
}
