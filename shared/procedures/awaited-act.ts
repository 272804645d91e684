import type { Act } from '../model/vocabulary.ts';

/** What an office may do at nearly any time, and what no procedure waits for: to withdraw, to close, to complain or ask for a review. */
const NOT_AWAITED: ReadonlySet<Act> = new Set<Act>(['withdraw', 'close', 'request']);

export const isAwaited = (act: Act): boolean => !NOT_AWAITED.has(act);
