import { useSyncExternalStore } from 'react';

const MINUTE = 60_000;

let current = new Date();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  timer ??= setInterval(() => {
    current = new Date();
    for (const listener of listeners) listener();
  }, MINUTE);
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** The time on this computer, moved on every minute: enough for what the window shows, and one timer for all of it. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => current);
}
