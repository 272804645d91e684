import Database from 'better-sqlite3';
import { AppError, type ErrorCode, isAppError } from '../../../shared/errors.ts';

const CODES: readonly (readonly [prefix: string, code: ErrorCode])[] = [
  ['SQLITE_FULL', 'DISK_FULL'],
  ['SQLITE_CORRUPT', 'VAULT_CORRUPT'],
  ['SQLITE_NOTADB', 'VAULT_CORRUPT'],
  ['SQLITE_IOERR', 'IO_ERROR'],
  ['SQLITE_READONLY', 'FOLDER_NOT_WRITABLE'],
  ['SQLITE_CANTOPEN', 'FOLDER_NOT_WRITABLE'],
  ['SQLITE_BUSY', 'VAULT_IN_USE'],
];

/**
 * The AppError for whatever a database call threw; other errors pass unchanged. A broken constraint becomes INTERNAL with its
 * name: SQLite's text names columns, never values.
 */
export function toDatabaseError(error: unknown): unknown {
  if (isAppError(error) || !(error instanceof Database.SqliteError)) return error;
  const found = CODES.find(([prefix]) => error.code.startsWith(prefix));
  if (found !== undefined) return new AppError(found[1], { sqlite: error.code }, error);
  const reason = error.code.startsWith('SQLITE_CONSTRAINT') ? error.message : 'database';
  return new AppError('INTERNAL', { sqlite: error.code, reason }, error);
}

/** Runs `task` with its database errors turned into AppErrors. */
export function guarded<T>(task: () => T): T {
  try {
    return task();
  } catch (error) {
    throw toDatabaseError(error);
  }
}
