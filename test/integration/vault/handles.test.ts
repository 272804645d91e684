import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { WritableDb } from '../../../electron/vault/db/handle.ts';
import { createHandles } from '../../../electron/vault/db/handles.ts';
import { insertSql } from '../../../electron/vault/db/sql.ts';

const internal = expect.objectContaining({ code: 'INTERNAL' });

function open() {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, some_text TEXT NOT NULL, flag INTEGER)');
  return createHandles(database);
}

describe('the read handle', () => {
  test('refuses whatever writes, even what returns rows', () => {
    const { read, write } = open();
    write((db) => db.run("INSERT INTO t (some_text) VALUES ('a')"));
    for (const sql of [
      "INSERT INTO t (some_text) VALUES ('b')",
      "INSERT INTO t (some_text) VALUES ('b') RETURNING id",
      'DELETE FROM t RETURNING id',
      'PRAGMA user_version = 9',
      'BEGIN IMMEDIATE',
    ]) {
      expect(() => read.get(sql)).toThrow(internal);
      expect(() => read.all(sql)).toThrow(internal);
    }
    expect(read.all('SELECT some_text FROM t')).toEqual([{ someText: 'a' }]);
  });

  test('does not pass for a write handle', () => {
    // @ts-expect-error a ReadableDb is no WritableDb
    const forged: WritableDb = open().read;
    expect('run' in forged).toBe(false);
  });

  test('gives null where there is no row', () => {
    expect(open().read.get('SELECT * FROM t')).toBeNull();
  });

  test('binds values, never pastes them', () => {
    const { read, write } = open();
    const hostile = "'); DROP TABLE t; --";
    write((db) => db.run(insertSql('t', ['someText', 'flag']), { someText: hostile, flag: true }));
    expect(read.get('SELECT some_text, flag FROM t WHERE some_text = ?', [hostile])).toEqual({
      someText: hostile,
      flag: 1,
    });
  });
});

describe('a transaction', () => {
  test('is undone as a whole where its task throws, and its error passes', () => {
    const { read, write } = open();
    expect(() =>
      write((db) => {
        db.run("INSERT INTO t (some_text) VALUES ('a')");
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(read.all('SELECT * FROM t')).toEqual([]);
    expect(write((db) => db.insert("INSERT INTO t (some_text) VALUES ('a')"))).toBe(1);
  });

  test('does not nest, and the outer one is undone', () => {
    const { read, write } = open();
    expect(() =>
      write((db) => {
        db.run("INSERT INTO t (some_text) VALUES ('a')");
        write((inner) => inner.run("INSERT INTO t (some_text) VALUES ('b')"));
      }),
    ).toThrow(internal);
    expect(read.all('SELECT * FROM t')).toEqual([]);
  });

  test('cannot be written to once it is over', () => {
    const { write } = open();
    let kept: WritableDb | null = null;
    write((db) => {
      kept = db;
    });
    expect(() => (kept as WritableDb | null)?.run("INSERT INTO t (some_text) VALUES ('a')")).toThrow(internal);
  });

  test('runs what waits for the commit after it, and never after a rollback', () => {
    const { read, write } = open();
    const seen: unknown[] = [];
    const look = (): void => void seen.push(read.all('SELECT id FROM t').length);
    write((db) => {
      db.afterCommit(look);
      db.run("INSERT INTO t (some_text) VALUES ('a')");
      expect(seen).toEqual([]);
    });
    expect(() =>
      write((db) => {
        db.afterCommit(look);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(seen).toEqual([1]);
  });

  test('says when a change did not meet exactly one row', () => {
    const { write } = open();
    write((db) => db.runOne("INSERT INTO t (some_text) VALUES ('a')"));
    expect(() => write((db) => db.runOne("UPDATE t SET some_text = 'b' WHERE id = 99"))).toThrow(internal);
  });

  test('names the broken constraint and no value', () => {
    const { write } = open();
    expect(() => write((db) => db.run('INSERT INTO t (some_text) VALUES (?)', [null]))).toThrow(
      expect.objectContaining({
        code: 'INTERNAL',
        params: { sqlite: 'SQLITE_CONSTRAINT_NOTNULL', reason: 'NOT NULL constraint failed: t.some_text' },
      }),
    );
  });
});
