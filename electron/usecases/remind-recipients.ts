import { AppError } from '../../shared/errors.ts';
import type { M, OfficeId } from '../../shared/model/brand.ts';
import type { ReadableDb } from '../vault/db/handle.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { listOfficeChannels } from '../vault/repositories/channels.ts';
import { findMessage } from '../vault/repositories/messages.ts';
import { listOutboxOf } from '../vault/repositories/outbox.ts';
import { listReceipts } from '../vault/repositories/receipts.ts';
import type { OfficeContext } from './context.ts';
import { requireActive } from './office/require-active.ts';
import { findNextRoute } from './outgoing/next-route.ts';
import { oweResending } from './outgoing/resend-duty.ts';
import { instantOf } from './uuid-v7.ts';

/**
 * Posts a message once more to every vault that has neither delivered nor refused it: the same container in a new
 * envelope, over the route behind the one that was used last. Who has it answers "already
 * received".
 *
 * @param only one office, and one of its routes to begin with, where a person chose them
 * @returns to how many vaults
 * @throws AppError MESSAGE_UNKNOWN, VAULT_FROZEN, USAGE for a route that does not lead to the office
 */
export function remindRecipients(
  { vault, now, exclusively }: OfficeContext,
  m: M,
  by: string,
  only: { readonly office?: OfficeId; readonly route?: string } = {},
): Promise<number> {
  return exclusively(async () => {
    requireActive(vault.read);
    if (findMessage(vault.read, m)?.direction !== 'out') throw new AppError('MESSAGE_UNKNOWN', { m });
    const answered = new Set(listReceipts(vault.read, m).map((receipt) => receipt.vault));
    const silent = listOutboxOf(vault.read, m)
      .filter((copy) => copy.state === 'posted' && !answered.has(copy.vault))
      .filter(({ office }) => only.office === undefined || office === only.office);
    if (only.route !== undefined) requireRoutes(vault.read, only.route, silent);
    vault.write((db) => {
      for (const { office, vault: to } of silent) {
        oweResending(db, m, { office, vault: to }, now(), only.route ?? findNextRoute(db, m, office).next);
      }
      appendAudit(db, {
        at: instantOf(now()),
        actor: by,
        action: 'recipients-reminded',
        subject: m,
        detail: { copies: silent.length },
      });
    });
    return silent.length;
  });
}

function requireRoutes(db: ReadableDb, route: string, copies: readonly { readonly office: OfficeId }[]): void {
  const leads = (office: OfficeId): boolean => listOfficeChannels(db, office).some(({ id }) => id === route);
  if (!copies.every(({ office }) => leads(office))) throw new AppError('USAGE', { field: 'route' });
}
