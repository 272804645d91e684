import type { ErrorCode } from '../../../shared/errors.ts';
import type { Instant, M, Sha256 } from '../../../shared/model/brand.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
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
  | { readonly kind: 'pending'; readonly comparison: boolean }
  | { readonly kind: 'refused'; readonly code: ErrorCode };

/** What was turned away while its sender's card was unknown or old is read again. */
export const RETRY_QUARANTINE = 'retry-quarantine';

/** Judges a card whose signature is good, and stores what comes of it, in the caller's transaction. */
export function storeCard(db: WritableDb, incoming: IncomingCard, now: Date): CardOutcome {
  const { m, card, signer, fingerprint, by } = incoming;
  const current = findCurrentCard(db, card.office.id)?.body ?? null;
  const decision = judgeCard({ incoming: card, signer, current, fingerprint, at: now });
  if (decision.kind === 'unchanged') return decision;
  if (decision.kind === 'refuse') return { kind: 'refused', code: decision.code };
  if (claimsVaultOfOthers(card, listCurrentCards(db))) return { kind: 'refused', code: 'CARD_NOT_SIGNED_BY_OFFICE' };
  if (findCard(db, m) === null) keepCard(db, incoming, now);
  if (decision.kind === 'pending') {
    const detail = { office: card.office.id, version: card.version, comparison: decision.comparison };
    insertAlarm(db, { at: instantOf(now), code: 'CARD_NEEDS_CONFIRMATION', m, detail });
    return { kind: 'pending', comparison: decision.comparison };
  }
  putCardInForce(db, m, card, { at: instantOf(now), by, how: decision.how });
  return { kind: 'applied' };
}

/**
 * Receipts are unique by vault and copies by address: an office that listed another's could pass its own receipts off for that vault's, or
 * have that vault's copies dropped.
 */
export function claimsVaultOfOthers({ office, vaults }: OfficeCard, current: readonly CardRow[]): boolean {
  const theirs = current.filter((row) => row.office !== office.id).flatMap(({ body }) => body.vaults);
  const taken = new Set<string>(theirs.flatMap(({ id, address }) => [id, address]));
  return vaults.some(({ id, address }) => taken.has(id) || taken.has(address));
}

function keepCard(db: WritableDb, { m, card, commitBlob }: IncomingCard, now: Date): void {
  const receivedAt: Instant = instantOf(now);
  // Its words as the card has them only once it is confirmed; the row must exist for the card to hang on.
  if (findCurrentCard(db, card.office.id) === null) putOffice(db, card.office, receivedAt);
  insertCard(db, { m, body: card, blob: commitBlob(db), status: 'pending', receivedAt });
}

/** From here on messages are bound by this card. */
export function putCardInForce(db: WritableDb, m: M, card: OfficeCard, confirmation: Confirmation): void {
  confirmCard(db, m, confirmation);
  makeCardCurrent(db, m);
  putOffice(db, card.office, confirmation.at);
  insertDuty(db, RETRY_QUARANTINE, { office: card.office.id }, confirmation.at);
  const { at, by, how } = confirmation;
  const detail = { office: card.office.id, version: card.version, how };
  appendAudit(db, { at, actor: by, action: 'card-confirmed', subject: m, detail });
}
