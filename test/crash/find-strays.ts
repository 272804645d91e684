import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { openFolderMailbox } from '../../electron/exchange/folder-mailbox.ts';
import { getOwnVault } from '../../electron/usecases/office/own-vault.ts';
import { listBlobs } from '../../electron/vault/blobs/blob-rows.ts';
import type { Milliseconds } from '../../shared/model/brand.ts';
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
/** The owner of a mailbox sweeps half-written files after a week. */
const LATER: Milliseconds = 8 * 24 * 3600_000;

/** Files that belong to nothing after the vaults were opened and their mailboxes swept. */
export async function findStrays(share: string, parties: readonly Party[], now: Date): Promise<string[]> {
  const mailbox = openFolderMailbox(share);
  for (const { context } of parties) {
    await mailbox.sweep(getOwnVault(context.vault.read).address, new Date(now.getTime() + LATER));
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
