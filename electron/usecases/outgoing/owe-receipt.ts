import type { ErrorCode } from '../../../shared/errors.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Instant, M, MessageId, OfficeId, PersonId } from '../../../shared/model/brand.ts';
import { type Message, matterOf, type ReceiptMessage } from '../../../shared/model/message.ts';
import { MESSAGE_VERSION, type ReceiptKind, SUITES } from '../../../shared/model/vocabulary.ts';
import { buildReceipt, type ReceiptedMessage } from '../../exchange/receipt.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { findActiveVaultKey } from '../../vault/repositories/keys.ts';
import { listParticipants } from '../../vault/repositories/matters.ts';
import { findPosition, findPositionOf, insertPosition } from '../../vault/repositories/positions.ts';
import { findCurrentReceipt, insertReceipt, retireReceipt } from '../../vault/repositories/receipts.ts';
import { listHeads } from '../matters/matter-acts.ts';
import { type Destination, listDestinationsOf, toRecipients } from '../office/directory.ts';
import { getOwnVault, type OwnVault } from '../office/own-vault.ts';
import { instantOf, uuidV7 } from '../uuid-v7.ts';
import { planCopies } from './queue-copies.ts';
import { oweSealing } from './seal-duty.ts';

export interface ReceiptDebt extends ReceiptedMessage {
  readonly kind: ReceiptKind;
  /** When the message was durable here; for `opened`, when it was displayed. */
  readonly at: Instant;
  /** The registrar's alone. */
  readonly position?: { readonly pos: number; readonly posPrev: M | null };
  readonly code?: ErrorCode;
  readonly person?: PersonId;
}

/**
 * Promises a receipt in the transaction that makes it true: its words, its name and its place in the lead's order are fixed here. Where this vault has
 * given one of this kind before, the new one supersedes it.
 */
export function oweReceipt(db: WritableDb, debt: ReceiptDebt, now: Date): void {
  const own = getOwnVault(db);
  const matter = matterOf(debt.message);
  const earlier = findCurrentReceipt(db, own.vault, debt.kind, debt.m);
  const receipt = buildReceipt(debt, {
    kind: debt.kind,
    office: own.office.id,
    vault: own.vault,
    at: debt.at,
    heads: matter === null ? [] : listHeads(db, matter),
    position: debt.position ?? null,
    supersedes: earlier?.m ?? null,
    code: debt.code ?? null,
    person: debt.person ?? null,
  });
  const destinations = listReceivers(db, own, debt);
  const { documents: _, ...draft }: ReceiptMessage = {
    ...unattendedEnvelope(db, own, destinations, now),
    kind: 'receipt',
    matter,
    receipt,
  };
  const m = oweSealing(db, draft, planCopies(destinations, own.vault), now);
  if (earlier !== null) retireReceipt(db, earlier.m);
  const body: ReceiptMessage = { ...draft, documents: [] };
  insertReceipt(db, { m, body, flags: [], blob: null, direction: 'out', storedAt: instantOf(now), current: true });
  if (matter !== null && receipt.pos !== null) notePosition(db, body, m);
}

/** What every message under a receipt key begins with. */
export function unattendedEnvelope(db: WritableDb, own: OwnVault, destinations: readonly Destination[], now: Date) {
  const key = findActiveVaultKey(db, 'receipt');
  if (key === null) throw new AppError('KEY_MISSING', { usage: 'receipt' });
  key.key?.fill(0);
  return {
    version: MESSAGE_VERSION,
    suite: SUITES[0],
    id: uuidV7(now) as MessageId,
    author: { office: own.office.id, vault: own.vault, epoch: own.epoch },
    sender: { office: own.office.id, person: null, certificate: key.certificateSha256 },
    recipients: toRecipients(destinations),
    createdAt: instantOf(now),
    documents: [] as Message['documents'],
  } as const;
}

/** The lead's positions go to all participants, everything else to the sender's office; both to our own other vaults. */
function listReceivers(db: WritableDb, own: OwnVault, { message, position }: ReceiptDebt): Destination[] {
  const matter = matterOf(message);
  const sender = message.sender.office === null ? [] : [message.sender.office];
  const offices = position === undefined || matter === null ? sender : listParticipants(db, matter);
  return listDestinationsOf(db, [...new Set<OfficeId>([...offices, own.office.id])]);
}

/** Keeps the first receipt that gives a place; contradictions are found among the receipts themselves. */
export function notePosition(db: WritableDb, { matter, receipt }: ReceiptMessage, m: M): void {
  if (matter === null || receipt.pos === null) return;
  const taken = findPosition(db, matter, receipt.pos) ?? findPositionOf(db, matter, receipt.message);
  if (taken === null) insertPosition(db, { matter, pos: receipt.pos, message: receipt.message, receipt: m });
}
