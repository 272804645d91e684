import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { OfficeContext } from '../../electron/usecases/context.ts';
import { createOfficeVault } from '../../electron/usecases/create-office-vault.ts';
import { type FindMatters, findMatters } from '../../electron/usecases/desk/find-matters.ts';
import { listSavedViews } from '../../electron/usecases/desk/keep-notes.ts';
import { chartDesk, countNeeds, listFacets, listToday } from '../../electron/usecases/desk/view-home.ts';
import { findText, listInbox } from '../../electron/usecases/desk/view-inbox.ts';
import type { BlobId } from '../../electron/vault/blobs/blob-id.ts';
import type { WritableDb } from '../../electron/vault/db/handle.ts';
import { type DeskRow, NO_DUE, PAUSED, putDeskRow } from '../../electron/vault/repositories/desk-list.ts';
import { insertMatter } from '../../electron/vault/repositories/matters.ts';
import { insertMessage } from '../../electron/vault/repositories/messages.ts';
import { putOffice } from '../../electron/vault/repositories/offices.ts';
import type { Instant, M, MatterId, OfficeId, Sha256, VaultId } from '../../shared/model/brand.ts';
import type { Message } from '../../shared/model/message.ts';
import { USCC } from '../fixtures/package-material.ts';
import { percentile } from './measure.ts';
import type { Row, Section } from './table.ts';

/** What the window asks of a vault that many years have filled: one message a matter, rows of lists as the procedures derive them. */

const NOW = new Date('2026-11-24T06:00:00.000Z');
const DAY = 24 * 3600_000;
const PER_TRANSACTION = 500;
export const DESK_PASSPHRASE = 'bench';
const ROUNDS = 200;
const WRAPPED_KEY = Buffer.alloc(60);
const VAULT = '01930000-0000-7000-8000-000000000004' as VaultId;
const STATES = ['submitted', 'registered', 'supplementing', 'granted', 'delivered', 'closed', 'withdrawn'] as const;
const CHARGES = ['合同诈骗', '故意伤害', '盗窃', '职务侵占', '交通肇事', '非法经营'] as const;
const NAMES = ['李乙', '王丙', '赵丁', '钱戊', '孙己', '周庚', '吴辛', '郑壬'] as const;

const numberAt = (seed: number, salt: number): number =>
  createHash('sha256').update(`${seed}/${salt}`).digest().readUInt32LE(0);
const nameOf = (index: number) => createHash('sha256').update(`message ${index}`).digest('hex') as M;
const matterAt = (index: number) => `01930000-0005-7000-8000-${index.toString(16).padStart(12, '0')}` as MatterId;
const timeAt = (index: number): Instant => new Date(NOW.getTime() - index * 60_000).toISOString() as Instant;
const oneOf = <T>(list: readonly T[], seed: number, salt: number): T => list[numberAt(seed, salt) % list.length] as T;

function messageAt(index: number): Message {
  return {
    version: 1,
    suite: 'LP1-A256GCM-SHA256',
    kind: 'act',
    id: `01930000-0001-7000-8000-${index.toString(16).padStart(12, '0')}`,
    author: { office: USCC.procuratorate, vault: VAULT, epoch: 1 },
    sender: { office: USCC.procuratorate, person: null, certificate: nameOf(0) },
    recipients: [],
    createdAt: timeAt(index),
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
    seq: 1,
    prev: null,
    parents: [],
    enclosures: [],
    form: { charge: oneOf(CHARGES, index, 1), caseNumber: `（2026）皖01刑初${index}号` },
  } as unknown as Message;
}

function deskRowAt(index: number, title: string, state: string, at: Instant): DeskRow {
  const final = state === 'closed' || state === 'withdrawn';
  const kind = numberAt(index, 4) % 10;
  const day = new Date(NOW.getTime() + ((numberAt(index, 5) % 200) - 20) * DAY).toISOString().slice(0, 10);
  return {
    matter: matterAt(index),
    type: 'file-review',
    subtype: '',
    title,
    state,
    final,
    turn: final ? 'none' : kind < 4 ? 'ours' : 'theirs',
    counterpart: USCC.procuratorate as OfficeId,
    counterpartRegion: `${oneOf(['31', '32', '33', '34'], index, 6)}0100`,
    due: final || kind === 9 ? NO_DUE : kind === 8 ? PAUSED : day,
    clock: null,
    act: null,
    colour: oneOf(['green', 'green', 'green', 'orange', 'red'], index, 7),
    lastM: nameOf(index),
    unopened: kind === 3 ? 1 : 0,
    openedAt: at,
    updatedAt: at,
  };
}

function insertOne(db: WritableDb, index: number): void {
  const title = `${oneOf(NAMES, index, 2)} ${oneOf(CHARGES, index, 1)}`;
  const state = oneOf(STATES, index, 3);
  const at = timeAt(index);
  const [opener, lead] = [USCC.firm as OfficeId, USCC.procuratorate as OfficeId];
  const fixed = { type: 'file-review', sides: [], countedPos: 0 } as const;
  insertMatter(db, { ...fixed, id: matterAt(index), title, opener, lead, state, openedAt: at, updatedAt: at }, [
    opener,
    lead,
  ]);
  db.runOne('INSERT INTO blobs (id, size, wrapped_key, created_at) VALUES (?, 65536, ?, ?)', [
    nameOf(index),
    WRAPPED_KEY,
    at,
  ]);
  insertMessage(db, {
    m: nameOf(index),
    message: messageAt(index),
    signatureDigest: nameOf(index) as string as Sha256,
    blob: nameOf(index) as string as BlobId,
    direction: 'in',
    firstReceivedAt: at,
    status: 'accepted',
    code: null,
  });
  const ended =
    numberAt(index, 8) % 3 === 0
      ? [{ clock: 'arrange', turn: 1, month: at.slice(0, 7), met: numberAt(index, 9) % 10 > 0 }]
      : [];
  putDeskRow(db, deskRowAt(index, title, state, at), ended);
}

/** @param scryptCost lower where nothing about unlocking is measured */
export async function fillDesk(dir: string, count: number, scryptCost?: number): Promise<OfficeContext> {
  const office = { id: USCC.firm as OfficeId, name: '甲律师事务所', type: 'law-firm', region: '340100' } as const;
  const { context } = await createOfficeVault({
    dir,
    passphrase: DESK_PASSPHRASE,
    office,
    now: () => NOW,
    program: 'bench',
    ...(scryptCost === undefined ? {} : { scryptCost }),
  });
  const { vault } = context;
  vault.write((db) =>
    putOffice(
      db,
      { id: USCC.procuratorate as OfficeId, name: '乙检察院', type: 'procuratorate', region: '310000' },
      timeAt(0),
    ),
  );
  for (let from = 0; from < count; from += PER_TRANSACTION) {
    vault.write((db) => {
      for (let index = from; index < Math.min(count, from + PER_TRANSACTION); index++) insertOne(db, index);
    });
  }
  return context;
}

/** The questions of the window, each with words and filters of its own in every round. */
function questions(context: OfficeContext, count: number): Readonly<Record<string, (round: number) => unknown>> {
  const newest = { by: 'updated', descending: true } as const;
  const list = (
    filter: FindMatters['filter'],
    sort: FindMatters['sort'] = newest,
    after: FindMatters['after'] = null,
  ) => findMatters(context, { filter, sort, limit: 50, after });
  return {
    'matters, first page': () => list({}),
    'matters, a page from the middle': (round) =>
      list({}, newest, { value: timeAt((round * 499) % count), id: matterAt((round * 499) % count) }),
    'matters, by due date': () => list({ open: true }, { by: 'due', descending: false }),
    'matters, by title': () => list({}, { by: 'title', descending: false }),
    'matters, one state': (round) => list({ type: 'file-review', state: oneOf(STATES, round, 11) }),
    'matters, our move': () => list({ turn: 'ours', open: true }),
    'matters, one province': (round) => list({ region: oneOf(['31', '32', '33', '34'], round, 12) }),
    'matters, due within 3 days': () => list({ dueWithin: 3 }, { by: 'due', descending: false }),
    'matters, a rare word': (round) => list({ query: `初${(round * 487) % count}号` }),
    'matters, a word in one of six': (round) => list({ query: oneOf(CHARGES, round, 13) }),
    'full text, a word in one of six': (round) => findText(context, oneOf(CHARGES, round, 14), undefined, 50, null),
    'inbox, unopened': () => listInbox(context, { unopened: true, limit: 50, after: null }),
    'home, counts': () => countNeeds(context),
    'home, list': () => listToday(context, 20),
    'home, charts': () => chartDesk(context, 12),
    'filters and views': () => [listFacets(context), listSavedViews(context)],
  };
}

export async function benchDesk(folder: string, count: number): Promise<Section> {
  const context = await fillDesk(join(folder, 'desk'), count, 2 ** 14);
  try {
    const rows = Object.entries(questions(context, count)).flatMap(([run, ask]): Row[] => {
      ask(0);
      const times = Array.from({ length: ROUNDS }, (_, round) => {
        const started = performance.now();
        ask(round);
        return performance.now() - started;
      });
      return [
        {
          run,
          unit: 'ms',
          value: percentile(times, 0.5),
          least: Math.min(...times),
          most: percentile(times, 0.95),
          runs: ROUNDS,
        },
      ];
    });
    return { title: `the window's questions at ${count.toLocaleString('en')} matters (most: 95th percentile)`, rows };
  } finally {
    await context.vault.close();
  }
}
