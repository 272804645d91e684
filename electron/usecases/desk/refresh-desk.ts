import { listStaleDesk, putDeskRow } from '../../vault/repositories/desk-list.ts';
import type { OfficeContext } from '../context.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { deriveDeskRow } from './derive-desk-row.ts';

/** Rows of one transaction: some 30 ms. */
const BATCH = 20;

/**
 * Brings rows of lists up to date. Before a list is read a few are enough: what came last is the last to be out of date, and {@link refreshWholeDesk} sees to
 * the rest.
 *
 * @returns how many were out of date, at most `limit`
 */
export function refreshDesk({ vault, now }: OfficeContext, limit = BATCH): number {
  const stale = listStaleDesk(vault.read, limit);
  if (stale.length === 0) return 0;
  const own = getOwnVault(vault.read).office.id;
  vault.write((db) => {
    for (const matter of stale) {
      const derived = deriveDeskRow(db, matter, own, now());
      if (derived !== null) putDeskRow(db, derived.row, derived.ended);
    }
  });
  return stale.length;
}

/** Brings all up to date, a few at a time, so that whatever else the process has to do comes in between. */
export async function refreshWholeDesk(context: OfficeContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && refreshDesk(context) > 0) await new Promise(setImmediate);
}
