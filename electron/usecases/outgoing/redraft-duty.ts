import type { M } from '../../../shared/model/brand.ts';
import type { Recipient } from '../../../shared/model/message.ts';
import type { MessageDraft } from '../../packages/container-plan.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { type DutyRow, removeDuty } from '../../vault/repositories/duties.ts';
import { replaceUnsealedRecord } from '../../vault/repositories/non-deliveries.ts';
import { dropUnsealedReceipt, findReceipt, replaceUnsealedReceipt } from '../../vault/repositories/receipts.ts';
import { findDestination } from '../office/directory.ts';
import { renameRequest } from '../restore/settling.ts';
import { instantOf } from '../uuid-v7.ts';
import { nameMessage } from './name-message.ts';
import type { Copy } from './queue-copies.ts';
import { oweSealing, type SealPayload } from './seal-duty.ts';

/**
 * Words that are owed and were never sealed, drafted anew for the certificates that their recipients have now: the same id, the same words, another list of
 * recipients, hence another M. What has been sealed once is signed for the list it has and never changes (protocol.md 6): it goes out for the old
 * certificate, whose key its vault keeps. One transaction: before it the old promise stands, after it the new one.
 *
 * @returns false where the cards in force name no other certificates: the promise waits
 */
export function redraftSealing(db: WritableDb, duty: DutyRow, now: Date): boolean {
  const { draft, copies } = duty.payload as unknown as SealPayload;
  const recipients = draft.recipients.flatMap((one) => nowOf(db, one));
  const isSame = recipients.length === draft.recipients.length && recipients.every((one) => listed(draft, one));
  if (isSame || recipients.length === 0) return false;
  const before = nameMessage(draft);
  const after: MessageDraft = { ...draft, recipients };
  const m = nameMessage(after);
  removeDuty(db, duty.id);
  if (replacePromise(db, before, m, after))
    oweSealing(
      db,
      after,
      copies.flatMap((copy) => nowAt(db, copy)),
      now,
    );
  const detail = { kind: draft.kind, id: draft.id, now: m };
  appendAudit(db, { at: instantOf(now), actor: 'vault', action: 'message-redrafted', subject: before, detail });
  return true;
}

const listed = ({ recipients }: MessageDraft, { certificate }: Recipient): boolean =>
  recipients.some((one) => one.certificate === certificate);

/** The same vault under its present certificate; a vault that is retired or unknown now gets nothing. */
function nowOf(db: WritableDb, { office, vault }: Recipient): Recipient[] {
  const destination = office === null || vault === null ? null : findDestination(db, { office, vault });
  return destination === null ? [] : [{ office, vault, certificate: destination.certificate }];
}

function nowAt(db: WritableDb, copy: Copy): Copy[] {
  const destination = findDestination(db, copy);
  return destination === null ? [] : [{ ...copy, address: destination.address }];
}

/** What refers to the promise by its M. @returns false where nothing is left to be sealed */
function replacePromise(db: WritableDb, before: M, m: M, draft: MessageDraft): boolean {
  switch (draft.kind) {
    case 'receipt': {
      const old = findReceipt(db, before);
      // A newer receipt has taken its place, and says so of an M that nobody has: under another M this one would stand beside it.
      if (old === null || !(old.current || old.pos !== null)) {
        dropUnsealedReceipt(db, before);
        return false;
      }
      const sealed = findReceipt(db, m)?.blob ?? null;
      replaceUnsealedReceipt(db, old, m, { ...draft, documents: [] });
      return sealed === null;
    }
    case 'non-delivery':
      replaceUnsealedRecord(db, before, m, { ...draft, documents: [] });
      return true;
    case 'sync-request':
      renameRequest(db, before, m);
      return true;
    default:
      return true;
  }
}
