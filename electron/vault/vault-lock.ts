import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { AppError, type ErrorParams } from '../../shared/errors.ts';
import { toFileError } from '../files/file-error.ts';
import { guarded } from './db/sqlite-error.ts';
import type { VaultPaths } from './vault-paths.ts';

const holder = z.object({
  pid: z.int(),
  host: z.string().max(255),
  program: z.string().max(40),
  since: z.string().max(40),
});
type Holder = z.infer<typeof holder>;

export interface LockOptions {
  /** Names this process to whoever comes second, e.g. `window` or `sync`. */
  readonly program: string;
  readonly now: Date;
  /** Takes the vault over although another machine's lock stands in the folder: that machine crashed, or the folder moved. */
  readonly takeOver?: boolean;
}

export interface VaultLock {
  release(): void;
}

/**
 * One process holds a vault at a time. Truth is an exclusive lock of the operating system on the guard file, which dies with its
 * process, so that kill -9 leaves nothing to clean up and a recycled pid fools nobody; the lock file says in words who holds it.
 * Locks of network shares may not reach other machines: there the words count too.
 *
 * @throws AppError VAULT_IN_USE with the holder's `program`, `pid`, `host` and `since`
 */
export function acquireLock({ lock, guard }: VaultPaths, { program, now, takeOver = false }: LockOptions): VaultLock {
  const connection = guarded(() => new Database(guard, { timeout: 0 }));
  try {
    if (!tryExclusive(connection)) throw new AppError('VAULT_IN_USE', describe(readHolder(lock)));
    const previous = readHolder(lock);
    if (previous !== null && previous.host !== hostname() && !takeOver) {
      throw new AppError('VAULT_IN_USE', describe(previous));
    }
    const self: Holder = { pid: process.pid, host: hostname(), program, since: now.toISOString() };
    writeHolder(lock, self);
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    release: () => {
      rmSync(lock, { force: true });
      connection.close();
    },
  };
}

function tryExclusive(connection: Database.Database): boolean {
  try {
    connection.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false;
    return guarded(() => {
      throw error;
    });
  }
}

function writeHolder(path: string, self: Holder): void {
  try {
    writeFileSync(path, `${JSON.stringify(self)}\n`, { mode: 0o600 });
  } catch (error) {
    throw toFileError(error);
  }
}

/** Null where there is no lock, or nothing in it that can be read: a crash may have cut it short. */
function readHolder(path: string): Holder | null {
  try {
    return holder.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

function describe(previous: Holder | null): ErrorParams {
  return previous === null ? {} : { ...previous };
}
