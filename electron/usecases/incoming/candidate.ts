import type { ErrorCode } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Instant, M, Sha256 } from '../../../shared/model/brand.ts';
import type { Message } from '../../../shared/model/message.ts';
import type { BlobId } from '../../vault/blobs/blob-id.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import {
  findMessage,
  insertMessage,
  type MessageStatus,
  setMessageBlob,
  setMessageStatus,
  sumHeldOf,
} from '../../vault/repositories/messages.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { findRoom } from '../office/quota.ts';

/** A message whose verdict is good and whose sender is bound: fresh from a mailbox, or held here and asked again. */
export interface Candidate {
  readonly m: M;
  readonly message: Message;
  readonly signatureDigest: Sha256;
  /** SHA-256 of the certificate that signed it. */
  readonly signer: Sha256;
  /** When it was first durable here. */
  readonly receivedAt: Instant;
  /** Records its container; call it at most once, and only where a row refers to it. Null: the row is there already. */
  readonly commitBlob: ((db: WritableDb) => BlobId) | null;
}

/** What became of it. `rejected` alone means that nothing was written: the ciphertext goes to quarantine, and nobody is told. */
export type Outcome =
  | { readonly kind: 'accepted' | 'duplicate' | 'held' }
  | { readonly kind: 'refused' | 'rejected'; readonly code: ErrorCode };

/** Stores a candidate, or moves the row that holds it on. */
export function storeCandidate(
  db: WritableDb,
  candidate: Candidate,
  status: MessageStatus,
  code: ErrorCode | null,
): void {
  const { m, message, signatureDigest, receivedAt, commitBlob } = candidate;
  const known = findMessage(db, m);
  if (known !== null) {
    // It had expired, and its content with it.
    if (known.blob === null && commitBlob !== null) setMessageBlob(db, m, commitBlob(db));
    setMessageStatus(db, m, status, code);
    return;
  }
  if (commitBlob === null) return;
  const direction = message.author.office === getOwnVault(db).office.id ? 'out' : 'in';
  const blob = commitBlob(db);
  insertMessage(db, { m, message, signatureDigest, blob, direction, firstReceivedAt: receivedAt, status, code });
}

/**
 * Lets a candidate wait, as far as the room of its office goes. Whoever signs well can name matters and messages without end that are not here; each would wait,
 * be asked after and be looked at whenever something comes. What does not fit is turned away unanswered, so that who still wants to be heard says it again.
 */
export function holdCandidate(db: WritableDb, candidate: Candidate, code: ErrorCode): Outcome {
  const { office } = candidate.message.author;
  const isNew = findMessage(db, candidate.m) === null;
  if (isNew && office !== null && office !== getOwnVault(db).office.id) {
    const full = sumHeldOf(db, office, LIMITS.leastHeld) >= findRoom(db, office);
    if (full) return { kind: 'rejected', code: 'QUOTA_EXCEEDED' };
  }
  storeCandidate(db, candidate, 'held', code);
  return { kind: 'held' };
}
