import { AppError } from '../../shared/errors.ts';
import type { M, OfficeId } from '../../shared/model/brand.ts';
import { findMessage } from '../vault/repositories/messages.ts';
import { listWatchesOf } from '../vault/repositories/watches.ts';
import type { OfficeContext } from './context.ts';
import { requireActive } from './office/require-active.ts';
import { oweNonDelivery } from './outgoing/owe-non-delivery.ts';

/**
 * Signs the record of non-delivery for every office that has not answered yet, before its time: a person has reason to hand the papers over otherwise.
 *
 * @returns the records by office; empty where everybody has answered, or is on record already
 * @throws AppError MESSAGE_UNKNOWN, VAULT_FROZEN
 */
export function giveUpDelivery(
  { vault, now, exclusively }: OfficeContext,
  m: M,
  by: string,
): Promise<{ readonly office: OfficeId; readonly record: M }[]> {
  return exclusively(async () => {
    requireActive(vault.read);
    const row = findMessage(vault.read, m);
    if (row?.direction !== 'out') throw new AppError('MESSAGE_UNKNOWN', { m });
    const silent = listWatchesOf(vault.read, m).filter(({ stage }) => stage !== 'recorded');
    return vault.write((db) =>
      silent.map((watch) => ({ office: watch.office, record: oweNonDelivery(db, row, watch, by, now()) })),
    );
  });
}
