import type { M, Milliseconds, OfficeId } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import { delayAfter, drawChance, POSTING } from '../../exchange/backoff.ts';
import type { MailboxName } from '../../exchange/mailbox.ts';
import { randomMailboxName } from '../../exchange/mailbox-name.ts';
import { isRouteError } from '../../exchange/route-error.ts';
import type { Asker } from '../../exchange/sync.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { type DutyRow, insertDuty, removeDuty, replaceDutyPayload } from '../../vault/repositories/duties.ts';
import { removeTransportFile } from '../../vault/transport/transport-files.ts';
import type { OfficeContext } from '../context.ts';
import { findDestination, getRecipientCertificates } from '../office/directory.ts';
import { instantOf } from '../uuid-v7.ts';
import { findStored } from './ensure-package.ts';
import { oweOffer } from './owe-offer.ts';
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
  /** The route to begin with; absent: the first of the office. */
  readonly route?: string | null;
  /** Tries that failed, and when the next one is due. Milliseconds since 1970. */
  readonly attempts?: number;
  readonly nextAt?: number;
}

/** @param route the route to begin with, where the first one seems to lead nowhere */
export function oweResending(db: WritableDb, m: M, to: Asker, now: Date, route: string | null = null): void {
  const { office, vault } = to;
  const payload: ResendPayload = { m, to: { office, vault }, mailboxName: randomMailboxName(), route };
  insertDuty(db, RESEND, payload as unknown as Json, instantOf(now));
}

/** Whose mailbox a duty is for. */
export function resendOffice(duty: DutyRow): OfficeId {
  return (duty.payload as unknown as ResendPayload).to.office;
}

/** Whether a duty waits after a failure. */
export function isResendWaiting(duty: DutyRow, now: Date): boolean {
  return now.getTime() < ((duty.payload as unknown as ResendPayload).nextAt ?? 0);
}

/**
 * @returns false where there was nothing to send, or nobody to send it to, any more
 * @throws AppError ROUTE_UNAVAILABLE, after which the duty stands and waits
 */
export async function doResending(context: OfficeContext, duty: DutyRow, signal?: AbortSignal): Promise<boolean> {
  const { vault, now } = context;
  const payload = duty.payload as unknown as ResendPayload;
  const { m, to, mailboxName, route = null } = payload;
  const stored = findStored(vault.read, m);
  const destination = findDestination(vault.read, to);
  const isOver = now().getTime() - Date.parse(duty.createdAt) > LIFE;
  if (stored === null || destination === null || isOver) {
    vault.write((db) => removeDuty(db, duty.id));
    return false;
  }
  const recipients = getRecipientCertificates(context, vault.read, stored.recipients);
  const sealed = await resealFile(context, stored.blob, recipients);
  try {
    const parcel = { m, ...to, address: destination.address, mailboxName, file: sealed.name, route };
    const done = (db: WritableDb): void => {
      removeDuty(db, duty.id);
      oweOffer(db, m, sealed, [to.office], now());
    };
    await putFile(context, parcel, done, signal);
  } catch (error) {
    if (isRouteError(error)) postpone(context, duty.id, payload);
    throw error;
  } finally {
    await removeTransportFile(vault, 'outgoing', sealed.name);
  }
  return true;
}

function postpone({ vault, now, random }: OfficeContext, id: number, payload: ResendPayload): void {
  const attempts = (payload.attempts ?? 0) + 1;
  const nextAt = now().getTime() + delayAfter(attempts, POSTING, drawChance(random));
  vault.write((db) => replaceDutyPayload(db, id, { ...payload, attempts, nextAt } as unknown as Json));
}
