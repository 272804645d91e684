import type Database from 'better-sqlite3';
import { AppError } from '../../../shared/errors.ts';
import type { Migration } from '../migrations/migration.ts';
import { guarded } from './sqlite-error.ts';

/**
 * Brings a database up to the newest migration, each in its own transaction.
 *
 * @throws AppError VAULT_NEWER where the database knows a migration that this program does not
 */
export function migrate(database: Database.Database, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  const current = guarded(() => Number(database.pragma('user_version', { simple: true })));
  if (current > newest) throw new AppError('VAULT_NEWER', { version: current });
  for (const migration of migrations) {
    if (migration.version > current) guarded(() => apply(database, migration));
  }
}

function apply(database: Database.Database, { version, sql }: Migration): void {
  database
    .transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${version}`);
    })
    .immediate();
}
