import Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../../electron/vault/db/migrate.ts';
import { MIGRATIONS } from '../../../electron/vault/migrations/all.ts';

const upTo = (version: number) => MIGRATIONS.filter((one) => one.version <= version);
const M = 'a'.repeat(64);
const R = 'b'.repeat(64);

let database: Database.Database;
beforeEach(() => {
  database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  migrate(database, upTo(8));
  database.exec(`
    INSERT INTO offices (id, name, type, region, own, added_at, updated_at) VALUES ('own', 'n', 't', 'r', 1, '1', '1'), ('other', 'n', 't', 'r', 0, '1', '1');
    INSERT INTO messages (m, id, kind, author_epoch, sender_certificate, created_at, signature_digest, body, direction, first_received_at, status)
      VALUES ('${M}', 'i', 'act', 1, 'c', '1', '${R}', '{}', 'out', '1', 'accepted')`);
});

const copy = (office: string): void =>
  void database
    .prepare(
      "INSERT INTO outbox (m, address, office, vault, mailbox_name, state, next_at, created_at) VALUES (?, ?, ?, 'v', 'n', 'queued', '1', '1')",
    )
    .run(M, office, office);
const receipt = (kind: string): void =>
  void database
    .prepare(
      "INSERT INTO receipts (m, kind, office, vault, message, received_at, current, flags, body, direction, stored_at) VALUES (?, ?, 'other', 'v', ?, '2', 1, '[]', '{}', 'in', '2')",
    )
    .run(R, kind, M);
const watches = () => database.prepare('SELECT office FROM watches').pluck().all();

describe('migration 10, watching deliveries', () => {
  test('what was on its way is watched, and what was answered is not', () => {
    copy('own');
    copy('other');
    migrate(database, upTo(10));
    expect(watches()).toEqual(['other']);
  });

  test('an answered message is not watched after the migration', () => {
    copy('other');
    receipt('delivered');
    migrate(database, upTo(10));
    expect(watches()).toEqual([]);
  });

  test('a copy begins the watch; an opened receipt does not end it, a refusal does', () => {
    migrate(database, upTo(10));
    copy('own');
    copy('other');
    expect(watches()).toEqual(['other']);
    receipt('opened');
    expect(watches()).toEqual(['other']);
    database.exec(`UPDATE receipts SET current = 0`);
    database
      .prepare(
        "INSERT INTO receipts (m, kind, office, vault, message, received_at, current, flags, body, direction, stored_at) VALUES (?, 'refused', 'other', 'v', ?, '2', 1, '[]', '{}', 'in', '2')",
      )
      .run('c'.repeat(64), M);
    expect(watches()).toEqual([]);
  });

  test('attempts and records are kept as they are', () => {
    migrate(database, upTo(10));
    database.exec(
      `INSERT INTO attempts (m, address, office, vault, at, code) VALUES ('${M}', 'a', 'other', 'v', '1', 'ROUTE_UNAVAILABLE');
       INSERT INTO non_deliveries (m, message, office, recorded_at, body) VALUES ('${R}', '${M}', 'other', '1', '{}')`,
    );
    for (const sql of [
      "UPDATE attempts SET at = '2'",
      'DELETE FROM attempts',
      "UPDATE non_deliveries SET body = '[]'",
      'DELETE FROM non_deliveries',
      `INSERT INTO attempts (m, address, office, vault, at) VALUES ('${M}', 'a', 'other', 'v', '1')`,
    ]) {
      expect(() => database.exec(sql), sql).toThrow();
    }
  });
});

describe('migration 11, offers', () => {
  const offer = (m: string, digest: string) =>
    `INSERT INTO offers (m, office, message, size, digest, received_at) VALUES ('${m}', 'other', '${M}', 1, '${digest}', '1')`;

  test('an offer keeps its words, may be marked as used and may go, and one package is announced once', () => {
    migrate(database, upTo(11));
    database.exec(offer(M, R));
    database.exec("UPDATE offers SET used_at = '2'");
    for (const column of ['m', 'office', 'message', 'size', 'digest', 'received_at']) {
      expect(() => database.exec(`UPDATE offers SET ${column} = ${column}`), column).toThrow('keeps its words');
    }
    expect(() => database.exec(offer(R, R))).toThrow('UNIQUE');
    database.exec('DELETE FROM offers');
    expect(database.prepare('SELECT count(*) FROM offers').pluck().get()).toBe(0);
  });

  test('what an office said before has no offer afterwards, and stays', () => {
    migrate(database, upTo(11));
    expect(database.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(1);
    expect(database.prepare('SELECT count(*) FROM offers').pluck().get()).toBe(0);
  });
});

describe('migration 12, directories', () => {
  const directory = (issuer: string, version: number, m: string) =>
    `INSERT INTO directories VALUES ('${issuer}', ${version}, '${m}', '{}', '1', 'p')`;

  test('versions only grow, for each issuer alone; nothing is changed or deleted; the issuer is a known office', () => {
    migrate(database, upTo(12));
    database.exec(directory('other', 2, M));
    for (const version of [1, 2]) {
      expect(() => database.exec(directory('other', version, R)), String(version)).toThrow('never go back');
    }
    database.exec(directory('own', 1, R));
    database.exec(directory('other', 3, 'c'.repeat(64)));
    expect(() => database.exec("UPDATE directories SET body = '[]'")).toThrow('keeps its words');
    expect(() => database.exec('DELETE FROM directories')).toThrow('are kept');
    expect(() => database.exec(directory('nobody', 1, 'd'.repeat(64)))).toThrow('FOREIGN KEY');
  });
});

describe('migration 13, promises that were never sealed', () => {
  const own = (m: string, blob: string | null) =>
    `INSERT INTO receipts (m, kind, office, vault, message, received_at, current, flags, body, blob, direction, stored_at)
     VALUES ('${m}', 'delivered', 'own', '${m}', '${M}', '2', 1, '[]', '{}', ${blob === null ? 'NULL' : `'${blob}'`}, 'out', '2')`;

  test('only an own receipt without a container may go; records likewise', () => {
    receipt('delivered');
    database.pragma('foreign_keys = OFF');
    migrate(database, upTo(13));
    database.exec(own('1'.repeat(64), null));
    database.exec(own('2'.repeat(64), 'blob'));
    database.exec(`
      INSERT INTO non_deliveries (m, message, office, recorded_at, body) VALUES ('${'3'.repeat(64)}', '${M}', 'other', '1', '{}');
      INSERT INTO non_deliveries (m, message, office, recorded_at, body, blob) VALUES ('${'4'.repeat(64)}', '${M}', 'other', '1', '{}', 'blob')`);
    expect(() => database.exec(`DELETE FROM receipts WHERE m = '${R}'`)).toThrow('are kept');
    expect(() => database.exec(`DELETE FROM receipts WHERE m = '${'2'.repeat(64)}'`)).toThrow('are kept');
    expect(() => database.exec(`DELETE FROM non_deliveries WHERE m = '${'4'.repeat(64)}'`)).toThrow('are kept');
    database.exec(`DELETE FROM receipts WHERE m = '${'1'.repeat(64)}'`);
    database.exec(`DELETE FROM non_deliveries WHERE m = '${'3'.repeat(64)}'`);
    expect(database.prepare('SELECT m FROM receipts ORDER BY m').pluck().all()).toEqual(['2'.repeat(64), R]);
  });
});
