import { AppError } from '../../shared/errors.ts';
import type { OfficeId } from '../../shared/model/brand.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { findCurrentCard, withdrawCards } from '../vault/repositories/cards.ts';
import { insertDuty } from '../vault/repositories/duties.ts';
import type { OfficeContext } from './context.ts';
import { getOwnVault } from './office/own-vault.ts';
import { RETRY_QUARANTINE } from './office/store-card.ts';
import { instantOf } from './uuid-v7.ts';

export interface WithdrawOffice {
  readonly office: OfficeId;
  /** Who found the card false. */
  readonly by: string;
  /** In that person's words, for the audit log. */
  readonly reason?: string;
}

/**
 * Takes back the confirmation of an office's card, because it was false: a stranger's under that name, or one that claims the devices of another office. From now
 * on the office is unknown here; its stored messages stay, unbound. The true card can then be confirmed, whatever version it has.
 *
 * @throws AppError OFFICE_UNKNOWN where no card of it is in force, USAGE for our own office
 */
export function withdrawOffice(context: OfficeContext, { office, by, reason = '' }: WithdrawOffice): Promise<void> {
  const { vault, now, exclusively } = context;
  return exclusively(async () => {
    if (office === getOwnVault(vault.read).office.id) throw new AppError('USAGE', { field: 'office' });
    const current = findCurrentCard(vault.read, office);
    if (current === null) throw new AppError('OFFICE_UNKNOWN', { office });
    const at = instantOf(now());
    vault.write((db) => {
      const cards = withdrawCards(db, office);
      const detail = { office, version: current.version, cards, reason: reason.slice(0, 500) };
      appendAudit(db, { at, actor: by, action: 'card-withdrawn', subject: current.m, detail });
      insertDuty(db, RETRY_QUARANTINE, {}, at);
    });
  });
}
