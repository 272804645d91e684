import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { line } from '../../shared/model/schemas.ts';
import { openFolderMailbox } from '../exchange/folder-mailbox.ts';
import type { Mailbox } from '../exchange/mailbox.ts';
import type { ChannelRow } from '../vault/repositories/channels.ts';

/** A channel's configuration, by kind. */
export const folderConfig = z.strictObject({ root: line(1000) });

/** The mailboxes behind a channel. @throws AppError ROUTE_UNAVAILABLE for a kind that this version has no transport for, or a configuration it cannot read */
export function openMailbox({ kind, config }: ChannelRow): Mailbox {
  if (kind !== 'folder') throw new AppError('ROUTE_UNAVAILABLE', { kind });
  const parsed = folderConfig.safeParse(config);
  if (!parsed.success) throw new AppError('ROUTE_UNAVAILABLE', { kind, reason: 'configuration' });
  return openFolderMailbox(parsed.data.root);
}
