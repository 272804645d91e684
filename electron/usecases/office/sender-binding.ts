import type { OfficeId } from '../../../shared/model/brand.ts';
import type { Message } from '../../../shared/model/message.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import { type Binding, bindSender, type SignerFacts } from '../../exchange/bind-sender.ts';
import type { SenderBinding } from '../../packages/verify-container.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listConfirmedCards } from './directory.ts';

/**
 * Binds by the confirmed card in force; where this vault has its own proof of an earlier existence, the card of that time will do as well: who has left
 * since then did sign (protocol.md 4).
 *
 * @param provenAt null without such a proof
 */
export function senderBinding(db: ReadableDb, provenAt: Date | null): SenderBinding {
  return (message: Message, signer: Certificate, at: Date): Binding => {
    const cards = message.sender.office === null ? [] : listConfirmedCards(db, message.sender.office);
    return bindByCards(message, factsOf(signer), cards, at, provenAt);
  };
}

function bindByCards(
  message: Message,
  signer: SignerFacts,
  cards: readonly OfficeCard[],
  at: Date,
  provenAt: Date | null,
): Binding {
  const [current] = cards;
  if (current === undefined) return { ok: false, code: 'SENDER_NOT_BOUND' };
  const now = bindSender(message, signer, current, at);
  const then = provenAt === null ? undefined : cards.find(({ issuedAt }) => Date.parse(issuedAt) <= provenAt.getTime());
  if (now.ok || then === undefined || provenAt === null) return now;
  return bindSender(message, signer, then, provenAt).ok ? { ok: true } : now;
}

function factsOf({ sha256, organizationIdentifier }: Certificate): SignerFacts {
  return { certificate: sha256, organizationIdentifier: organizationIdentifier as OfficeId | null };
}
