import { AppError } from '../../shared/errors.ts';
import type { M } from '../../shared/model/brand.ts';
import type { OfficeDelivery } from '../exchange/delivery.ts';
import { type AttemptRow, listAttempts } from '../vault/repositories/attempts.ts';
import { type DocumentRow, listDocuments } from '../vault/repositories/message-links.ts';
import { findMessage, type MessageRow } from '../vault/repositories/messages.ts';
import { listNonDeliveries, type NonDeliveryRow } from '../vault/repositories/non-deliveries.ts';
import { listOutboxOf, type OutboxRow } from '../vault/repositories/outbox.ts';
import { listProofs, type ProofRow } from '../vault/repositories/proofs.ts';
import { listReceipts, type ReceiptRow } from '../vault/repositories/receipts.ts';
import type { OfficeContext } from './context.ts';
import { deliveryOf } from './matters/delivery-of.ts';

export interface ShownMessageDetail {
  readonly row: MessageRow;
  readonly documents: readonly DocumentRow[];
  /** In the order in which they came; superseded ones are not `current`. */
  readonly receipts: readonly ReceiptRow[];
  readonly copies: readonly OutboxRow[];
  readonly delivery: readonly OfficeDelivery[];
  /** Every try to post it, the oldest first. */
  readonly attempts: readonly AttemptRow[];
  /** Records that it was not acknowledged in time; a receipt that came after all supersedes them. */
  readonly nonDeliveries: readonly NonDeliveryRow[];
  /** Timestamps that are kept for it, in the order in which they were added. */
  readonly proofs: readonly ProofRow[];
}

/** One message with its documents, receipts and copies. @throws AppError MESSAGE_UNKNOWN */
export function showMessage({ vault }: OfficeContext, m: M): ShownMessageDetail {
  const row = findMessage(vault.read, m);
  if (row === null) throw new AppError('MESSAGE_UNKNOWN', { m });
  return {
    row,
    documents: listDocuments(vault.read, m),
    receipts: listReceipts(vault.read, m),
    copies: listOutboxOf(vault.read, m),
    delivery: deliveryOf(vault.read, row),
    attempts: listAttempts(vault.read, m),
    nonDeliveries: listNonDeliveries(vault.read, m),
    proofs: listProofs(vault.read, m),
  };
}
