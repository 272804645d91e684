import { openLayoutMailbox } from './layout-mailbox.ts';
import type { Mailbox } from './mailbox.ts';
import { openFolderStore } from './transports/folder-store.ts';

/** A mailbox in a folder. `root` holds the mailboxes of all offices that use it. */
export const openFolderMailbox = (root: string): Mailbox => openLayoutMailbox(openFolderStore(root));
