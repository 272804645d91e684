import { readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { PARTIAL_SUFFIX } from '../../files/atomic-write.ts';
import { onFiles } from '../../files/file-error.ts';
import type { ReadableDb } from '../db/handle.ts';
import type { VaultPaths } from '../vault-paths.ts';
import { TRANSPORT_NAME, transportPath } from './transport-folder.ts';

/** Removes files that no row names, and finishes moves into quarantine that a crash interrupted. Call it while nobody writes, on open. */
export async function sweepTransportFiles(paths: VaultPaths, db: ReadableDb): Promise<void> {
  const quarantined = namesOf(db, 'SELECT quarantine_file AS file FROM rejected WHERE quarantine_file IS NOT NULL');
  for (const name of await onFiles(() => readdir(paths.incoming))) {
    if (!quarantined.has(name)) continue;
    await onFiles(() => rename(transportPath(paths, 'incoming', name), transportPath(paths, 'quarantine', name)));
  }
  await keepOnly(paths.quarantine, quarantined);
  await keepOnly(paths.incoming, namesOf(db, 'SELECT file FROM inbox WHERE file IS NOT NULL'));
  await keepOnly(paths.outgoing, namesOf(db, 'SELECT file FROM packages'));
}

function namesOf(db: ReadableDb, sql: string): Set<string> {
  return new Set(db.all<{ file: string }>(sql).map(({ file }) => file));
}

async function keepOnly(folder: string, names: ReadonlySet<string>): Promise<void> {
  for (const name of await onFiles(() => readdir(folder))) {
    const ours = TRANSPORT_NAME.test(name) || name.endsWith(PARTIAL_SUFFIX);
    if (ours && !names.has(name)) await onFiles(() => unlink(join(folder, name)));
  }
}
