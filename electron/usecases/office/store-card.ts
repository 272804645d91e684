import type { ErrorCode } from '../../../shared/errors.ts';
import type { Instant, M, OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import { digestOf } from '../../exchange/bind-sender.ts';
import { judgeCard } from '../../exchange/card-trust.ts';
import type { BlobId } from '../../vault/blobs/blob-id.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { insertAlarm } from '../../vault/repositories/alarms.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import {
  type CardRow,
  type Confirmation,
  confirmCard,
  findCard,
  findCurrentCard,
  insertCard,
  listCurrentCards,
  makeCardCurrent,
} from '../../vault/repositories/cards.ts';
import { insertDuty } from '../../vault/repositories/duties.ts';
import { putOffice } from '../../vault/repositories/offices.ts';
import { oweProof } from '../trust/note-proof.ts';
import { instantOf } from '../uuid-v7.ts';

export interface IncomingCard {
  readonly m: M;
  readonly card: OfficeCard;
  readonly signer: Sha256;
  /** What a person compared out of band. */
  readonly fingerprint: string | null;
  /** Person who brought it, or `vault`. */
  readonly by: string;
  readonly commitBlob: (db: WritableDb) => BlobId;
}

export type CardOutcome =
  | { readonly kind: 'applied' | 'unchanged' }
  | {
      readonly kind: 'pending';
      readonly comparison: boolean;
      /** Another office's card in force lists a device or mailbox of this one: one of the two is false, and a person must say which. */
      readonly claimedBy: OfficeId | null;
    }
  | { readonly kind: 'refused'; readonly code: ErrorCode };

/** Who brings what comes out of a mailbox, and what our own vault sent there. */
const FROM_MAILBOX: ReadonlySet<string> = new Set(['vault', 'self']);

/** What was turned away while its sender's card was unknown or old is read again. */
export const RETRY_QUARANTINE = 'retry-quarantine';

/** Judges a card whose signature is good, and stores what comes of it, in the caller's transaction. */
export function storeCard(db: WritableDb, incoming: IncomingCard, now: Date): CardOutcome {
  const { m, card, signer, fingerprint, by } = incoming;
  const current = findCurrentCard(db, card.office.id)?.body ?? null;
  const decision = judgeCard({ incoming: card, signer, current, fingerprint, at: now });
  if (decision.kind === 'unchanged') return decision;
  if (decision.kind === 'refuse') return { kind: 'refused', code: decision.code };
  const claimedBy = findRival(card, listCurrentCards(db));
  // From a mailbox anybody could bring such a card to raise doubts; a person who brings a file has a reason
  if (claimedBy !== null && FROM_MAILBOX.has(by)) return { kind: 'refused', code: 'CARD_NOT_SIGNED_BY_OFFICE' };
  if (findCard(db, m) === null) keepCard(db, incoming, now);
  if (claimedBy !== null) {
    const detail = { office: card.office.id, version: card.version, other: claimedBy };
    insertAlarm(db, { at: instantOf(now), code: 'CARD_VAULT_CLAIMED', m, detail });
    return { kind: 'pending', comparison: true, claimedBy };
  }
  if (decision.kind === 'pending') {
    const detail = { office: card.office.id, version: card.version, comparison: decision.comparison };
    insertAlarm(db, { at: instantOf(now), code: 'CARD_NEEDS_CONFIRMATION', m, detail });
    return { kind: 'pending', comparison: decision.comparison, claimedBy: null };
  }
  putCardInForce(db, m, card, { at: instantOf(now), by, how: decision.how });
  return { kind: 'applied' };
}

/**
 * Receipts are unique by vault and copies by address: an office that listed another's could pass its own receipts off for that vault's, or
 * have that vault's copies dropped.
 *
 * @returns the office whose confirmed card lists a vault or an address of this card
 */
export function findRival({ office, vaults }: OfficeCard, current: readonly CardRow[]): OfficeId | null {
  const ours = new Set<string>(vaults.flatMap(({ id, address }) => [id, address]));
  const rival = current.find(
    (row) => row.office !== office.id && row.body.vaults.some(({ id, address }) => ours.has(id) || ours.has(address)),
  );
  return rival?.office ?? null;
}

function keepCard(db: WritableDb, { m, card, commitBlob }: IncomingCard, now: Date): void {
  const receivedAt: Instant = instantOf(now);
  // Its words as the card has them only once it is confirmed; the row must exist for the card to hang on.
  if (findCurrentCard(db, card.office.id) === null) putOffice(db, card.office, receivedAt);
  insertCard(db, { m, body: card, blob: commitBlob(db), status: 'pending', receivedAt });
}

/** From here on messages are bound by this card. */
export function putCardInForce(db: WritableDb, m: M, card: OfficeCard, confirmation: Confirmation): void {
  const before = findCurrentCard(db, card.office.id)?.body ?? null;
  confirmCard(db, m, confirmation);
  makeCardCurrent(db, m);
  putOffice(db, card.office, confirmation.at);
  insertDuty(db, RETRY_QUARANTINE, { office: card.office.id }, confirmation.at);
  // Whose keys were whose must be shown for as long as what they signed
  oweProof(db, m, new Date(confirmation.at));
  const { at, by, how } = confirmation;
  const detail = { office: card.office.id, version: card.version, how, ...keyChanges(before, card) };
  appendAudit(db, { at, actor: by, action: 'card-confirmed', subject: m, detail });
}

/** Which certificates came and which went, by their digests: what a person confirmed when they confirmed a change. */
function keyChanges(
  before: OfficeCard | null,
  after: OfficeCard,
): { readonly added: Sha256[]; readonly removed: Sha256[] } {
  const old = new Set(before === null ? [] : certificatesOf(before));
  const fresh = new Set(certificatesOf(after));
  return { added: [...fresh].filter((one) => !old.has(one)), removed: [...old].filter((one) => !fresh.has(one)) };
}

function certificatesOf({ persons, vaults }: OfficeCard): Sha256[] {
  return [
    ...persons.map(({ certificate }) => digestOf(certificate)),
    ...vaults.flatMap((vault) => [digestOf(vault.encryptionCertificate), digestOf(vault.receiptCertificate)]),
  ];
}
