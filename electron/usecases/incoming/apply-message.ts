import type { ErrorCode } from '../../../shared/errors.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import { type ActMessage, type EnclosureMessage, matterOf } from '../../../shared/model/message.ts';
import { type Admission, admit } from '../../exchange/admission.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { insertAlarm } from '../../vault/repositories/alarms.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findMatter, listParticipants } from '../../vault/repositories/matters.ts';
import {
  findMessage,
  listHeldMessages,
  listMessagesAtSeq,
  listMessagesById,
  type MessageRow,
} from '../../vault/repositories/messages.ts';
import { findCurrentReceipt } from '../../vault/repositories/receipts.ts';
import { getVaultState } from '../../vault/vault-state.ts';
import { noteGap } from '../matters/ask-missing.ts';
import { openMatter } from '../matters/open-matter.ts';
import { settleMatter } from '../matters/settle-matter.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { oweReceipt } from '../outgoing/owe-receipt.ts';
import { oweProof } from '../trust/note-proof.ts';
import { instantOf } from '../uuid-v7.ts';
import { applyReceipt } from './apply-receipt.ts';
import { type Candidate, holdCandidate, type Outcome, storeCandidate } from './candidate.ts';
import { repeatReceipt } from './repeat-receipt.ts';

type StateMessage = ActMessage | EnclosureMessage;

/** Applies an act or an enclosure, with everything that follows from it, in the caller's transaction. */
export function applyMessage(db: WritableDb, candidate: Candidate, message: StateMessage, now: Date): Outcome {
  const admission = judge(db, candidate, message);
  switch (admission.kind) {
    case 'reject':
      return { kind: 'rejected', code: admission.code };
    case 'duplicate':
      repeatReceipt(db, candidate.m, message, now);
      return { kind: 'duplicate' };
    case 'hold':
      return hold(db, candidate, message, admission.code, now);
    case 'refuse':
      refuse(db, candidate, message, admission, now);
      return { kind: 'refused', code: admission.code };
    case 'accept':
      accept(db, candidate, message, now);
      return { kind: 'accepted' };
  }
}

function hold(db: WritableDb, candidate: Candidate, { matter }: StateMessage, code: ErrorCode, now: Date): Outcome {
  const outcome = holdCandidate(db, candidate, code);
  if (outcome.kind === 'held') noteGap(db, matter, now);
  return outcome;
}

function judge(db: ReadableDb, { m }: Candidate, message: StateMessage): Admission {
  const matter = findMatter(db, message.matter);
  const others = [
    ...listMessagesById(db, message.id).filter((row) => isOfSameOffice(row, message)),
    ...(message.kind === 'act' ? listMessagesAtSeq(db, message.author, message.matter, message.seq) : []),
  ];
  const rivals = others.filter((row) => row.m !== m && row.status === 'accepted').map((row) => row.m);
  return admit(message, {
    ownOffice: getOwnVault(db).office.id,
    known: statusOf(db, m),
    matter: matter === null ? null : { type: matter.type, participants: listParticipants(db, matter.id) },
    rivals: [...new Set(rivals)],
  });
}

/** What expired while its matter was unknown was judged by nobody: it comes back as new. */
function statusOf(db: ReadableDb, m: M): MessageRow['status'] | null {
  const row = findMessage(db, m);
  return row?.status === 'refused' && row.code === 'MATTER_UNKNOWN' ? 'held' : (row?.status ?? null);
}

/** Everybody who has a message knows its id: only its own office can contradict itself by using it again. */
function isOfSameOffice({ kind, authorOffice }: MessageRow, { author }: StateMessage): boolean {
  return (kind === 'act' || kind === 'enclosure') && authorOffice === author.office;
}

function accept(db: WritableDb, candidate: Candidate, message: StateMessage, now: Date): void {
  storeCandidate(db, candidate, 'accepted', null);
  oweProof(db, candidate.m, now);
  if (message.kind === 'act' && findMatter(db, message.matter) === null) openMatter(db, message, now);
  settleMatter(db, message.matter, now);
  oweDelivery(db, candidate, message, now);
  const detail = { kind: message.kind, matter: message.matter, from: message.author.office };
  appendAudit(db, { at: instantOf(now), actor: 'vault', action: 'message-accepted', subject: candidate.m, detail });
  reconsiderHeld(db, message.matter, now);
  noteGap(db, message.matter, now);
}

/** The receipt for a message of another office, unless it was given with a place already. A restored vault waits until it knows what it once said. */
export function oweDelivery(
  db: WritableDb,
  { m, signatureDigest, receivedAt }: Omit<Candidate, 'commitBlob' | 'signer' | 'message'>,
  message: StateMessage,
  now: Date,
): void {
  const own = getOwnVault(db);
  if (message.author.office === own.office.id || getVaultState(db).state !== 'active') return;
  if (findCurrentReceipt(db, own.vault, 'delivered', m) !== null) return;
  oweReceipt(db, { m, message, signatureDigest, kind: 'delivered', at: receivedAt }, now);
}

function refuse(
  db: WritableDb,
  candidate: Candidate,
  message: StateMessage,
  { code, alarm, rivals }: Extract<Admission, { kind: 'refuse' }>,
  now: Date,
): void {
  storeCandidate(db, candidate, 'refused', code);
  const at = instantOf(now);
  const detail = { code, from: message.author.office, rivals: [...rivals] };
  if (alarm) insertAlarm(db, { at, code, matter: message.matter, m: candidate.m, detail });
  appendAudit(db, { at, actor: 'vault', action: 'message-refused', subject: candidate.m, detail });
  oweRefusal(db, candidate, message, code, now);
  // The lead may have given it a place all the same: for two messages under one id its choice decides.
  settleMatter(db, message.matter, now);
  reconsiderHeld(db, message.matter, now);
  noteGap(db, message.matter, now);
}

function oweRefusal(
  db: WritableDb,
  { m, signatureDigest, receivedAt }: Candidate,
  message: StateMessage,
  code: ErrorCode,
  now: Date,
): void {
  if (message.author.office === getOwnVault(db).office.id || getVaultState(db).state !== 'active') return;
  oweReceipt(db, { m, message, signatureDigest, kind: 'refused', at: receivedAt, code }, now);
}

/** What waited for this matter, or for a message of it, is asked again until nothing more moves. */
export function reconsiderHeld(db: WritableDb, matter: MatterId, now: Date): void {
  const isWaiting = ({ code }: MessageRow): boolean => code === 'MATTER_UNKNOWN' || code === 'MESSAGE_UNKNOWN';
  for (let moved = true; moved; ) {
    moved = false;
    for (const row of listHeldMessages(db, matter).filter(isWaiting)) {
      moved = reconsider(db, row, now).kind !== 'held' || moved;
    }
  }
}

function reconsider(db: WritableDb, row: MessageRow, now: Date): Outcome {
  // An earlier one in the list may have taken this one along.
  if (findMessage(db, row.m)?.status !== 'held') return { kind: 'held' };
  const candidate = heldCandidate(row);
  const { body } = row;
  const outcome =
    body.kind === 'receipt'
      ? applyReceipt(db, candidate, body, now)
      : body.kind === 'act' || body.kind === 'enclosure'
        ? applyMessage(db, candidate, body, now)
        : ({ kind: 'held' } as const);
  if (outcome.kind === 'rejected') rejectHeld(db, row, outcome.code, now);
  return outcome;
}

export function heldCandidate({ m, body, signatureDigest, senderCertificate, firstReceivedAt }: MessageRow): Candidate {
  return {
    m,
    message: body,
    signatureDigest,
    signer: senderCertificate,
    receivedAt: firstReceivedAt,
    commitBlob: null,
  };
}

/** It was held in good faith and turns out to be none of ours: kept with the reason, answered by nobody. */
function rejectHeld(db: WritableDb, row: MessageRow, code: MessageRow['code'], now: Date): void {
  storeCandidate(db, heldCandidate(row), 'refused', code);
  const detail = { code, from: row.senderOffice, matter: matterOf(row.body) };
  appendAudit(db, { at: instantOf(now), actor: 'vault', action: 'message-rejected', subject: row.m, detail });
}
