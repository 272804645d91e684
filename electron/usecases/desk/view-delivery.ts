import { AppError } from '../../../shared/errors.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { M, OfficeId } from '../../../shared/model/brand.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listAttempts } from '../../vault/repositories/attempts.ts';
import { listOfficeChannels } from '../../vault/repositories/channels.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { listNonDeliveries } from '../../vault/repositories/non-deliveries.ts';
import { listWatchesOf } from '../../vault/repositories/watches.ts';
import type { OfficeContext } from '../context.ts';
import { findNextRoute } from '../outgoing/next-route.ts';
import { showSettings } from '../settings.ts';
import { viewMessage } from './view-message.ts';

type Shown = ResponseOf<'delivery:show'>;

/** Tries that a window shows, the newest first: a route that is tried every few minutes for a month fills no screen. */
const MOST = 200;

/** How far a message of ours has come with each office, and everything that was tried. @throws AppError MESSAGE_UNKNOWN where it is none of ours */
export function viewDelivery({ vault: { read } }: OfficeContext, m: M): Shown {
  const row = findMessage(read, m);
  if (row?.direction !== 'out') throw new AppError('MESSAGE_UNKNOWN', { m });
  return {
    receiptWithin: showSettings(read).receiptWithin,
    offices: viewMessage(read, row).delivery.map((delivery) => viewOffice(read, m, delivery)),
  };
}

function viewOffice(read: ReadableDb, m: M, delivery: Shown['offices'][number]['delivery']): Shown['offices'][number] {
  const office = delivery.office.id;
  const attempts = listAttempts(read, m, office);
  const { last, next } = findNextRoute(read, m, office);
  const watch = listWatchesOf(read, m).find((one) => one.office === office);
  return {
    delivery,
    watch:
      watch === undefined
        ? null
        : { stage: watch.stage, since: watch.since, nextAt: watch.nextAt === '' ? null : watch.nextAt },
    routes: { all: listOfficeChannels(read, office).map(({ id }) => id), last, next },
    attempts: attempts
      .slice(-MOST)
      .reverse()
      .map(({ at, channel, kind, code }) => ({ at, route: channel, kind, code })),
    attemptsInAll: attempts.length,
    records: recordsOf(read, m, office),
  };
}

function recordsOf(read: ReadableDb, m: M, office: OfficeId): Shown['offices'][number]['records'] {
  return listNonDeliveries(read, m)
    .filter((record) => record.office === office)
    .map(({ m: record, recordedAt, blob, supersededAt, body }) => ({
      m: record,
      recordedAt,
      attempts: body.record.attemptsInAll,
      sealed: blob !== null,
      supersededAt,
    }));
}
