import type { OfficeId } from '../../../shared/model/brand.ts';
import { deliveryTo, type OfficeDelivery } from '../../exchange/delivery.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import type { MessageRow } from '../../vault/repositories/messages.ts';
import { listNonDeliveries } from '../../vault/repositories/non-deliveries.ts';
import { listOutboxOf } from '../../vault/repositories/outbox.ts';
import { listReceipts } from '../../vault/repositories/receipts.ts';
import { getOwnVault } from '../office/own-vault.ts';

/** How far a message of our office has come, for each office that it was sealed for; nothing for messages of others. */
export function deliveryOf(db: ReadableDb, { m, direction, body }: MessageRow): OfficeDelivery[] {
  if (direction !== 'out') return [];
  const own = getOwnVault(db).office.id;
  const offices = body.recipients.map(({ office }) => office).filter((office): office is OfficeId => office !== null);
  const receipts = listReceipts(db, m);
  const copies = listOutboxOf(db, m);
  const givenUp = new Set(
    listNonDeliveries(db, m)
      .filter(({ supersededBy }) => supersededBy === null)
      .map(({ office }) => office),
  );
  return [...new Set(offices)]
    .filter((office) => office !== own)
    .map((office) => deliveryTo(office, receipts, copies, givenUp.has(office)));
}
