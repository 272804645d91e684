import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  confirmCard,
  findCard,
  findCurrentCard,
  insertCard,
  listCards,
  listCurrentCards,
  listPendingCards,
  makeCardCurrent,
  refuseCard,
} from '../../../../electron/vault/repositories/cards.ts';
import { findOffice, listOffices, markOwnOffice, putOffice } from '../../../../electron/vault/repositories/offices.ts';
import { findPerson, listPersons, listPersonsByCertificate } from '../../../../electron/vault/repositories/persons.ts';
import type { OfficeId, Sha256 } from '../../../../shared/model/brand.ts';
import { DAY, fakeDer, makeCard, personOf, sha } from '../../../fixtures/exchange-messages.ts';
import { memoryDatabase } from '../../../fixtures/memory-vault.ts';
import { at, FIRM, PROCURATORATE } from '../../../fixtures/vault-material.ts';

const digestOf = (der: string): Sha256 =>
  createHash('sha256').update(Buffer.from(der, 'base64')).digest('hex') as Sha256;

function withOffices() {
  const handles = memoryDatabase();
  handles.write((db) => {
    putOffice(db, FIRM, DAY);
    putOffice(db, PROCURATORATE, DAY);
  });
  return handles;
}

describe('offices', () => {
  test('are brought up to date without losing when they came', () => {
    const { read, write } = withOffices();
    const later = at('2026-12-01T00:00:00.000Z');
    write((db) => putOffice(db, { ...FIRM, name: '新名律师事务所' }, later));
    expect(findOffice(read, FIRM.id)).toMatchObject({
      name: '新名律师事务所',
      addedAt: DAY,
      updatedAt: later,
      own: false,
    });
  });

  test('of this vault there is one', () => {
    const { write } = withOffices();
    write((db) => markOwnOffice(db, FIRM.id));
    expect(() => write((db) => markOwnOffice(db, PROCURATORATE.id))).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });

  test('are found by part of a name, by type and by region', () => {
    const { read } = withOffices();
    const ids = (filter: Parameters<typeof listOffices>[1]) => listOffices(read, filter, 10).items.map(({ id }) => id);
    expect(ids({ name: '徽言' })).toEqual([FIRM.id]);
    expect(ids({ type: 'procuratorate' })).toEqual([PROCURATORATE.id]);
    expect(ids({ region: '34' })).toEqual([FIRM.id]);
    expect(ids({ region: '340101' })).toEqual([]);
    expect(ids({ name: '%' })).toEqual([]);
    expect(ids({})).toHaveLength(2);
  });

  test('come in pages that neither skip nor repeat, equal names included', () => {
    const { read, write } = memoryDatabase();
    const all = Array.from({ length: 25 }, (_, index) => `office-${String(index).padStart(2, '0')}` as OfficeId);
    write((db) => {
      for (const [index, id] of all.entries()) putOffice(db, { ...FIRM, id, name: `name ${index % 3}` }, DAY);
    });
    const seen: string[] = [];
    let page = listOffices(read, {}, 4);
    seen.push(...page.items.map(({ id }) => id));
    while (page.next !== null) {
      page = listOffices(read, {}, 4, page.next);
      seen.push(...page.items.map(({ id }) => id));
    }
    expect([...seen].sort()).toEqual(all);
  });
});

describe('cards', () => {
  const first = makeCard(FIRM.id);
  const second = makeCard(FIRM.id, {
    version: 2,
    persons: [
      {
        ...first.persons[0],
        id: personOf('new'),
        name: '李乙',
        certificate: fakeDer('new'),
      } as (typeof first.persons)[number],
    ],
  });
  const insert = (handles: ReturnType<typeof withOffices>, name: string, body = first) =>
    handles.write((db) => insertCard(db, { m: sha(name), body, blob: null, status: 'pending', receivedAt: DAY }));

  test('wait until they are put into force, and then supersede the one before', () => {
    const handles = withOffices();
    insert(handles, 'one');
    expect(findCurrentCard(handles.read, FIRM.id)).toBeNull();
    handles.write((db) => makeCardCurrent(db, sha('one')));
    insert(handles, 'two', second);
    expect(listPendingCards(handles.read).map(({ m }) => m)).toEqual([sha('two')]);
    handles.write((db) => makeCardCurrent(db, sha('two')));
    expect(listCards(handles.read, FIRM.id).map(({ version, status }) => [version, status])).toEqual([
      [1, 'superseded'],
      [2, 'current'],
    ]);
    expect(listCurrentCards(handles.read)).toMatchObject([{ m: sha('two'), body: second }]);
  });

  test('bring their persons, and take those of the card before away', () => {
    const handles = withOffices();
    insert(handles, 'one');
    handles.write((db) => makeCardCurrent(db, sha('one')));
    const old = digestOf(first.persons[0]?.certificate ?? '');
    expect(listPersonsByCertificate(handles.read, old)).toMatchObject([
      { office: FIRM.id, name: '张甲', acts: ['*'], card: sha('one') },
    ]);
    insert(handles, 'two', second);
    handles.write((db) => makeCardCurrent(db, sha('two')));
    expect(listPersonsByCertificate(handles.read, old)).toEqual([]);
    expect(findPerson(handles.read, FIRM.id, personOf('new'))).toMatchObject({ name: '李乙' });
    expect(listPersons(handles.read, FIRM.id)).toHaveLength(1);
  });

  test('that were refused cannot be put into force', () => {
    const handles = withOffices();
    insert(handles, 'one');
    handles.write((db) => refuseCard(db, sha('one')));
    expect(() => handles.write((db) => makeCardCurrent(db, sha('one')))).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
    expect(listPersons(handles.read, FIRM.id)).toEqual([]);
  });

  test('are unverified until somebody says how they were compared', () => {
    const handles = withOffices();
    insert(handles, 'one');
    expect(findCard(handles.read, sha('one'))).toMatchObject({ confirmedAt: null, confirmedBy: null, how: null });
    handles.write((db) => confirmCard(db, sha('one'), { at: DAY, by: personOf('x'), how: 'phone' }));
    expect(findCard(handles.read, sha('one'))).toMatchObject({
      confirmedAt: DAY,
      confirmedBy: personOf('x'),
      how: 'phone',
    });
  });

  test('need an office that is known', () => {
    expect(() => insert(memoryDatabase(), 'one')).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});
