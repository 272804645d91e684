import type { Message } from '../../shared/model/message.ts';
import type { OfficeCard } from '../../shared/model/office-card.ts';
import { type Binding, bindSender, isUnattended, type SignerFacts } from './bind-sender.ts';

/**
 * Who may sign what, by every confirmed card of the sender's office, the newest first.
 *
 * @param at trust time
 * @param provenAt when the message is proven to have existed: the card of that time will do as well
 */
export function bindByCards(
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
