import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** Settings of the vault itself. Use cases keep theirs under a prefix of their own, e.g. `exchange.`. */
export function findMeta(db: ReadableDb, key: string): string | null {
  return db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', [key])?.value ?? null;
}

/** Keys that begin so, in their order. */
export function listMetaKeys(db: ReadableDb, prefix: string): string[] {
  return db
    .all<{ key: string }>('SELECT key FROM meta WHERE substr(key, 1, ?) = ? ORDER BY key', [prefix.length, prefix])
    .map(({ key }) => key);
}

export function putMeta(db: WritableDb, key: string, value: string): void {
  db.runOne('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
    key,
    value,
  ]);
}

export function removeMeta(db: WritableDb, key: string): void {
  db.run('DELETE FROM meta WHERE key = ?', [key]);
}
