import type { VaultId } from '../../shared/model/brand.ts';
import type { BlobStore } from './blobs/blob-store.ts';
import type { SweepResult } from './blobs/sweep-blobs.ts';
import type { ReadableDb, WritableDb } from './db/handle.ts';
import type { NotPromise } from './db/handles.ts';
import type { Snapshots } from './db/snapshots.ts';
import type { VaultKeys } from './keys/vault-keys.ts';
import type { VaultPaths } from './vault-paths.ts';

/** An open vault. What can be done with it are functions that take it, or one of its parts. */
export interface Vault {
  readonly id: VaultId;
  readonly paths: VaultPaths;
  readonly read: ReadableDb;
  /**
   * Runs `task` in one transaction, durable when this returns and undone when `task` throws. It waits for nothing: `task` returns no promise,
   * and transactions do not nest.
   */
  write<T>(task: (db: WritableDb) => NotPromise<T>): T;
  readonly blobs: BlobStore;
  /** What opening found and put right after a crash. */
  readonly swept: SweepResult;
  readonly keys: VaultKeys;
  readonly snapshots: Snapshots;
  readonly now: () => Date;
  /** Runs work during which the vault must stay open: {@link Vault.close} waits for it. */
  during<T>(task: () => Promise<T>): Promise<T>;
  /** Waits for what runs, then lets go of files, keys and the lock. A second call does nothing. */
  close(): Promise<void>;
}
