export type SqlValue = null | number | bigint | string | boolean | Buffer;
export type SqlValues = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

declare const readable: unique symbol;
declare const writable: unique symbol;

/**
 * Reads the database. Rows come back with camelCase names. It refuses statements that write, whatever the types say.
 * SQL texts are constants of the code; values are always bound.
 */
export interface ReadableDb {
  readonly [readable]: true;
  /** The first row, or null. */
  get<Row extends object>(sql: string, values?: SqlValues): Row | null;
  all<Row extends object>(sql: string, values?: SqlValues): Row[];
}

/** Lives inside one transaction of `vault.write` and is dead after it. */
export interface WritableDb extends ReadableDb {
  readonly [writable]: true;
  /** Runs a statement and returns how many rows it changed. */
  run(sql: string, values?: SqlValues): number;
  /** Runs a statement that must change exactly one row. @throws AppError INTERNAL otherwise */
  runOne(sql: string, values?: SqlValues): void;
  /** Runs a statement that inserts one row and returns its integer key. */
  insert(sql: string, values?: SqlValues): number;
  /** Runs `task` once the transaction is durable; never when it was rolled back. It must not throw: what happened cannot be undone. */
  afterCommit(task: () => void): void;
}
