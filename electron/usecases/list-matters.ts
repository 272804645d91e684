import type { OfficeId } from '../../shared/model/brand.ts';
import type { Page } from '../vault/db/page.ts';
import {
  listParticipants,
  listMatters as listRows,
  type MatterFilter,
  type MatterKey,
  type MatterRow,
} from '../vault/repositories/matters.ts';
import type { OfficeContext } from './context.ts';

export interface MatterSummary extends MatterRow {
  readonly participants: readonly OfficeId[];
}

/** Matters, the last changed first. */
export function listMatters(
  { vault }: OfficeContext,
  filter: MatterFilter = {},
  limit = 100,
  after: MatterKey | null = null,
): Page<MatterSummary, MatterKey> {
  const { items, next } = listRows(vault.read, filter, limit, after);
  return { items: items.map((row) => ({ ...row, participants: listParticipants(vault.read, row.id) })), next };
}
