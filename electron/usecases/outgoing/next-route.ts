import type { M, OfficeId } from '../../../shared/model/brand.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listAttempts } from '../../vault/repositories/attempts.ts';
import { listOfficeChannels } from '../../vault/repositories/channels.ts';

export interface RouteChoice {
  /** The route that took the message last; null where none did. */
  readonly last: string | null;
  /** The one behind it in the office's order, round the end: the same where there is no other. */
  readonly next: string | null;
}

/** Which route to propose for a message that one route seems to have led nowhere. */
export function findNextRoute(db: ReadableDb, m: M, office: OfficeId): RouteChoice {
  const routes = listOfficeChannels(db, office).map(({ id }) => id);
  const last = listAttempts(db, m, office).findLast(({ code }) => code === null)?.channel ?? null;
  const place = last === null ? -1 : routes.indexOf(last);
  return { last, next: routes[(place + 1) % Math.max(1, routes.length)] ?? null };
}
