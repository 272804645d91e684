import type Database from 'better-sqlite3';
import { AppError } from '../../../shared/errors.ts';
import type { ReadableDb, SqlValue, SqlValues, WritableDb } from './handle.ts';
import { guarded } from './sqlite-error.ts';

export interface Handles {
  readonly read: ReadableDb;
  /**
   * Runs `task` in one IMMEDIATE transaction: durable when this returns, undone when `task` throws. Transactions do not nest.
   *
   * @throws AppError of the database, or whatever `task` threw
   */
  write<T>(task: (db: WritableDb) => NotPromise<T>): T;
}

/** A transaction cannot wait: another task's statements would slip into it. */
export type NotPromise<T> = T extends PromiseLike<unknown> ? never : T;

type Statement = Database.Statement<unknown[], unknown>;

export function createHandles(database: Database.Database): Handles {
  const statements = new Map<string, Statement>();
  const prepare = (sql: string): Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const made = database.prepare<unknown[], unknown>(sql);
    statements.set(sql, made);
    return made;
  };
  const reader = (sql: string): Statement => {
    const statement = prepare(sql);
    if (!statement.reader || !statement.readonly)
      throw new AppError('INTERNAL', { reason: 'a read handle cannot write' });
    return statement;
  };
  const reads = {
    get: (sql: string, values?: SqlValues) => guarded(() => toRow(reader(sql).get(...bound(values)))),
    all: (sql: string, values?: SqlValues) =>
      guarded(() =>
        reader(sql)
          .all(...bound(values))
          .map(toRow),
      ),
  };
  return {
    read: reads as unknown as ReadableDb,
    write: <T>(task: (db: WritableDb) => NotPromise<T>): T => writeWith(database, prepare, reads, task),
  };
}

function writeWith<T>(
  database: Database.Database,
  prepare: (sql: string) => Statement,
  reads: object,
  task: (db: WritableDb) => NotPromise<T>,
): T {
  if (database.inTransaction) throw new AppError('INTERNAL', { reason: 'transactions do not nest' });
  const after: (() => void)[] = [];
  let alive = true;
  const change = (sql: string, values?: SqlValues): Database.RunResult => {
    if (!alive) throw new AppError('INTERNAL', { reason: 'the transaction is over' });
    return guarded(() => prepare(sql).run(...bound(values)));
  };
  const writes = {
    ...reads,
    run: (sql: string, values?: SqlValues) => change(sql, values).changes,
    runOne: (sql: string, values?: SqlValues) => {
      const { changes } = change(sql, values);
      if (changes !== 1) throw new AppError('INTERNAL', { reason: 'one row expected', changes });
    },
    insert: (sql: string, values?: SqlValues) => Number(change(sql, values).lastInsertRowid),
    afterCommit: (work: () => void) => void after.push(work),
  };
  guarded(() => prepare('BEGIN IMMEDIATE').run());
  try {
    const result = task(writes as unknown as WritableDb);
    guarded(() => prepare('COMMIT').run());
    alive = false;
    for (const work of after) work();
    return result;
  } finally {
    alive = false;
    if (database.inTransaction) prepare('ROLLBACK').run();
  }
}

function bound(values: SqlValues | undefined): unknown[] {
  if (values === undefined) return [];
  if (isList(values)) return values.map(toSql);
  return [Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toSql(value)]))];
}

function isList(values: SqlValues): values is readonly SqlValue[] {
  return Array.isArray(values);
}

function toSql(value: SqlValue): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}

const names = new Map<string, string>();

function toRow(row: unknown): unknown {
  if (row === undefined) return null;
  return Object.fromEntries(Object.entries(row as object).map(([name, value]) => [camelName(name), value]));
}

function camelName(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const made = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  names.set(name, made);
  return made;
}
