import type { Instant } from '../../../shared/model/brand.ts';
import { afterWorkingDays } from '../../../shared/procedures/clock/after-working-days.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { insertAlarm } from '../../vault/repositories/alarms.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findMessage, type MessageRow } from '../../vault/repositories/messages.ts';
import { listOutboxOf } from '../../vault/repositories/outbox.ts';
import { endWatch, listDueWatches, moveWatch, type WatchRow } from '../../vault/repositories/watches.ts';
import { getVaultState } from '../../vault/vault-state.ts';
import type { OfficeContext } from '../context.ts';
import { showSettings } from '../settings.ts';
import { instantOf } from '../uuid-v7.ts';
import { findNextRoute } from './next-route.ts';
import { oweNonDelivery } from './owe-non-delivery.ts';
import { oweResending } from './resend-duty.ts';

const BATCH = 200;

export interface WatchResult {
  overdue: number;
  undelivered: number;
}

/**
 * What follows from silence. After one period a person is warned and the same container goes once more, over the office's next route where it has
 * one; after another one a record of non-delivery is signed. A receipt ends it at any time, before or after.
 */
export async function watchDeliveries({ vault, now, exclusively }: OfficeContext): Promise<WatchResult> {
  const result: WatchResult = { overdue: 0, undelivered: 0 };
  // A restored vault does not know yet who has answered.
  if (getVaultState(vault.read).state !== 'active') return result;
  for (;;) {
    const due = listDueWatches(vault.read, instantOf(now()), BATCH);
    if (due.length === 0) return result;
    await exclusively(async () =>
      vault.write((db) => {
        for (const watch of due) step(db, watch, result, now());
      }),
    );
  }
}

function step(db: WritableDb, watch: WatchRow, result: WatchResult, now: Date): void {
  const patience = showSettings(db).receiptWithin;
  const row = findMessage(db, watch.m);
  const states = new Set(copiesOf(db, watch).map(({ state }) => state));
  if (row === null || (states.size === 1 && states.has('cancelled'))) {
    endWatch(db, watch);
    return;
  }
  const due = later(watch.nextAt === '' ? Date.parse(watch.since) : now.getTime(), patience);
  // First looked at; or a person has yet to say whether it leaves at all.
  if ((watch.nextAt === '' && due > instantOf(now)) || (states.size === 1 && states.has('frozen'))) {
    moveWatch(db, watch, watch.stage, watch.nextAt === '' ? due : later(now.getTime(), patience));
    return;
  }
  if (watch.stage === 'overdue') {
    oweNonDelivery(db, row, watch, 'vault', now);
    result.undelivered++;
    return;
  }
  warn(db, row, watch, now);
  moveWatch(db, watch, 'overdue', later(now.getTime(), patience));
  result.overdue++;
}

const later = (time: number, patience: number): Instant => instantOf(new Date(afterWorkingDays(time, patience)));

const copiesOf = (db: ReadableDb, { m, office }: WatchRow) =>
  listOutboxOf(db, m).filter((copy) => copy.office === office);

function warn(db: WritableDb, row: MessageRow, watch: WatchRow, now: Date): void {
  const { m, office } = watch;
  const { last, next } = findNextRoute(db, m, office);
  for (const { vault, state } of copiesOf(db, watch)) {
    // What waits in the outbox tries every route already.
    if (state === 'posted') oweResending(db, m, { office, vault }, now, next);
  }
  const at = instantOf(now);
  const detail = { office, route: last, next };
  insertAlarm(db, { at, code: 'DELIVERY_OVERDUE', matter: row.matter, m, detail });
  appendAudit(db, { at, actor: 'vault', action: 'delivery-overdue', subject: m, detail });
}
