import { AppError } from '../../shared/errors.ts';
import type { M } from '../../shared/model/brand.ts';
import type { ReadableDb } from '../vault/db/handle.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { cancelOutboxItem, listFrozenOutbox, type OutboxRow, releaseOutboxItem } from '../vault/repositories/outbox.ts';
import { listReceipts } from '../vault/repositories/receipts.ts';
import type { OfficeContext } from './context.ts';
import { requireActive } from './office/require-active.ts';
import { instantOf } from './uuid-v7.ts';

/** Copies that were queued in a restored backup and of which nobody has shown that they went out. */
export function listUnconfirmed({ vault }: OfficeContext): OutboxRow[] {
  return listFrozenOutbox(vault.read);
}

/**
 * A person decides on frozen copies: what is sent goes with the same container, signed once and for all; what is not never leaves.
 *
 * @returns how many were decided
 * @throws AppError VAULT_FROZEN while the vault does not know its past yet, USAGE where an act is to be dropped to which the lead has given a place
 */
export function confirmOutbox(
  { vault, now, exclusively }: OfficeContext,
  decision: 'send' | 'drop',
  ids: readonly number[],
  by: string,
): Promise<number> {
  return exclusively(async () => {
    requireActive(vault.read);
    const chosen = listFrozenOutbox(vault.read).filter(({ id }) => ids.includes(id));
    const at = instantOf(now());
    if (decision === 'drop' && chosen.some(({ m }) => hasPlace(vault.read, m))) {
      throw new AppError('USAGE', { reason: 'it has its place already' });
    }
    vault.write((db) => {
      for (const { id, m, office } of chosen) {
        if (decision === 'send') releaseOutboxItem(db, id, at);
        else cancelOutboxItem(db, id);
        const action = decision === 'send' ? 'outbox-confirmed' : 'outbox-dropped';
        appendAudit(db, { at, actor: by, action, subject: m, detail: { office } });
      }
    });
    return chosen.length;
  });
}

/** What comes after it names it: without it nobody could count on. */
function hasPlace(db: ReadableDb, m: M): boolean {
  return listReceipts(db, m).some(({ pos }) => pos !== null);
}
