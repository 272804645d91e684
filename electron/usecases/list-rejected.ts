import type { Page } from '../vault/db/page.ts';
import { listRejected as listRows, type RejectedRow, searchRejected } from '../vault/repositories/rejected.ts';
import type { OfficeContext } from './context.ts';

/** What was turned away, the newest first: all of it, or what contains every word of `query`. */
export function listRejected(
  { vault }: OfficeContext,
  query = '',
  limit = 100,
  after: number | null = null,
): Page<RejectedRow, number> {
  return query.trim() === '' ? listRows(vault.read, limit, after) : searchRejected(vault.read, query, limit, after);
}
