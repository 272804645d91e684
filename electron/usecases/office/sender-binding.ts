import type { OfficeId } from '../../../shared/model/brand.ts';
import type { Message } from '../../../shared/model/message.ts';
import { bindByCards } from '../../exchange/bind-by-cards.ts';
import type { Binding, SignerFacts } from '../../exchange/bind-sender.ts';
import type { SenderBinding } from '../../packages/verify-container.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listConfirmedCards } from './directory.ts';

/**
 * Binds by the confirmed card in force; where this vault has its own proof of an earlier existence, the card of that time will do as well: who has left
 * since then did sign (protocol.md 4). A receipt key that was renewed still vouches for what was written before: its receipts may arrive after the new card. Whoever
 * has stolen one could date receipts back; that is why a stolen key is not renewed but withdrawn with its vault.
 *
 * @param provenAt null without such a proof
 */
export function senderBinding(db: ReadableDb, provenAt: Date | null): SenderBinding {
  return (message: Message, signer: Certificate, at: Date): Binding => {
    const cards = message.sender.office === null ? [] : listConfirmedCards(db, message.sender.office);
    return bindByCards(message, factsOf(signer), cards, at, provenAt);
  };
}

function factsOf({ sha256, organizationIdentifier }: Certificate): SignerFacts {
  return { certificate: sha256, organizationIdentifier: organizationIdentifier as OfficeId | null };
}
