import { LIMITS } from '../../../shared/limits.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import { deleteBlob } from '../../vault/blobs/delete-blob.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { listHeldFor, type MessageRow, setMessageBlob, setMessageStatus } from '../../vault/repositories/messages.ts';
import { dropOffersBefore } from '../../vault/repositories/offers.ts';
import { insertRejected } from '../../vault/repositories/rejected.ts';
import type { OfficeContext } from '../context.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { instantOf } from '../uuid-v7.ts';

const BATCH = 200;

/**
 * Gives back the room of what waited in vain: messages of matters that never opened here, and offers whose package never came. Digest and reason stay, the
 * content goes; should the matter open after all, the message is asked for and taken as if it were new.
 *
 * @returns how many messages went
 */
export async function expireHeld({ vault, now, exclusively }: OfficeContext): Promise<number> {
  const heldSince = instantOf(new Date(now().getTime() - LIMITS.heldKeep));
  const offeredSince = instantOf(new Date(now().getTime() - LIMITS.offerKeep));
  const spent = listHeldFor(vault.read, 'MATTER_UNKNOWN', BATCH).filter((row) => row.firstReceivedAt < heldSince);
  await exclusively(async () =>
    vault.write((db) => {
      dropOffersBefore(db, offeredSince);
      for (const row of spent) expire({ vault, now }, db, row);
    }),
  );
  return spent.length;
}

function expire(
  { vault, now }: Pick<OfficeContext, 'vault' | 'now'>,
  db: Parameters<Parameters<OfficeContext['vault']['write']>[0]>[0],
  row: MessageRow,
): void {
  const { m, blob, senderOffice, matter } = row;
  const at = instantOf(now());
  const detail = { m, from: senderOffice, matter };
  setMessageStatus(db, m, 'refused', 'MATTER_UNKNOWN');
  if (blob !== null) {
    setMessageBlob(db, m, null);
    deleteBlob(vault, db, blob);
  }
  insertRejected(db, {
    digest: m as string as Sha256,
    size: 0,
    code: 'MATTER_UNKNOWN',
    detail,
    address: getOwnVault(db).address,
    receivedAt: row.firstReceivedAt,
    quarantineFile: null,
    purgeAt: null,
  });
  appendAudit(db, { at, actor: 'vault', action: 'message-expired', subject: m, detail });
}
