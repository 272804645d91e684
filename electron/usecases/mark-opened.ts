import { AppError } from '../../shared/errors.ts';
import type { M, PersonId } from '../../shared/model/brand.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { findCurrentCard } from '../vault/repositories/cards.ts';
import { findMessage } from '../vault/repositories/messages.ts';
import { findCurrentReceipt } from '../vault/repositories/receipts.ts';
import type { OfficeContext } from './context.ts';
import { getOwnVault } from './office/own-vault.ts';
import { requireActive } from './office/require-active.ts';
import { oweReceipt } from './outgoing/owe-receipt.ts';
import { instantOf } from './uuid-v7.ts';

/**
 * A named person has displayed a message of another office: its sender gets an `opened` receipt, once.
 *
 * @returns false where it was given before, or the message is our own
 * @throws AppError MESSAGE_UNKNOWN, PERSON_UNKNOWN, VAULT_FROZEN
 */
export function markOpened(context: OfficeContext, m: M, person: PersonId): Promise<boolean> {
  const { vault, now, exclusively } = context;
  return exclusively(async () => {
    requireActive(vault.read);
    return vault.write((db) => {
      const own = getOwnVault(db);
      const row = findMessage(db, m);
      if (row === null || row.status !== 'accepted') throw new AppError('MESSAGE_UNKNOWN', { m });
      const persons = findCurrentCard(db, own.office.id)?.body.persons ?? [];
      if (!persons.some(({ id }) => id === person)) throw new AppError('PERSON_UNKNOWN');
      if (row.authorOffice === own.office.id || findCurrentReceipt(db, own.vault, 'opened', m) !== null) return false;
      const at = instantOf(now());
      const { body, signatureDigest } = row;
      oweReceipt(db, { m, message: body, signatureDigest, kind: 'opened', at, person }, now());
      appendAudit(db, { at, actor: person, action: 'message-opened', subject: m });
      return true;
    });
  });
}
