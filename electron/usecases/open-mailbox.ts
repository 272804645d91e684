import { AppError } from '../../shared/errors.ts';
import { parseChannelConfig } from '../../shared/model/channel-config.ts';
import { openFolderMailbox } from '../exchange/folder-mailbox.ts';
import { openLayoutMailbox } from '../exchange/layout-mailbox.ts';
import type { Mailbox } from '../exchange/mailbox.ts';
import type { ChannelRow } from '../vault/repositories/channels.ts';

/**
 * The mailboxes behind a channel. The clients of servers are loaded when a channel needs them: most offices have one kind.
 *
 * @throws AppError ROUTE_UNAVAILABLE for a configuration that this version cannot read
 */
export async function openMailbox({ kind, config }: ChannelRow): Promise<Mailbox> {
  const channel = parseChannelConfig(kind, config);
  if (channel === null) throw new AppError('ROUTE_UNAVAILABLE', { kind, reason: 'configuration' });
  switch (channel.kind) {
    case 'folder':
      return openFolderMailbox(channel.config.root);
    case 'sftp':
      return openLayoutMailbox((await import('../exchange/transports/sftp-store.ts')).openSftpStore(channel.config));
    case 'webdav':
      return openLayoutMailbox(
        (await import('../exchange/transports/webdav-store.ts')).openWebdavStore(channel.config),
      );
    case 's3':
      return (await import('../exchange/transports/s3-mailbox.ts')).openS3Mailbox(channel.config);
    case 'mail':
      return (await import('../exchange/transports/mail-mailbox.ts')).openMailMailbox(channel.config);
  }
}
