import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate } from '../../../electron/vault/db/migrate.ts';
import { MIGRATIONS } from '../../../electron/vault/migrations/all.ts';
import type { Migration } from '../../../electron/vault/migrations/migration.ts';

/** A released migration is history: whoever changes one breaks vaults that ran it. The first is frozen with the first release. */
const RELEASED: Readonly<Record<number, string>> = {};

const versionOf = (database: Database.Database): unknown => database.pragma('user_version', { simple: true });
const step = (version: number, sql: string): Migration => ({ version, name: `step-${version}`, sql });

describe('migrations', () => {
  test('are numbered upwards from 1', () => {
    const versions = MIGRATIONS.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(versions[0]).toBe(1);
  });

  test('that were released have not been changed', () => {
    const digests = MIGRATIONS.map(
      ({ version, sql }) => [version, createHash('sha256').update(sql).digest('hex')] as const,
    );
    for (const [version, digest] of digests) expect(RELEASED[version] ?? digest).toBe(digest);
  });

  test('run once, in order', () => {
    const database = new Database(':memory:');
    const steps = [step(1, 'CREATE TABLE a (x)'), step(2, "INSERT INTO a VALUES ('two')")];
    migrate(database, steps);
    migrate(database, steps);
    expect(database.prepare('SELECT * FROM a').all()).toEqual([{ x: 'two' }]);
    expect(versionOf(database)).toBe(2);
    migrate(database, [...steps, step(3, "UPDATE a SET x = 'three'")]);
    expect(database.prepare('SELECT * FROM a').all()).toEqual([{ x: 'three' }]);
  });

  test('that fail leave the database at the step before', () => {
    const database = new Database(':memory:');
    const broken = [step(1, 'CREATE TABLE a (x)'), step(2, 'CREATE TABLE b (x); INSERT INTO missing VALUES (1)')];
    expect(() => migrate(database, broken)).toThrow();
    expect(versionOf(database)).toBe(1);
    expect(database.prepare("SELECT name FROM sqlite_master WHERE name IN ('a', 'b')").all()).toEqual([{ name: 'a' }]);
  });

  test('refuse a database of a later program', () => {
    const database = new Database(':memory:');
    database.pragma('user_version = 5');
    expect(() => migrate(database, [step(1, 'CREATE TABLE a (x)')])).toThrow(
      expect.objectContaining({ code: 'VAULT_NEWER', params: { version: 5 } }),
    );
    expect(database.prepare('SELECT count(*) AS n FROM sqlite_master').get()).toEqual({ n: 0 });
  });
});

describe('migration 1, initial schema', () => {
  const database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  migrate(database, MIGRATIONS.slice(0, 1));

  test('makes the tables of the vault, all of them strict', () => {
    const tables = database.pragma('table_list') as { name: string; type: string; strict: number; schema: string }[];
    const ours = tables.filter(
      ({ name, type, schema }) => schema === 'main' && type === 'table' && !name.startsWith('sqlite_'),
    );
    expect(ours.filter(({ strict }) => strict === 0)).toEqual([]);
    expect(ours.map(({ name }) => name).sort()).toEqual([
      'alarms',
      'anchors',
      'audit',
      'blobs',
      'cards',
      'channels',
      'crls',
      'documents',
      'duties',
      'enclosures',
      'inbox',
      'matters',
      'messages',
      'meta',
      'office_channels',
      'offices',
      'outbox',
      'packages',
      'parents',
      'participants',
      'persons',
      'positions',
      'receipts',
      'rejected',
      'search_texts',
      'signing_keys',
      'vault_keys',
    ]);
  });

  test('has an index behind every foreign key', () => {
    const tables = (database.pragma('table_list') as { name: string; type: string }[]).filter(
      ({ type }) => type === 'table',
    );
    const bare: string[] = [];
    for (const { name } of tables) {
      const indexed = (database.pragma(`index_list('${name}')`) as { name: string }[]).map(
        (index) => (database.pragma(`index_info('${index.name}')`) as { name: string }[])[0]?.name,
      );
      const rowid = (database.pragma(`table_info('${name}')`) as { name: string; pk: number; type: string }[]).find(
        ({ pk, type }) => pk === 1 && type === 'INTEGER',
      );
      for (const { from } of database.pragma(`foreign_key_list('${name}')`) as { from: string }[]) {
        if (!indexed.includes(from) && rowid?.name !== from) bare.push(`${name}.${from}`);
      }
    }
    expect(bare).toEqual([]);
  });

  test('keeps deleted words out of the full-text indexes', () => {
    for (const table of ['search_grams', 'rejected_grams']) {
      expect(database.prepare(`SELECT v FROM ${table}_config WHERE k = 'secure-delete'`).get()).toEqual({ v: 1 });
    }
  });
});

describe('migration 2, proofs', () => {
  const database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  migrate(database, MIGRATIONS.slice(0, 1));
  const digest = (letter: string) => letter.repeat(64);
  database
    .prepare('INSERT INTO crls VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(digest('a'), Buffer.from('issuer'), Buffer.from('list'), '2026-01-01', null, 'file', '2026-01-02');
  migrate(database, MIGRATIONS.slice(0, 2));

  test('keeps the lists that were there, which cover everything', () => {
    expect(database.prepare('SELECT sha256, crl, scope, source FROM crls').all()).toEqual([
      { sha256: digest('a'), crl: Buffer.from('list'), scope: '', source: 'file' },
    ]);
  });

  test('keeps proofs and what they need as they are', () => {
    const proof = `INSERT INTO proofs (subject, kind, token, manifest, parts, gen_time, expires_at, source, added_at)
      VALUES (?, ?, x'30', ?, ?, '2026', '2027', 'http://tsa', '2026')`;
    database.prepare(proof).run(digest('b'), 'signature', null, null);
    database.prepare(proof).run(digest('b'), 'archive', Buffer.from('<x/>'), '{}');
    database.prepare("INSERT INTO proof_values VALUES (?, 'crl', x'30', '2026')").run(digest('c'));
    database.prepare('INSERT INTO proof_uses VALUES (?, ?)').run(digest('b'), digest('c'));
    for (const sql of [
      "UPDATE proofs SET gen_time = '2020'",
      'DELETE FROM proofs',
      "UPDATE proof_values SET value = x'31'",
      'DELETE FROM proof_values',
      "UPDATE crls SET crl = x'31'",
      // an archive timestamp says what it is over
      `INSERT INTO proofs SELECT 9, subject, 'archive', token, NULL, NULL, gen_time, expires_at, source, added_at FROM proofs LIMIT 1`,
      `INSERT INTO proof_uses VALUES ('${digest('b')}', '${digest('d')}')`,
    ]) {
      expect(() => database.exec(sql)).toThrow();
    }
  });
});

describe('migration 6, clocks of matters', () => {
  const database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  migrate(
    database,
    MIGRATIONS.filter(({ version }) => version < 6),
  );
  const insert = database.prepare(
    "INSERT INTO matters (id, type, title, opener, lead, state, counted_pos, opened_at, updated_at) VALUES (?, 't', 't', 'a', 'b', 's', ?, 'x', 'x')",
  );
  insert.run('counted', 3);
  insert.run('new', 0);
  migrate(
    database,
    MIGRATIONS.filter(({ version }) => version <= 6),
  );

  test('keeps the matters that were there, and knows which of them have no clocks yet', () => {
    expect(database.prepare('SELECT id, sides, procedure FROM matters ORDER BY id').all()).toEqual([
      { id: 'counted', sides: '[]', procedure: null },
      { id: 'new', sides: '[]', procedure: null },
    ]);
    const uncounted = 'SELECT id FROM matters WHERE procedure IS NULL AND counted_pos > 0';
    expect(database.prepare(uncounted).all()).toEqual([{ id: 'counted' }]);
  });
  test('finds what is due by an index, whatever the number of clocks', () => {
    const plan = (sql: string): string => JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
    const due = "SELECT matter FROM matter_clocks WHERE state = 'running' AND due < '2026-12-01~' ORDER BY due";
    expect(plan(due)).toContain('matter_clocks_running (due<?)');
    expect(plan('SELECT id FROM matters WHERE procedure IS NULL AND counted_pos > 0')).toContain('matters_uncounted');
  });
  test('refuses a state that no clock has, and a clock of no matter', () => {
    const clock = database.prepare(
      "INSERT INTO matter_clocks (matter, clock, turn, who, state, provisional, body) VALUES (?, 'c', 1, 'lead', ?, 0, '{}')",
    );
    expect(() => clock.run('counted', 'late')).toThrow('CHECK');
    expect(() => clock.run('nobody', 'running')).toThrow('FOREIGN KEY');
    clock.run('counted', 'running');
    expect(() => clock.run('counted', 'running')).toThrow('UNIQUE');
  });
});

describe('migration 4, keys on tokens', () => {
  const database = new Database(':memory:');
  const digest = (letter: string): string => letter.repeat(64);
  migrate(database, MIGRATIONS.slice(0, 2));
  database
    .prepare('INSERT INTO signing_keys VALUES (?, ?, ?, ?, ?)')
    .run(digest('a'), 'person', Buffer.from('cert'), Buffer.from('p12'), '2026');
  database
    .prepare('INSERT INTO vault_keys VALUES (?, ?, ?, ?, ?, ?)')
    .run(digest('b'), 'receipt', Buffer.from('cert'), Buffer.from('key'), 'active', '2026');
  migrate(database, MIGRATIONS.slice(0, 3));

  test('keeps the keys that were there', () => {
    expect(database.prepare('SELECT p12, token_serial FROM signing_keys').all()).toEqual([
      { p12: Buffer.from('p12'), token_serial: null },
    ]);
    expect(database.prepare('SELECT kind, key, status, token_key FROM vault_keys').all()).toEqual([
      { kind: 'receipt', key: Buffer.from('key'), status: 'active', token_key: null },
    ]);
  });

  test.each([
    [
      'a signing key that lies nowhere',
      "INSERT INTO signing_keys VALUES (?, 'p', x'30', NULL, NULL, NULL, NULL, '2026')",
    ],
    ['one in both places', "INSERT INTO signing_keys VALUES (?, 'p', x'30', x'30', 's', 'l', '01', '2026')"],
    [
      'a receipt key on a token, which nobody could sign with unattended',
      "INSERT INTO vault_keys VALUES (?, 'receipt', x'30', NULL, 's', 'l', '01', 'retired', '2026')",
    ],
    [
      'a second active key of a kind',
      "INSERT INTO vault_keys VALUES (?, 'receipt', x'30', x'30', NULL, NULL, NULL, 'active', '2026')",
    ],
  ])('refuses %s', (_, sql) => {
    expect(() => database.prepare(sql).run(digest('c'))).toThrow();
  });

  test('keeps keys immutable', () => {
    expect(() => database.exec("UPDATE vault_keys SET key = x'00'")).toThrow('immutable');
  });
});

describe('migration 5, anchors with scope', () => {
  test('lets those trusted before go on counting, and keeps their certificates', () => {
    const database = new Database(':memory:');
    migrate(database, MIGRATIONS.slice(0, 3));
    database
      .prepare('INSERT INTO anchors VALUES (?, ?, ?, ?, ?)')
      .run('a'.repeat(64), Buffer.from('cert'), 'CN=a', '2026', 'x');
    migrate(database, MIGRATIONS.slice(0, 4));
    expect(database.prepare('SELECT sign, timestamp, tls, confirmed_at, valid_until FROM anchors').all()).toEqual([
      { sign: 1, timestamp: 1, tls: 0, confirmed_at: '2026', valid_until: null },
    ]);
    expect(() => database.exec("UPDATE anchors SET certificate = x'00'")).toThrow('keeps its certificate');
  });
});
