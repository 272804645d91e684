import type { NonDeliveryMessage } from '../../../shared/model/message.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { findNonDelivery, insertNonDelivery } from '../../vault/repositories/non-deliveries.ts';
import { listReceipts } from '../../vault/repositories/receipts.ts';
import { getOwnVault } from '../office/own-vault.ts';
import type { Candidate, Outcome } from './candidate.ts';

/** Takes a record that another device of this office signed. Of another office it would be a claim about itself, which nobody here has asked for. */
export function applyNonDelivery(db: WritableDb, { m, commitBlob }: Candidate, message: NonDeliveryMessage): Outcome {
  if (message.author.office !== getOwnVault(db).office.id) return { kind: 'rejected', code: 'SENDER_NOT_BOUND' };
  if (findNonDelivery(db, m) !== null || commitBlob === null) return { kind: 'duplicate' };
  const { message: about, office } = message.record;
  const answer = listReceipts(db, about).find((one) => one.office === office && one.kind !== 'opened') ?? null;
  insertNonDelivery(db, m, message, commitBlob(db), answer === null ? null : { m: answer.m, at: answer.storedAt });
  return { kind: 'accepted' };
}
