import { type FileHandle, mkdir, open } from 'node:fs/promises';
import type Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import type { VaultId } from '../../shared/model/brand.ts';
import { sweepPartialWrites } from '../files/atomic-write.ts';
import { isMissing, onFiles } from '../files/file-error.ts';
import { type AuditHeadKeeper, compareAuditHead, createAuditHeadKeeper } from './audit-head.ts';
import type { BlobStore } from './blobs/blob-store.ts';
import { sweepBlobs } from './blobs/sweep-blobs.ts';
import { openConnection } from './db/connection.ts';
import type { ReadableDb } from './db/handle.ts';
import { createHandles } from './db/handles.ts';
import { migrate } from './db/migrate.ts';
import { createSnapshots } from './db/snapshots.ts';
import { guarded } from './db/sqlite-error.ts';
import { type VaultKeys, zeroVaultKeys } from './keys/vault-keys.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { sweepTransportFiles } from './transport/sweep-transport-files.ts';
import type { Vault } from './vault.ts';
import type { VaultLock } from './vault-lock.ts';
import type { VaultPaths } from './vault-paths.ts';
import { markRestored } from './vault-state.ts';

export interface UnlockedVault {
  readonly id: VaultId;
  readonly paths: VaultPaths;
  readonly keys: VaultKeys;
  readonly lock: VaultLock;
  readonly now: () => Date;
}

interface Parts {
  readonly unlocked: UnlockedVault;
  readonly database: Database.Database;
  readonly file: FileHandle;
}

/** Opens the database and the folders of a vault whose keys are known and whose lock is held; both become the vault's. */
export async function openUnlocked(unlocked: UnlockedVault): Promise<Vault> {
  const { paths, keys } = unlocked;
  await makeFolders(paths);
  const file = await openDatabaseFile(paths);
  try {
    const database = openConnection(paths.database, keys.database);
    try {
      migrate(database, MIGRATIONS);
      return await assemble({ unlocked, database, file });
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    await file.close();
    throw error;
  }
}

export async function makeFolders({ blobs, incoming, outgoing, quarantine }: VaultPaths): Promise<void> {
  for (const folder of [blobs, incoming, outgoing, quarantine]) {
    await onFiles(() => mkdir(folder, { recursive: true, mode: 0o700 }));
  }
}

/** SQLite would make an empty database where there is none. */
function openDatabaseFile(paths: VaultPaths): Promise<FileHandle> {
  return onFiles(() =>
    open(paths.database, 'r').catch((error: unknown) => {
      throw isMissing(error) ? new AppError('VAULT_CORRUPT', { part: 'database' }, error) : error;
    }),
  );
}

async function assemble(parts: Parts): Promise<Vault> {
  const { unlocked, database, file } = parts;
  const { id, paths, keys, now } = unlocked;
  const { read, write } = createHandles(database);
  const blobs = createBlobStore(unlocked, read);
  const keeper = createAuditHeadKeeper(paths.auditHead, read, keys.auditHead);
  const reason = await compareAuditHead(paths.auditHead, read, keys.auditHead);
  if (reason !== null) write((db) => markRestored(db, reason, now()));
  for (const path of [paths.header, paths.auditHead]) await sweepPartialWrites(path);
  await keeper.settle();
  await sweepTransportFiles(paths, read);
  const swept = await sweepBlobs({ blobs });
  const running = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;
  return {
    id,
    paths,
    read,
    write: (task) => {
      const result = write(task);
      keeper.follow();
      return result;
    },
    blobs,
    swept,
    keys,
    snapshots: createSnapshots(database, file),
    now,
    during: async (task) => {
      if (closing !== null) throw new AppError('INTERNAL', { reason: 'the vault is closing' });
      const work = task();
      running.add(work);
      return work.finally(() => running.delete(work));
    },
    close: () => {
      closing ??= Promise.allSettled(running).then(() => release(parts, keeper));
      return closing;
    },
  };
}

function createBlobStore({ paths, keys, now }: UnlockedVault, read: ReadableDb): BlobStore {
  return {
    folder: paths.blobs,
    read,
    nameKey: keys.blobName,
    wrapKey: keys.blobWrap,
    now,
    pending: new Map(),
    held: null,
  };
}

/** Gives everything back, also where the last head could not be written. */
async function release({ unlocked, database, file }: Parts, keeper: AuditHeadKeeper): Promise<void> {
  try {
    await keeper.settle();
  } finally {
    guarded(() => database.close());
    await file.close();
    zeroVaultKeys(unlocked.keys);
    unlocked.lock.release();
  }
}
