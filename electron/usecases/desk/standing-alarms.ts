import type { M, OfficeId } from '../../../shared/model/brand.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { type AlarmRow, listOpenAlarms } from '../../vault/repositories/alarms.ts';
import { listPendingCards } from '../../vault/repositories/cards.ts';
import { listReceipts } from '../../vault/repositories/receipts.ts';
import { getVaultState } from '../../vault/vault-state.ts';

/**
 * Alarms that nobody has acknowledged and that still hold: a receipt that came after all, a card that was decided on, or a restored vault that may send again,
 * ends one without a person.
 */
export function listStandingAlarms(db: ReadableDb): AlarmRow[] {
  const isRestored = getVaultState(db).state === 'restored';
  const pending = new Set(listPendingCards(db).map(({ m }) => m));
  return listOpenAlarms(db).filter(({ code, m, detail }) => {
    if (code === 'VAULT_ROLLED_BACK') return isRestored;
    if (m === null) return true;
    if (code === 'CARD_NEEDS_CONFIRMATION' || code === 'CARD_VAULT_CLAIMED') return pending.has(m);
    if (code === 'DELIVERY_OVERDUE' || code === 'NOT_DELIVERED')
      return !hasAnswered(db, m, detail['office'] as OfficeId);
    return true;
  });
}

function hasAnswered(db: ReadableDb, m: M, office: OfficeId): boolean {
  return listReceipts(db, m).some((receipt) => receipt.office === office && receipt.kind !== 'opened');
}
