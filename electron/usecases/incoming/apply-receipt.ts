import type { ErrorCode } from '../../../shared/errors.ts';
import type { M, OfficeId, VaultId } from '../../../shared/model/brand.ts';
import type { ReceiptMessage } from '../../../shared/model/message.ts';
import { checkReceipt, currentReceipt } from '../../exchange/receipt.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findMatter, isParticipant } from '../../vault/repositories/matters.ts';
import { findMessage, type MessageRow, setMessageStatus } from '../../vault/repositories/messages.ts';
import { listOutboxOf, markOutboxPosted } from '../../vault/repositories/outbox.ts';
import { findReceipt, insertReceipt, listReceipts, setCurrentReceipt } from '../../vault/repositories/receipts.ts';
import { noteGap } from '../matters/ask-missing.ts';
import { recountMatter } from '../matters/recount-matter.ts';
import { isRegistrar, listConfirmedCards } from '../office/directory.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { notePosition } from '../outgoing/owe-receipt.ts';
import { oweProof } from '../trust/note-proof.ts';
import { instantOf } from '../uuid-v7.ts';
import { type Candidate, holdCandidate, type Outcome } from './candidate.ts';

/** Applies a receipt in the caller's transaction: never receipted itself, never a parent. */
export function applyReceipt(db: WritableDb, candidate: Candidate, receipt: ReceiptMessage, now: Date): Outcome {
  if (findReceipt(db, candidate.m) !== null) {
    releaseFrozen(db, candidate.m, now);
    return { kind: 'duplicate' };
  }
  const about = findMessage(db, receipt.receipt.message);
  // A receipt before its message: it says that there is something to ask for.
  if (about === null || about.status === 'held') {
    const outcome = holdCandidate(db, candidate, 'MESSAGE_UNKNOWN');
    if (receipt.matter !== null && outcome.kind === 'held') noteGap(db, receipt.matter, now);
    return outcome;
  }
  const fault = findFault(db, receipt, about);
  if (fault !== null) return { kind: 'rejected', code: fault };
  const { m, signatureDigest } = about;
  const { author } = receipt;
  const check = checkReceipt(
    receipt.receipt,
    author,
    { m, message: about.body, signatureDigest },
    new Date(candidate.receivedAt),
  );
  if (!check.ok) return { kind: 'rejected', code: check.code };
  store(db, candidate, receipt, check.flags, now);
  return { kind: 'accepted' };
}

function findFault(db: ReadableDb, { matter, author, receipt }: ReceiptMessage, about: MessageRow): ErrorCode | null {
  if (matter !== about.matter || author.office === null || author.vault === null) return 'RECEIPT_MISMATCH';
  if (matter !== null && !isParticipant(db, matter, author.office)) return 'NOT_A_PARTICIPANT';
  // Who was not given the files cannot say to have them: a receipt of theirs would be a lie about somebody's papers.
  if (about.body.kind === 'enclosure' && !isGiven(about, author.office)) return 'RECEIPT_MISMATCH';
  if (receipt.pos === null) return null;
  const lead = matter === null ? null : findMatter(db, matter)?.lead;
  return lead === author.office && wasRegistrar(db, author.office, author.vault) ? null : 'RECEIPT_MISMATCH';
}

function isGiven({ body }: MessageRow, office: OfficeId): boolean {
  return body.author.office === office || body.recipients.some((one) => one.office === office);
}

/** By any card ever confirmed: a place once given stays given after the registrar has changed. */
function wasRegistrar(db: ReadableDb, office: OfficeId, vault: VaultId): boolean {
  return listConfirmedCards(db, office).some((card) => isRegistrar(card, vault));
}

function store(
  db: WritableDb,
  candidate: Candidate,
  message: ReceiptMessage,
  flags: readonly string[],
  now: Date,
): void {
  const { m } = candidate;
  const { kind, office, vault, message: about, pos, code } = message.receipt;
  const held = findMessage(db, m);
  const blob = held?.blob ?? candidate.commitBlob?.(db) ?? null;
  if (held !== null) setMessageStatus(db, m, 'accepted', null);
  const direction = vault === getOwnVault(db).vault ? 'out' : 'in';
  insertReceipt(db, { m, body: message, flags, blob, direction, storedAt: candidate.receivedAt, current: false });
  oweProof(db, m, now);
  const siblings = listReceipts(db, about).filter((row) => row.vault === vault && row.kind === kind);
  const links = siblings.map((row) => ({ m: row.m, createdAt: row.body.createdAt, supersedes: row.supersedes }));
  setCurrentReceipt(db, currentReceipt(links) ?? m);
  notePosition(db, message, m);
  markPosted(db, message, now);
  if (message.matter !== null && pos !== null) {
    recountMatter(db, message.matter, now);
    noteGap(db, message.matter, now);
  }
  const detail = { kind, from: office, pos, code, receipt: m };
  appendAudit(db, { at: instantOf(now), actor: 'vault', action: 'receipt-accepted', subject: about, detail });
}

/** An own receipt that comes back did go out before the backup was restored; who lacks it can ask for it. */
function releaseFrozen(db: WritableDb, m: M, now: Date): void {
  for (const { id, state } of listOutboxOf(db, m)) if (state === 'frozen') markOutboxPosted(db, id, instantOf(now));
}

/** Who receipts a message has it: its copy need not be posted, again or at all. */
function markPosted(db: WritableDb, { receipt }: ReceiptMessage, now: Date): void {
  for (const { id, vault, state } of listOutboxOf(db, receipt.message)) {
    if (vault === receipt.vault && (state === 'queued' || state === 'frozen')) markOutboxPosted(db, id, instantOf(now));
  }
}
