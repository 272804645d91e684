import type { MatterId } from '../../shared/model/brand.ts';
import type { Page } from '../vault/db/page.ts';
import { type SearchHit, searchMessages as searchRows } from '../vault/search/search-messages.ts';
import type { OfficeContext } from './context.ts';

/** Messages that contain every word of `query`, the last stored first; `after` is the serial of the last hit seen. */
export function searchMessages(
  { vault }: OfficeContext,
  query: string,
  filter: { readonly matter?: MatterId } = {},
  limit = 50,
  after: number | null = null,
): Page<SearchHit, number> {
  return searchRows(vault.read, query, filter, limit, after);
}
