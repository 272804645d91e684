import type { FileHandle } from 'node:fs/promises';
import type Database from 'better-sqlite3';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { guarded } from './sqlite-error.ts';

/** SQLite's own default: pages in the write-ahead log after which a commit moves them into the database file. */
const AUTO_CHECKPOINT = 1000;

export interface Snapshot<T> {
  /** The database file: it does not change until {@link Snapshot.release}. The descriptor stays the vault's. */
  readonly file: FileHandle;
  readonly size: Bytes;
  /** What `look` saw at the moment of the snapshot. */
  readonly seen: T;
  release(): void;
}

export interface Snapshots {
  /**
   * Freezes the database file while work goes on: all that was committed is moved into it, later commits stay in the write-ahead log. `look`
   * runs at the same moment. One at a time.
   *
   * @throws AppError VAULT_IN_USE while another snapshot stands
   */
  take<T>(look: () => T): Promise<Snapshot<T>>;
}

/**
 * @param file a descriptor of the database that lives as long as the connection: closing any descriptor of a file drops this process's POSIX
 *   locks on it (fcntl(2)), SQLite's among them
 */
export function createSnapshots(database: Database.Database, file: FileHandle): Snapshots {
  let standing = false;
  return {
    take: async (look) => {
      if (standing) throw new AppError('VAULT_IN_USE', { reason: 'backup' });
      standing = true;
      const release = (): void => {
        standing = false;
        database.pragma(`wal_autocheckpoint = ${AUTO_CHECKPOINT}`);
      };
      try {
        guarded(() => freeze(database));
        const seen = look();
        const { size } = await file.stat();
        return { file, size, seen, release };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

function freeze(database: Database.Database): void {
  database.pragma('wal_autocheckpoint = 0');
  const [result] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (result?.busy !== 0) throw new AppError('VAULT_IN_USE', { reason: 'checkpoint' });
}
