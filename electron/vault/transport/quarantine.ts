import { renameSync, rmSync } from 'node:fs';
import { LIMITS } from '../../../shared/limits.ts';
import type { Instant } from '../../../shared/model/brand.ts';
import type { WritableDb } from '../db/handle.ts';
import {
  clearQuarantineFile,
  insertRejected,
  listPurgeable,
  type NewRejected,
  sumQuarantine,
} from '../repositories/rejected.ts';
import type { Vault } from '../vault.ts';
import { removeTransportFile } from './transport-files.ts';
import { transportPath } from './transport-folder.ts';

export type Rejection = Omit<NewRejected, 'quarantineFile' | 'purgeAt'> & {
  /** Name in `incoming/`; null where nothing was downloaded. */
  readonly file: string | null;
};

/**
 * Records an inbound package as rejected. After the commit its ciphertext is in quarantine for 30 days, or gone at once where the quota, of the
 * address or of all, leaves no room; digest and reason stay for ever.
 *
 * @returns the id of the record
 */
export function rejectPackage(
  { paths }: Pick<Vault, 'paths'>,
  db: WritableDb,
  { file, ...rejection }: Rejection,
): number {
  const used = sumQuarantine(db, rejection.address);
  const fits =
    used.total + rejection.size <= LIMITS.quarantineTotal &&
    used.address + rejection.size <= LIMITS.quarantinePerAddress;
  const kept = fits ? file : null;
  const purgeAt = kept === null ? null : instantAfter(rejection.receivedAt, LIMITS.quarantineKeep);
  const id = insertRejected(db, { ...rejection, quarantineFile: kept, purgeAt });
  if (file !== null) db.afterCommit(() => moveAway(paths, file, kept !== null));
  return id;
}

/** Removes what has been in quarantine for its time. @returns how many files went */
export async function purgeQuarantine(vault: Vault, now: Instant): Promise<number> {
  const spent = listPurgeable(vault.read, now);
  for (const { id, quarantineFile } of spent) {
    vault.write((db) => clearQuarantineFile(db, id));
    if (quarantineFile !== null) await removeTransportFile(vault, 'quarantine', quarantineFile);
  }
  return spent.length;
}

/** What does not move now moves at the next opening: the sweep goes by the rows. */
function moveAway(paths: Vault['paths'], name: string, keep: boolean): void {
  const from = transportPath(paths, 'incoming', name);
  try {
    if (keep) renameSync(from, transportPath(paths, 'quarantine', name));
    else rmSync(from, { force: true });
  } catch {
    // See above.
  }
}

function instantAfter(instant: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(instant) + milliseconds).toISOString() as Instant;
}
