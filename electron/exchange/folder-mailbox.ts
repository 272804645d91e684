import { openLayoutMailbox } from './layout-mailbox.ts';
import type { Mailbox } from './mailbox.ts';
import type { MailboxLife } from './mailbox-life.ts';
import { openFolderStore } from './transports/folder-store.ts';

/** A mailbox in a folder. `root` holds the mailboxes of all offices that use it. */
export const openFolderMailbox = (root: string, life?: MailboxLife): Mailbox =>
  openLayoutMailbox(openFolderStore(root), life);
