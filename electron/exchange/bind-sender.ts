import { createHash } from 'node:crypto';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Base64Der, Sha256 } from '../../shared/model/brand.ts';
import type { Message } from '../../shared/model/message.ts';
import type { CardPerson, CardVault, OfficeCard } from '../../shared/model/office-card.ts';

export interface SignerFacts {
  readonly certificate: Sha256;
  /** 统一社会信用代码 of the certificate; null where it has none. */
  readonly organizationIdentifier: string | null;
}

export type Binding = { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode };

const BOUND: Binding = { ok: true };
const unbound = (code: ErrorCode = 'SENDER_NOT_BOUND'): Binding => ({ ok: false, code });

/**
 * Who may sign what (protocol.md 1), by one confirmed card of the sender's office.
 *
 * @param at trust time: the earliest proof that the message exists, else now
 */
export function bindSender(message: Message, signer: SignerFacts, card: OfficeCard, at: Date): Binding {
  const { author, sender } = message;
  if (sender.office !== card.office.id || author.office !== card.office.id) return unbound();
  if (signer.certificate !== sender.certificate) return unbound();
  if (signer.organizationIdentifier !== null && signer.organizationIdentifier !== card.office.id) return unbound();
  // A card may be what makes its author's vault, or its new epoch, known at all: the person alone vouches for it.
  if (message.kind === 'card') return bindPerson(message, signer, card, at);
  const vault = card.vaults.find(({ id }) => id === author.vault);
  if (vault === undefined || author.epoch > vault.epoch) return unbound();
  if (vault.status === 'retired' && saidAt(message, at) > Date.parse(card.issuedAt)) return unbound();
  if (isUnattended(message.kind)) return bindVault(message, signer, vault);
  return bindPerson(message, signer, card, at);
}

/**
 * When a message of a retired vault counts as written. Whoever holds the device has its receipt key, which signs unattended and could date back: such words count
 * from when they are proven to exist. An act is vouched for by its person, whose key the device does not open.
 */
function saidAt(message: Message, at: Date): number {
  return isUnattended(message.kind) ? at.getTime() : Date.parse(message.createdAt);
}

function bindPerson(message: Message, signer: SignerFacts, card: OfficeCard, at: Date): Binding {
  const { sender } = message;
  if (card.vaults.some(({ receiptCertificate }) => digestOf(receiptCertificate) === signer.certificate)) {
    return unbound('KEY_NOT_FOR_ACT');
  }
  const person = card.persons.find(({ id }) => id === sender.person);
  if (person === undefined || digestOf(person.certificate) !== signer.certificate) return unbound();
  if (!isInForce(person, at)) return unbound();
  return maySign(person, message) ? BOUND : unbound('KEY_NOT_FOR_ACT');
}

const UNATTENDED: ReadonlySet<Message['kind']> = new Set(['receipt', 'sync-request', 'non-delivery', 'offer']);

/** Whether messages of this kind are signed by a vault's receipt key. */
export const isUnattended = (kind: Message['kind']): boolean => UNATTENDED.has(kind);

/** Receipts and what is like them are signed unattended by the vault's own key: by that key alone, and by nobody's name. */
function bindVault(message: Message, signer: SignerFacts, vault: CardVault): Binding {
  const ownKey = digestOf(vault.receiptCertificate) === signer.certificate;
  return ownKey && message.sender.person === null ? BOUND : unbound();
}

function maySign({ acts }: CardPerson, message: Message): boolean {
  if (acts.includes('*')) return true;
  switch (message.kind) {
    case 'act':
      return acts.includes(message.act);
    case 'enclosure':
      return acts.some((act) => act !== 'card');
    case 'card':
    case 'directory':
      return acts.includes('card');
    case 'receipt':
    case 'sync-request':
    case 'non-delivery':
    case 'offer':
      return false;
  }
}

export function isInForce({ notBefore, notAfter }: CardPerson, at: Date): boolean {
  return at.getTime() >= Date.parse(notBefore) && at.getTime() <= Date.parse(notAfter);
}

/** Whether a person of this card may sign cards of the office. */
export function maySignCards({ acts }: CardPerson): boolean {
  return acts.includes('card') || acts.includes('*');
}

/** SHA-256 of a certificate in a card. */
export function digestOf(certificate: Base64Der): Sha256 {
  return createHash('sha256').update(Buffer.from(certificate, 'base64')).digest('hex') as Sha256;
}
