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
