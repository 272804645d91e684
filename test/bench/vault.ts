import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { BlobId } from '../../electron/vault/blobs/blob-id.ts';
import { openConnection } from '../../electron/vault/db/connection.ts';
import { createHandles, type Handles } from '../../electron/vault/db/handles.ts';
import { migrate } from '../../electron/vault/db/migrate.ts';
import { MIGRATIONS } from '../../electron/vault/migrations/all.ts';
import { insertMatter } from '../../electron/vault/repositories/matters.ts';
import { findMessage, insertMessage, listMessages } from '../../electron/vault/repositories/messages.ts';
import { putOffice } from '../../electron/vault/repositories/offices.ts';
import { searchMessages } from '../../electron/vault/search/search-messages.ts';
import type { Instant, M, MatterId, OfficeId, Sha256, VaultId } from '../../shared/model/brand.ts';
import type { Message } from '../../shared/model/message.ts';
import { USCC } from '../fixtures/package-material.ts';
import { percentile } from './measure.ts';
import type { Row, Section } from './table.ts';

const AT = '2026-11-24T06:00:00.000Z' as Instant;
const PER_TRANSACTION = 100;
const PER_MATTER = 25;
const SAMPLES = 1000;
const WRAPPED_KEY = Buffer.alloc(60);
const VAULT = '01930000-0000-7000-8000-000000000004' as VaultId;

/** Words of office letters; each message draws some, so that terms are of every frequency. */
const WORDS = [
  ...[
    '申请',
    '阅卷',
    '材料',
    '法律援助',
    '公证',
    '核验',
    '送达',
    '补正',
    '决定',
    '委托书',
    '律师',
    '检察院',
    '案件',
    '当事人',
  ],
  ...[
    '身份证明',
    '复印件',
    '加密',
    '签名',
    '回执',
    '期限',
    '受理',
    '不予受理',
    '移送',
    '卷宗',
    '电子',
    '光盘',
    '异地',
    '协作',
  ],
];

/** Repeatable: the same messages go into both databases. */
function numberAt(seed: number, salt: number): number {
  return createHash('sha256').update(`${seed}/${salt}`).digest().readUInt32LE(0);
}

const nameOf = (index: number) => createHash('sha256').update(`message ${index}`).digest('hex') as M;
const uuid = (kind: string, index: number) => `01930000-${kind}-7000-8000-${index.toString(16).padStart(12, '0')}`;
const matterAt = (index: number) => uuid('0005', Math.floor(index / PER_MATTER)) as MatterId;

function messageAt(index: number): Message {
  const words = Array.from({ length: 12 }, (_, salt) => WORDS[numberAt(index, salt) % WORDS.length]);
  const caseNumber = `（2026）皖01刑初${index}号`;
  return {
    version: 1,
    suite: 'LP1-A256GCM-SHA256',
    kind: 'act',
    id: uuid('0001', index),
    author: { office: USCC.firm, vault: VAULT, epoch: 1 },
    sender: { office: USCC.firm, person: null, certificate: nameOf(0) },
    recipients: [{ office: USCC.procuratorate, vault: VAULT, certificate: nameOf(0) }],
    createdAt: AT,
    documents: [
      {
        name: `委托书-${index}.pdf`,
        kind: 'power-of-attorney',
        mediaType: 'application/pdf',
        size: 3,
        sha256: nameOf(1),
      },
    ],
    matter: matterAt(index),
    type: 'file-review',
    act: 'submit',
    seq: (index % PER_MATTER) + 1,
    prev: null,
    parents: [],
    enclosures: [],
    form: { note: words.join(''), caseNumber },
  } as unknown as Message;
}

function insertOffices({ write }: Handles): void {
  write((db) => {
    putOffice(db, { id: USCC.firm as OfficeId, name: '甲律师事务所', type: 'law-firm', region: '340100' }, AT);
    putOffice(
      db,
      { id: USCC.procuratorate as OfficeId, name: '乙检察院', type: 'procuratorate', region: '310000' },
      AT,
    );
  });
}

function insertOne(db: Parameters<Parameters<Handles['write']>[0]>[0], index: number): void {
  if (index % PER_MATTER === 0) {
    const matter = {
      id: matterAt(index),
      type: 'file-review',
      title: `阅卷 ${index}`,
      state: 'open',
      countedPos: 0,
    } as const;
    const opener = USCC.firm as OfficeId;
    const lead = USCC.procuratorate as OfficeId;
    insertMatter(db, { ...matter, opener, lead, openedAt: AT, updatedAt: AT }, [opener, lead]);
  }
  db.runOne('INSERT INTO blobs (id, size, wrapped_key, created_at) VALUES (?, 65536, ?, ?)', [
    nameOf(index),
    WRAPPED_KEY,
    AT,
  ]);
  insertMessage(db, {
    m: nameOf(index),
    message: messageAt(index),
    signatureDigest: nameOf(index) as string as Sha256,
    blob: nameOf(index) as string as BlobId,
    direction: 'in',
    firstReceivedAt: AT,
    status: 'accepted',
    code: null,
  });
}

interface Measured {
  /** Messages a second, of each tenth of the whole. */
  readonly insert: number[];
  /** Milliseconds each. */
  readonly list: number[];
  readonly lookup: number[];
  readonly search: number[];
}

const timed = (task: () => unknown): number => {
  const started = performance.now();
  task();
  return performance.now() - started;
};

function measure(handles: Handles, count: number): Measured {
  insertOffices(handles);
  const insert: number[] = [];
  const tenth = Math.ceil(count / 10);
  for (let from = 0; from < count; from += tenth) {
    const to = Math.min(count, from + tenth);
    const milliseconds = timed(() => {
      for (let start = from; start < to; start += PER_TRANSACTION) {
        handles.write((db) => {
          for (let index = start; index < Math.min(to, start + PER_TRANSACTION); index++) insertOne(db, index);
        });
      }
    });
    insert.push((to - from) / (milliseconds / 1000));
  }
  const { read } = handles;
  const pick = (sample: number) => numberAt(sample, 99) % count;
  const queries = Array.from({ length: SAMPLES }, (_, sample) => queryAt(sample, pick(sample)));
  const samples = Array.from({ length: SAMPLES }, (_, sample) => pick(sample));
  return {
    insert,
    list: samples.map((index) => timed(() => listMessages(read, { matter: matterAt(index) }, 50))),
    lookup: samples.map((index) => timed(() => findMessage(read, nameOf(index)))),
    search: queries.map((query) => timed(() => searchMessages(read, query, {}, 50))),
  };
}

/** One and two words that many messages have, two characters of a word, one case number. */
function queryAt(sample: number, index: number): string {
  const word = WORDS[numberAt(sample, 1) % WORDS.length] ?? '';
  const other = WORDS[numberAt(sample, 2) % WORDS.length] ?? '';
  return [word, `${word} ${other}`, word.slice(0, 2), `初${index}号`][sample % 4] ?? word;
}

function plainConnection(path: string): Database.Database {
  const database = new Database(path);
  for (const pragma of [
    'cache_size = -65536',
    'journal_mode = WAL',
    'synchronous = FULL',
    'temp_store = MEMORY',
    'foreign_keys = ON',
  ]) {
    database.pragma(pragma);
  }
  return database;
}

function measureOn(database: Database.Database, count: number): Measured {
  try {
    migrate(database, MIGRATIONS);
    return measure(createHandles(database), count);
  } finally {
    database.close();
  }
}

/** The vault's own schema and statements on SQLCipher and on plain SQLite, one after the other. */
export function benchVault(folder: string, count: number): Section {
  const cipher = measureOn(openConnection(join(folder, 'cipher.db'), randomBytes(32)), count);
  const plain = measureOn(plainConnection(join(folder, 'plain.db')), count);
  const row = (run: string, unit: string, pick: (measured: Measured) => number[], part: number): Row => {
    const values = pick(cipher);
    const value = percentile(values, part);
    const ratio = `${(value / percentile(pick(plain), part)).toFixed(2)}x of plain SQLite`;
    return { run, unit, value, least: Math.min(...values), most: Math.max(...values), runs: values.length, ratio };
  };
  const title = `vault (SQLCipher) at ${count.toLocaleString('en')} messages`;
  return {
    title,
    rows: [
      row(`insert, ${PER_TRANSACTION} a transaction`, '/s', ({ insert }) => insert, 0.5),
      row('list 50 of a matter', 'ms', ({ list }) => list, 0.5),
      row('look one up by M', 'ms', ({ lookup }) => lookup, 0.5),
      row('search, median', 'ms', ({ search }) => search, 0.5),
      row('search, p95', 'ms', ({ search }) => search, 0.95),
    ],
  };
}
