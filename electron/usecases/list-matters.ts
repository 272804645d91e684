import type { MatterId, OfficeId } from '../../shared/model/brand.ts';
import type { MatterClock } from '../../shared/procedures/matter-clock.ts';
import { type DeliveryColour, worstColour } from '../exchange/delivery.ts';
import type { ReadableDb } from '../vault/db/handle.ts';
import type { Page } from '../vault/db/page.ts';
import { listMatterClocks } from '../vault/repositories/matter-clocks.ts';
import {
  listParticipants,
  listMatters as listRows,
  type MatterFilter,
  type MatterKey,
  type MatterRow,
} from '../vault/repositories/matters.ts';
import { listMessagesOfMatter } from '../vault/repositories/messages.ts';
import type { OfficeContext } from './context.ts';
import { deliveryOf } from './matters/delivery-of.ts';

export interface MatterSummary extends MatterRow {
  readonly participants: readonly OfficeId[];
  /** The running clock that ends first. */
  readonly due: MatterClock | null;
  /** The worst of what our messages in it have come to; null where we have sent none. */
  readonly colour: DeliveryColour | null;
}

/** Matters, the last changed first. */
export function listMatters(
  { vault }: OfficeContext,
  filter: MatterFilter = {},
  limit = 100,
  after: MatterKey | null = null,
): Page<MatterSummary, MatterKey> {
  const { items, next } = listRows(vault.read, filter, limit, after);
  return { items: items.map((row) => summarize(vault.read, row)), next };
}

function summarize(db: ReadableDb, row: MatterRow): MatterSummary {
  const running = listMatterClocks(db, row.id).filter(({ state, due }) => state === 'running' && due !== null);
  const [due = null] = running.sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1));
  return { ...row, participants: listParticipants(db, row.id), due, colour: colourOf(db, row.id) };
}

function colourOf(db: ReadableDb, matter: MatterId): DeliveryColour | null {
  const deliveries = listMessagesOfMatter(db, matter).flatMap((message) => deliveryOf(db, message));
  return deliveries.length === 0 ? null : worstColour(deliveries);
}
