import { describe, expect, test } from 'vitest';
import type { Handles } from '../../../../electron/vault/db/handles.ts';
import {
  addParticipant,
  findMatter,
  insertMatter,
  isParticipant,
  listMatters,
  listMattersOf,
  listParticipants,
  updateMatter,
} from '../../../../electron/vault/repositories/matters.ts';
import {
  listChildren,
  listCitingActs,
  listDocuments,
  listEnclosures,
  listHeads,
  listMissingEnclosures,
  listMissingParents,
  listParents,
} from '../../../../electron/vault/repositories/message-links.ts';
import {
  findLastOfAuthor,
  findMessage,
  insertMessage,
  listHeldMessages,
  listMessages,
  listMessagesAtSeq,
  listMessagesById,
  listMessagesOfMatter,
  type NewMessage,
  setMessageCounted,
  setMessageStatus,
} from '../../../../electron/vault/repositories/messages.ts';
import type { M, MatterId } from '../../../../shared/model/brand.ts';
import { type ActOptions, DAY, MATTER, makeAct, makeEnclosure, sha } from '../../../fixtures/exchange-messages.ts';
import { BLOB, memoryDatabaseWithBlob } from '../../../fixtures/memory-vault.ts';
import { at, entryOf, FIRM, PROCURATORATE } from '../../../fixtures/vault-material.ts';

const matterOf = (id: MatterId, updatedAt = DAY) =>
  ({
    id,
    type: 'file-review',
    title: '阅卷',
    opener: FIRM.id,
    lead: PROCURATORATE.id,
    state: 'submitted',
    countedPos: 0,
    openedAt: DAY,
    updatedAt,
  }) as const;

/** Stores an act of the firm and gives its M. */
function store({ write }: Handles, options: Partial<ActOptions>, change: Partial<NewMessage> = {}): M {
  const { m, message } = makeAct({ from: FIRM.id, to: [PROCURATORATE.id], ...options });
  write((db) => insertMessage(db, entryOf(m, message, BLOB, change)));
  return m;
}

describe('matters', () => {
  test('change in what may change', () => {
    const { read, write } = memoryDatabaseWithBlob();
    const later = at('2026-12-01T00:00:00.000Z');
    write((db) => insertMatter(db, matterOf(MATTER), [FIRM.id, PROCURATORATE.id]));
    write((db) => updateMatter(db, MATTER, { state: 'decided', countedPos: 3 }, later));
    expect(findMatter(read, MATTER)).toEqual({
      sides: [],
      procedure: null,
      ...matterOf(MATTER, later),
      state: 'decided',
      countedPos: 3,
    });
    expect(() => write((db) => updateMatter(db, sha('x') as unknown as MatterId, {}, later))).toThrow();
  });

  test('know their participants, each once', () => {
    const { read, write } = memoryDatabaseWithBlob();
    write((db) => insertMatter(db, matterOf(MATTER), [FIRM.id]));
    write((db) => addParticipant(db, MATTER, PROCURATORATE.id));
    write((db) => addParticipant(db, MATTER, PROCURATORATE.id));
    expect(listParticipants(read, MATTER)).toEqual([FIRM.id, PROCURATORATE.id].sort());
    expect([isParticipant(read, MATTER, FIRM.id), isParticipant(read, MATTER, 'x' as typeof FIRM.id)]).toEqual([
      true,
      false,
    ]);
    expect(listMattersOf(read, FIRM.id)).toMatchObject([{ id: MATTER }]);
  });

  test('come in pages, the last changed first, without gap or repetition', () => {
    const { read, write } = memoryDatabaseWithBlob();
    const ids = Array.from({ length: 11 }, (_, index) => `m${String(index).padStart(2, '0')}` as MatterId);
    write((db) => {
      for (const [index, id] of ids.entries())
        insertMatter(
          db,
          { ...matterOf(id, at(`2026-01-0${1 + (index % 3)}T00:00:00.000Z`)), state: index % 2 ? 'a' : 'b' },
          [],
        );
    });
    const seen: string[] = [];
    for (let page = listMatters(read, {}, 3); ; page = listMatters(read, {}, 3, page.next)) {
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
    }
    expect([...seen].sort()).toEqual(ids);
    expect(seen[0]).toBe('m08');
    expect(listMatters(read, { state: 'a' }, 20).items).toHaveLength(5);
    expect(listMatters(read, { type: 'legal-aid' }, 20).items).toEqual([]);
  });
});

describe('messages', () => {
  test('come back as they were', () => {
    const handles = memoryDatabaseWithBlob();
    const { m, message } = makeAct({ from: FIRM.id, to: [PROCURATORATE.id] });
    const documents = [{ name: '委托书.pdf', kind: 'proxy', mediaType: 'application/pdf', size: 5, sha256: sha('d') }];
    handles.write((db) => insertMessage(db, entryOf(m, { ...message, documents }, BLOB)));
    expect(findMessage(handles.read, m)).toMatchObject({
      m,
      id: message.id,
      kind: 'act',
      matter: MATTER,
      act: 'submit',
      seq: 1,
      body: { ...message, documents },
      counted: false,
      voidCode: null,
    });
    expect(listDocuments(handles.read, m)).toEqual([{ m, idx: 0, ...documents[0] }]);
    expect(findMessage(handles.read, sha('x'))).toBeNull();
  });

  test('with one id, or at one place of an author, are all found', () => {
    const handles = memoryDatabaseWithBlob();
    const first = store(handles, { label: 'same' });
    const { message } = makeAct({ from: FIRM.id, to: [PROCURATORATE.id], label: 'same' });
    handles.write((db) =>
      insertMessage(db, entryOf(sha('twin'), message, BLOB, { status: 'refused', code: 'MESSAGE_EQUIVOCATION' })),
    );
    expect(listMessagesById(handles.read, message.id).map(({ m, status }) => [m, status])).toEqual([
      [first, 'accepted'],
      [sha('twin'), 'refused'],
    ]);
    expect(listMessagesAtSeq(handles.read, message.author, MATTER, 1)).toHaveLength(2);
    expect(listMessagesAtSeq(handles.read, { ...message.author, epoch: 2 }, MATTER, 1)).toEqual([]);
  });

  test('of an author end with the last accepted one', () => {
    const handles = memoryDatabaseWithBlob();
    store(handles, { seq: 1 });
    const second = store(handles, { seq: 2 });
    store(handles, { seq: 3 }, { status: 'held', code: 'SEQUENCE_BROKEN' });
    const { author } = makeAct({ from: FIRM.id, to: [] }).message;
    expect(findLastOfAuthor(handles.read, author, MATTER)?.m).toBe(second);
    expect(findLastOfAuthor(handles.read, { ...author, epoch: 9 }, MATTER)).toBeNull();
    expect(listHeldMessages(handles.read, MATTER).map(({ seq }) => seq)).toEqual([3]);
  });

  test('that were held may be accepted, and accepted ones only counted', () => {
    const handles = memoryDatabaseWithBlob();
    const m = store(handles, {}, { status: 'held', code: 'SEQUENCE_BROKEN' });
    handles.write((db) => setMessageStatus(db, m, 'accepted', null));
    handles.write((db) => setMessageCounted(db, m, true, 'ACT_NOT_ALLOWED'));
    expect(findMessage(handles.read, m)).toMatchObject({
      status: 'accepted',
      code: null,
      counted: true,
      voidCode: 'ACT_NOT_ALLOWED',
    });
    expect(() => handles.write((db) => setMessageStatus(db, m, 'refused', null))).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });

  test('come in pages, the last stored first', () => {
    const handles = memoryDatabaseWithBlob();
    const all = Array.from({ length: 7 }, (_, index) =>
      store(handles, { seq: index + 1 }, { direction: index % 2 ? 'in' : 'out' }),
    );
    const first = listMessages(handles.read, { matter: MATTER }, 4);
    const second = listMessages(handles.read, { matter: MATTER }, 4, first.next);
    expect([...first.items, ...second.items].map(({ m }) => m)).toEqual([...all].reverse());
    expect(second.next).toBeNull();
    expect(listMessages(handles.read, { direction: 'in' }, 10).items).toHaveLength(3);
    expect(listMessagesOfMatter(handles.read, MATTER).map(({ m }) => m)).toEqual(all);
  });
});

describe('links between messages', () => {
  test('heads are accepted acts that no accepted act follows', () => {
    const handles = memoryDatabaseWithBlob();
    const a = store(handles, { label: 'a' });
    const b = store(handles, { seq: 2, prev: a });
    const c = store(handles, { from: PROCURATORATE.id, parents: [a] });
    expect(listHeads(handles.read, MATTER)).toEqual([b, c]);
    const held = store(handles, { seq: 3, prev: b, parents: [c] }, { status: 'held', code: 'SEQUENCE_BROKEN' });
    expect(listHeads(handles.read, MATTER)).toEqual([b, c]);
    handles.write((db) => setMessageStatus(db, held, 'accepted', null));
    expect(listHeads(handles.read, MATTER)).toEqual([held]);
    expect(listParents(handles.read, held)).toEqual([c]);
    expect(listChildren(handles.read, a)).toEqual([c]);
  });

  test('what a message names and nobody sent is missing until it comes', () => {
    const handles = memoryDatabaseWithBlob();
    const parent = makeAct({ from: PROCURATORATE.id, to: [FIRM.id], label: 'late' });
    store(handles, { parents: [parent.m], prev: sha('previous'), seq: 2 });
    expect(listMissingParents(handles.read, MATTER)).toEqual([parent.m, sha('previous')].sort());
    handles.write((db) => insertMessage(db, entryOf(parent.m, parent.message, BLOB, { direction: 'in' })));
    expect(listMissingParents(handles.read, MATTER)).toEqual([sha('previous')]);
  });

  test('an enclosure is missing only at an office that was given it', () => {
    const handles = memoryDatabaseWithBlob();
    const { m, message } = makeEnclosure(FIRM.id, [PROCURATORATE.id]);
    const act = store(handles, { enclosures: [{ message: m, offices: [PROCURATORATE.id, PROCURATORATE.id] }] });
    expect(listEnclosures(handles.read, act)).toEqual([{ enclosure: m, office: PROCURATORATE.id }]);
    expect(listCitingActs(handles.read, m)).toEqual([act]);
    expect(listMissingEnclosures(handles.read, MATTER, FIRM.id)).toEqual([]);
    expect(listMissingEnclosures(handles.read, MATTER, PROCURATORATE.id)).toEqual([m]);
    handles.write((db) => insertMessage(db, entryOf(m, message, BLOB)));
    expect(listMissingEnclosures(handles.read, MATTER, PROCURATORATE.id)).toEqual([]);
    expect(listHeads(handles.read, MATTER)).toEqual([act]);
  });
});
