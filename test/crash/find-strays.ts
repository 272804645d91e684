import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { openFolderMailbox } from '../../electron/exchange/folder-mailbox.ts';
import { getOwnVault } from '../../electron/usecases/office/own-vault.ts';
import { listBlobs } from '../../electron/vault/blobs/blob-rows.ts';
import type { Party } from '../fixtures/exchange-lab.ts';
import { filesBelow } from '../fixtures/vault-material.ts';

/** What an open vault has in its folder beside its subfolders. */
const OF_A_VAULT = new Set([
  'audit-head.json',
  'lexpost.db',
  'lexpost.db-shm',
  'lexpost.db-wal',
  'lock',
  'lock.guard',
  'lock.guard-journal',
  'vault.json',
]);
/** As if a week had gone by, after which the owner of a mailbox sweeps half-written files. */
const OVER = { claim: 0, partial: 0 };

/** Files that belong to nothing after the vaults were opened and their mailboxes swept. */
export async function findStrays(share: string, parties: readonly Party[]): Promise<string[]> {
  const mailbox = openFolderMailbox(share, OVER);
  for (const { context } of parties) {
    await mailbox.sweep(getOwnVault(context.vault.read).address);
  }
  return [...filesBelow(share), ...parties.flatMap(straysOf)];
}

function straysOf({ context }: Party): string[] {
  const { paths, read } = context.vault;
  const loose = readdirSync(paths.dir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !OF_A_VAULT.has(entry.name))
    .map(({ name }) => `${paths.dir}: ${name}`);
  const rows = new Set<string>(listBlobs(read).map(({ id }) => id));
  const blobs = filesBelow(paths.blobs).filter((path) => !rows.has(basename(path)));
  // Nothing waits and nothing was turned away: no row names a file in these.
  const transport = [paths.incoming, paths.outgoing, paths.quarantine].flatMap(filesBelow);
  return [...loose, ...blobs, ...transport];
}
