import type { SenderBinding } from '../../packages/verify-container.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { bindingByCards } from './binding-by-cards.ts';
import { listConfirmedCards } from './directory.ts';

/**
 * Binds by the confirmed card in force; where this vault has its own proof of an earlier existence, the card of that time will do as well: who has left
 * since then did sign (protocol.md 4). A receipt key that was renewed still vouches for what was written before: its receipts may arrive after the new card. Whoever
 * has stolen one could date receipts back; that is why a stolen key is not renewed but withdrawn with its vault.
 *
 * @param provenAt null without such a proof
 */
export function senderBinding(db: ReadableDb, provenAt: Date | null): SenderBinding {
  return bindingByCards((office) => listConfirmedCards(db, office), provenAt);
}
