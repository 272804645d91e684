import type { M, Milliseconds, OfficeId } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import type { MailboxName } from '../../exchange/mailbox.ts';
import { randomMailboxName } from '../../exchange/mailbox-name.ts';
import type { Asker } from '../../exchange/sync.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { type DutyRow, insertDuty, removeDuty } from '../../vault/repositories/duties.ts';
import { removeTransportFile } from '../../vault/transport/transport-files.ts';
import type { OfficeContext } from '../context.ts';
import { findDestination, getRecipientCertificates } from '../office/directory.ts';
import { instantOf } from '../uuid-v7.ts';
import { findStored } from './ensure-package.ts';
import { putFile } from './post-outbox.ts';
import { resealFile } from './seal-file.ts';

/** A stored package that goes to one mailbox once more, in a new envelope. */
export const RESEND = 'resend';

/** Who could not be reached for so long will ask again. */
const LIFE: Milliseconds = 7 * 24 * 3600_000;

interface ResendPayload {
  readonly m: M;
  readonly to: Asker;
  readonly mailboxName: MailboxName;
}

export function oweResending(db: WritableDb, m: M, to: Asker, now: Date): void {
  const payload: ResendPayload = { m, to: { office: to.office, vault: to.vault }, mailboxName: randomMailboxName() };
  insertDuty(db, RESEND, payload as unknown as Json, instantOf(now));
}

/** Whose mailbox a duty is for. */
export function resendOffice(duty: DutyRow): OfficeId {
  return (duty.payload as unknown as ResendPayload).to.office;
}

/**
 * @returns false where there was nothing to send, or nobody to send it to, any more
 * @throws AppError ROUTE_UNAVAILABLE, after which the duty stands
 */
export async function doResending(context: OfficeContext, duty: DutyRow, signal?: AbortSignal): Promise<boolean> {
  const { vault, now } = context;
  const { m, to, mailboxName } = duty.payload as unknown as ResendPayload;
  const stored = findStored(vault.read, m);
  const destination = findDestination(vault.read, to);
  const isOver = now().getTime() - Date.parse(duty.createdAt) > LIFE;
  const isDue = stored !== null && destination !== null && !isOver;
  if (isDue) {
    const recipients = getRecipientCertificates(context, vault.read, stored.recipients);
    const { name: file } = await resealFile(context, stored.blob, recipients);
    try {
      await putFile(context, { office: to.office, address: destination.address, mailboxName, file }, signal);
    } finally {
      await removeTransportFile(vault, 'outgoing', file);
    }
  }
  vault.write((db) => removeDuty(db, duty.id));
  return isDue;
}
