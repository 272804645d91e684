import type { Address, M, OfficeId, VaultId } from '../../../shared/model/brand.ts';
import type { MailboxName } from '../../exchange/mailbox.ts';
import { randomMailboxName } from '../../exchange/mailbox-name.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { insertOutboxItem } from '../../vault/repositories/outbox.ts';
import { insertPackage } from '../../vault/repositories/packages.ts';
import type { TransportFile } from '../../vault/transport/transport-files.ts';
import type { Destination } from '../office/directory.ts';
import { instantOf } from '../uuid-v7.ts';

/** One copy for one mailbox; its name there is chosen before it is posted, so that posting again writes the same file. */
export interface Copy {
  readonly office: OfficeId;
  readonly vault: VaultId;
  readonly address: Address;
  readonly mailboxName: MailboxName;
}

/** One copy for every mailbox but our own. */
export function planCopies(destinations: readonly Destination[], own: VaultId): Copy[] {
  return destinations
    .filter(({ vault }) => vault !== own)
    .map(({ office, vault, address }) => ({ office, vault, address, mailboxName: randomMailboxName() }));
}

/** Call it in the transaction that stores the message: from then on the copies leave, whatever happens. */
export function queueCopies(
  db: WritableDb,
  m: M,
  { name, digest, size }: TransportFile,
  copies: readonly Copy[],
  now: Date,
): void {
  const createdAt = instantOf(now);
  insertPackage(db, { digest, size, m, file: name, createdAt });
  for (const copy of copies) insertOutboxItem(db, { ...copy, m, channel: null, state: 'queued', createdAt });
}
