import { isAppError } from '../../../shared/errors.ts';
import type { M, OfficeId } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import type { MessageDraft } from '../../packages/container-plan.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { type DutyRow, insertDuty, removeDuty } from '../../vault/repositories/duties.ts';
import { setNonDeliveryBlob } from '../../vault/repositories/non-deliveries.ts';
import { setReceiptBlob } from '../../vault/repositories/receipts.ts';
import type { OfficeContext } from '../context.ts';
import { getReceiptSigner } from '../office/own-vault.ts';
import { noteSealedStamp } from '../trust/sealing-stamp.ts';
import { instantOf } from '../uuid-v7.ts';
import { nameMessage } from './name-message.ts';
import { type Copy, queueCopies } from './queue-copies.ts';
import { sealFile } from './seal-file.ts';

/** A receipt or sync message that is still to be sealed: every word of it is fixed, so that a crash in between cannot change what leaves. */
export const SEAL = 'seal';

export interface SealPayload {
  readonly draft: MessageDraft;
  readonly copies: readonly Copy[];
}

/** Owes a message signed by the receipt key. @returns its M */
export function oweSealing(db: WritableDb, draft: MessageDraft, copies: readonly Copy[], now: Date): M {
  const payload: SealPayload = { draft, copies };
  insertDuty(db, SEAL, payload as unknown as Json, instantOf(now));
  return nameMessage(draft);
}

export async function doSealing(context: OfficeContext, duty: DutyRow): Promise<void> {
  const { draft, copies } = duty.payload as unknown as SealPayload;
  const { vault, now } = context;
  const sealed = await sealFile(context, {
    draft,
    documents: [],
    signer: getReceiptSigner(vault.read, draft.sender.certificate),
  });
  try {
    vault.write((db) => {
      if (draft.kind === 'receipt') setReceiptBlob(db, sealed.m, sealed.blob.commit(db));
      if (draft.kind === 'non-delivery') setNonDeliveryBlob(db, sealed.m, sealed.blob.commit(db));
      queueCopies(db, sealed.m, sealed.file, copies, now());
      if (draft.kind === 'receipt') noteSealedStamp(db, sealed.m, sealed.stamp, now());
      removeDuty(db, duty.id);
    });
  } finally {
    await sealed.blob.abort();
  }
}

/**
 * Whose certificate kept the message from being sealed: one that has expired since, or does not encrypt. What is owed to others must not wait for that office.
 * Null where the error is another one.
 */
export function refusedOffice(error: unknown, duty: DutyRow): OfficeId | null {
  if (!isAppError(error) || error.code !== 'RECIPIENT_REFUSED') return null;
  const { draft } = duty.payload as unknown as SealPayload;
  return draft.recipients.find(({ certificate }) => certificate === error.params['certificate'])?.office ?? null;
}

/** Whether it asks others for what this vault lacks: the one thing that a vault without its past may send. */
export function isRequestSealing(duty: DutyRow): boolean {
  return (duty.payload as unknown as SealPayload).draft.kind === 'sync-request';
}
