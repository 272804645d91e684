import { type DeliveryColour, worstColour } from '../exchange/delivery.ts';
import type { Page } from '../vault/db/page.ts';
import { listMessages as listRows, type MessageFilter, type MessageRow } from '../vault/repositories/messages.ts';
import type { OfficeContext } from './context.ts';
import { deliveryOf } from './matters/delivery-of.ts';

export interface MessageSummary {
  readonly row: MessageRow;
  /** Null for messages of other offices. */
  readonly colour: DeliveryColour | null;
}

/** Messages, the last stored first; `after` is a serial. */
export function listMessages(
  { vault }: OfficeContext,
  filter: MessageFilter = {},
  limit = 100,
  after: number | null = null,
): Page<MessageSummary, number> {
  const { items, next } = listRows(vault.read, filter, limit, after);
  return {
    items: items.map((row) => {
      const delivery = deliveryOf(vault.read, row);
      return { row, colour: delivery.length === 0 ? null : worstColour(delivery) };
    }),
    next,
  };
}
