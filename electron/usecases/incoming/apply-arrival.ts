import type { ErrorCode } from '../../../shared/errors.ts';
import type { M } from '../../../shared/model/brand.ts';
import { type Message, matterOf } from '../../../shared/model/message.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { findReceipt } from '../../vault/repositories/receipts.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { storeCard } from '../office/store-card.ts';
import { instantOf } from '../uuid-v7.ts';
import { applyMessage } from './apply-message.ts';
import { applyNonDelivery } from './apply-non-delivery.ts';
import { applyOffer } from './apply-offer.ts';
import { applyReceipt } from './apply-receipt.ts';
import { applySyncRequest } from './apply-sync-request.ts';
import { type Candidate, holdCandidate, type Outcome } from './candidate.ts';
import { hasInflow, hasWords, noteInflow } from './inflow.ts';
import type { Reading } from './read-arrival.ts';

export type VerifiedReading = Extract<Reading, { kind: 'verified' }>;

/** Not kept as messages: what cannot be judged now is turned away, and its sender says it again. */
const PASSING: ReadonlySet<Message['kind']> = new Set(['sync-request', 'non-delivery', 'offer', 'directory']);

/** Applies a verified package in the caller's transaction, whatever its kind. `rejected`: nothing was written. */
export function applyArrival(db: WritableDb, reading: VerifiedReading, now: Date): Outcome {
  const { m, message, signatureDigest, signer, blob, size, hold } = reading;
  const commitBlob = (to: WritableDb) => blob.commit(to);
  const candidate: Candidate = { m, message, signatureDigest, signer, receivedAt: instantOf(now), commitBlob };
  const { office } = message.author;
  const known = isKnown(db, m);
  if (!known && !(hasInflow(db, office, now) && hasWords(db, office, matterOf(message)))) {
    return { kind: 'rejected', code: 'QUOTA_EXCEEDED' };
  }
  const outcome = hold === null ? applyCandidate(db, candidate, now) : applyUndecided(db, candidate, hold, known);
  if (!known && (outcome.kind === 'accepted' || isKnown(db, m))) noteInflow(db, office, size, now);
  return outcome;
}

function applyUndecided(db: WritableDb, candidate: Candidate, hold: ErrorCode, known: boolean): Outcome {
  if (PASSING.has(candidate.message.kind)) return { kind: 'rejected', code: hold };
  // What was applied once stays so, though nobody can say today whether the certificate is revoked.
  return known ? { kind: 'duplicate' } : holdCandidate(db, candidate, hold);
}

function isKnown(db: ReadableDb, m: M): boolean {
  return findMessage(db, m) !== null || findReceipt(db, m) !== null;
}

export function applyCandidate(db: WritableDb, candidate: Candidate, now: Date): Outcome {
  const { message } = candidate;
  switch (message.kind) {
    case 'act':
    case 'enclosure':
      return applyMessage(db, candidate, message, now);
    case 'receipt':
      return applyReceipt(db, candidate, message, now);
    case 'sync-request':
      return applySyncRequest(db, candidate, message, now);
    case 'non-delivery':
      return applyNonDelivery(db, candidate, message);
    case 'directory':
      // A person takes it in, from a file.
      return { kind: 'rejected', code: 'MESSAGE_TYPE_UNKNOWN' };
    case 'offer':
      return applyOffer(db, candidate, message);
    case 'card':
      return applyCard(db, candidate, now);
  }
}

function applyCard(db: WritableDb, { m, message, signer, commitBlob }: Candidate, now: Date): Outcome {
  if (message.kind !== 'card' || commitBlob === null) return { kind: 'duplicate' };
  // Bound by the sender's confirmed card before: a card speaks for its own office alone.
  if (message.card.office.id !== message.author.office) return { kind: 'rejected', code: 'SENDER_NOT_BOUND' };
  const by = getOwnVault(db).vault === message.author.vault ? 'self' : 'vault';
  const outcome = storeCard(db, { m, card: message.card, signer, fingerprint: null, by, commitBlob }, now);
  switch (outcome.kind) {
    case 'applied':
      return { kind: 'accepted' };
    case 'unchanged':
      return { kind: 'duplicate' };
    case 'pending':
      return { kind: 'held' };
    case 'refused':
      return { kind: 'rejected', code: outcome.code };
  }
}
