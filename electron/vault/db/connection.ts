import Database from 'better-sqlite3';
import { AppError } from '../../../shared/errors.ts';
import { guarded, toDatabaseError } from './sqlite-error.ts';

/**
 * Opens an encrypted database: SQLCipher 4, a raw key of 32 bytes, every page authenticated.
 *
 * @throws AppError VAULT_CORRUPT where the key does not open it, FOLDER_NOT_WRITABLE, IO_ERROR
 */
export function openConnection(path: string, key: Buffer): Database.Database {
  const database = guarded(() => new Database(path, { timeout: 0 }));
  try {
    applyKey(database, key);
    configure(database);
    return database;
  } catch (error) {
    database.close();
    throw toDatabaseError(error);
  }
}

function applyKey(database: Database.Database, key: Buffer): void {
  database.pragma("cipher = 'sqlcipher'");
  database.pragma('legacy = 4');
  const literal = Buffer.from(`x'${key.toString('hex')}'`, 'ascii');
  const status = (database as KeyedDatabase).key(literal);
  literal.fill(0);
  if (status !== 0) throw new AppError('INTERNAL', { reason: 'database key' });
}

/** The cipher build's own method, which the published types of plain better-sqlite3 lack. */
interface KeyedDatabase extends Database.Database {
  key(key: Buffer): number;
}

function configure(database: Database.Database): void {
  // 64 MiB of decrypted pages: what keeps point reads and searches near the speed of plain SQLite.
  database.pragma('cache_size = -65536');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  // The cipher does not cover temporary files.
  database.pragma('temp_store = MEMORY');
  database.pragma('secure_delete = ON');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  database.pragma('mmap_size = 0');
  if (database.pragma('journal_mode', { simple: true }) !== 'wal') {
    throw new AppError('IO_ERROR', { reason: 'no write-ahead log' });
  }
}
