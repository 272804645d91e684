import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate } from '../../../electron/vault/db/migrate.ts';
import { MIGRATIONS } from '../../../electron/vault/migrations/all.ts';
import {
  countByState,
  countDesk,
  type DeskRow,
  listDesk,
  NO_DUE,
  putDeskRow,
  sumDesk,
} from '../../../electron/vault/repositories/desk-list.ts';
import { memoryDatabase } from '../../fixtures/memory-vault.ts';

const before = (version: number) => MIGRATIONS.filter((one) => one.version < version);
const upTo = (version: number) => MIGRATIONS.filter((one) => one.version <= version);

function databaseWithMatter(): Database.Database {
  const database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  migrate(database, before(7));
  database.exec(
    "INSERT INTO matters (id, type, title, opener, lead, state, opened_at, updated_at) VALUES ('m', 'file-review', 't', 'a', 'b', 's', '1', '2')",
  );
  return database;
}

describe('migration 7, the desk', () => {
  test('a staged document has a digest exactly when it has its content', () => {
    const database = databaseWithMatter();
    migrate(database, upTo(7));
    database.exec(
      "INSERT INTO drafts VALUES ('d', 1, 'file-review', '', 'm', 'submit', '{}', '[]', 'draft', NULL, '1', '1', NULL)",
    );
    const insert = (sha256: string | null, blob: string | null) =>
      database
        .prepare(
          "INSERT INTO staged_documents (id, draft, place, kind, name, media_type, size, sha256, blob) VALUES ('s', 'd', 1, 'k', 'n', 'x/y', 0, ?, ?)",
        )
        .run(sha256, blob);
    expect(() => insert('a'.repeat(64), null)).toThrow();
    expect(() => database.exec("UPDATE drafts SET state = 'sent'")).toThrow();
    insert(null, null);
    expect(() => database.exec("DELETE FROM drafts WHERE id = 'd'")).toThrow();
  });
});

describe('migration 8, the list', () => {
  test('everything that was there is out of date, and whatever touches a matter makes it so', () => {
    const database = databaseWithMatter();
    migrate(database, upTo(8));
    const stale = () => database.prepare('SELECT matter FROM desk_stale').all();
    expect(stale()).toEqual([{ matter: 'm' }]);
    database.exec("DELETE FROM desk_stale; UPDATE matters SET state = 'other' WHERE id = 'm'");
    expect(stale()).toEqual([{ matter: 'm' }]);
    database.exec("UPDATE matters SET state = 'third' WHERE id = 'm'");
    expect(stale()).toHaveLength(1);
  });

  test('the sums are those of the rows, whatever came, changed and went', () => {
    const { write, read } = memoryDatabase();
    const row = (matter: string, state: string, unopened: number, colour: string | null): DeskRow =>
      ({
        ...{ matter, type: 'file-review', subtype: '', title: matter, state, final: state === 'closed', turn: 'ours' },
        ...{ counterpart: 'x', counterpartRegion: '310100', due: NO_DUE, clock: null, act: null, colour, lastM: null },
        ...{ unopened, openedAt: '1', updatedAt: '2' },
      }) as unknown as DeskRow;
    write((db) => {
      for (const id of ['a', 'b'])
        db.run(
          "INSERT INTO matters (id, type, title, opener, lead, state, opened_at, updated_at) VALUES (?, 'file-review', 't', 'a', 'b', 's', '1', '2')",
          [id],
        );
      putDeskRow(db, row('a', 'submitted', 2, null), []);
      putDeskRow(db, row('b', 'submitted', 0, 'red'), []);
      putDeskRow(db, row('a', 'closed', 1, 'red'), []);
    });
    expect(sumDesk(read)).toEqual({ refused: 2, unopened: 1, mattersUnopened: 1, toAnswer: 1 });
    expect(countByState(read).map(({ state, total }) => [state, total])).toEqual([
      ['closed', 1],
      ['submitted', 1],
    ]);
    for (const filter of [{}, { state: 'closed' }, { region: '31' }, { final: false, turn: 'ours' } as const])
      expect(countDesk(read, filter)).toBe(listDesk(read, filter, { by: 'title', descending: false }, 10).items.length);
  });
});

describe('migration 14, reminders', () => {
  test('holds one about a matter, a message or a file, and none about nothing or about a matter that is not there', () => {
    const database = databaseWithMatter();
    migrate(database, upTo(14));
    const add = (matter: string | null, m: string | null, file: string | null) =>
      database
        .prepare("INSERT INTO reminders (due_at, matter, m, file, note, by, at) VALUES ('2', ?, ?, ?, '', 'p', '1')")
        .run(matter, m, file);
    add('m', null, null);
    add(null, 'a'.repeat(64), null);
    add(null, null, 'file.p7m');
    expect(() => add(null, null, null)).toThrow();
    expect(() => add(null, 'short', null)).toThrow();
    expect(() => add('m', null, 'file.p7m')).toThrow();
    expect(() => add('unknown', null, null)).toThrow();
    expect(database.prepare('SELECT count(*) FROM reminders').pluck().get()).toBe(3);
  });
});
