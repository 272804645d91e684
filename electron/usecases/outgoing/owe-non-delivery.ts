import { LIMITS } from '../../../shared/limits.ts';
import type { M } from '../../../shared/model/brand.ts';
import type { DeliveryAttempt, NonDeliveryMessage } from '../../../shared/model/message.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { insertAlarm } from '../../vault/repositories/alarms.ts';
import { type AttemptRow, listAttempts } from '../../vault/repositories/attempts.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import type { MessageRow } from '../../vault/repositories/messages.ts';
import { insertNonDelivery } from '../../vault/repositories/non-deliveries.ts';
import { moveWatch, type WatchRow } from '../../vault/repositories/watches.ts';
import { listDestinationsOf } from '../office/directory.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { instantOf } from '../uuid-v7.ts';
import { unattendedEnvelope } from './owe-receipt.ts';
import { planCopies } from './queue-copies.ts';
import { oweSealing } from './seal-duty.ts';

/**
 * Records, under the vault's receipt key, that an office has not acknowledged a message, with every try of ours. The record is for this office alone: it
 * proves nothing against the other one, and says so in its own words.
 *
 * @param by person, or `vault`
 * @returns M of the record
 */
export function oweNonDelivery(db: WritableDb, row: MessageRow, watch: WatchRow, by: string, now: Date): M {
  const own = getOwnVault(db);
  const destinations = listDestinationsOf(db, [own.office.id]);
  const attempts = listAttempts(db, row.m, watch.office).map(toWords);
  const draft: NonDeliveryMessage = {
    ...unattendedEnvelope(db, own, destinations, now),
    kind: 'non-delivery',
    matter: row.matter,
    record: {
      message: row.m,
      messageId: row.body.id,
      signatureDigest: row.signatureDigest,
      office: watch.office,
      since: watch.since,
      attempts: firstAndLast(attempts),
      attemptsInAll: attempts.length,
      proves: 'attempts-of-the-sender',
      provesNot: 'anything-against-the-recipient',
    },
  };
  const { documents: _, ...words } = draft;
  const m = oweSealing(db, words, planCopies(destinations, own.vault), now);
  insertNonDelivery(db, m, draft, null);
  const at = instantOf(now);
  moveWatch(db, watch, 'recorded', at);
  const detail = { office: watch.office, record: m, attempts: attempts.length };
  insertAlarm(db, { at, code: 'NOT_DELIVERED', matter: row.matter, m: row.m, detail });
  appendAudit(db, { at, actor: by, action: 'non-delivery-recorded', subject: row.m, detail });
  return m;
}

function toWords({ vault, channel, kind, at, code }: AttemptRow): DeliveryAttempt {
  return { vault, route: channel === null || kind === null ? null : { id: channel, kind }, at, code };
}

/** The first ones show that it was tried in time, the last ones that it was not given up too early. */
function firstAndLast(attempts: readonly DeliveryAttempt[]): DeliveryAttempt[] {
  if (attempts.length <= LIMITS.recordedAttempts) return [...attempts];
  const half = LIMITS.recordedAttempts / 2;
  return [...attempts.slice(0, half), ...attempts.slice(-half)];
}
