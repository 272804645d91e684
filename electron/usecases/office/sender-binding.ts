import type { OfficeId } from '../../../shared/model/brand.ts';
import type { Message } from '../../../shared/model/message.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import { type Binding, bindSender, isUnattended, type SignerFacts } from '../../exchange/bind-sender.ts';
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
  if (now.ok) return now;
  if (then !== undefined && provenAt !== null && bindSender(message, signer, then, provenAt).ok) return { ok: true };
  return isBoundBefore(message, signer, cards, at) ? { ok: true } : now;
}

function isBoundBefore(message: Message, signer: SignerFacts, cards: readonly OfficeCard[], at: Date): boolean {
  const [current, ...earlier] = cards;
  if (current === undefined || !isUnattended(message.kind) || message.createdAt > current.issuedAt) return false;
  const vault = current.vaults.find(({ id }) => id === message.author.vault);
  if (vault?.status !== 'active') return false;
  return earlier.some((card) => bindSender(message, signer, card, at).ok);
}

function factsOf({ sha256, organizationIdentifier }: Certificate): SignerFacts {
  return { certificate: sha256, organizationIdentifier: organizationIdentifier as OfficeId | null };
}
