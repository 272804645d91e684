import { describe, expect, test } from 'vitest';
import { insertMessage } from '../../../electron/vault/repositories/messages.ts';
import { putOffice } from '../../../electron/vault/repositories/offices.ts';
import { toSnippet } from '../../../electron/vault/search/highlight.ts';
import { searchMessages } from '../../../electron/vault/search/search-messages.ts';
import type { Vault } from '../../../electron/vault/vault.ts';
import type { MatterId, OfficeId } from '../../../shared/model/brand.ts';
import { DAY, MATTER, makeAct } from '../../fixtures/exchange-messages.ts';
import {
  entryOf,
  FIRM,
  makeVault,
  noise,
  PROCURATORATE,
  storeBlob,
  storeOpening,
} from '../../fixtures/vault-material.ts';

interface Sample {
  readonly note?: string;
  readonly document?: string;
  readonly to?: OfficeId;
}

/** A vault with one message for each sample; hits are told by their note. */
async function vaultWith(samples: readonly Sample[]): Promise<Vault> {
  const { vault } = await makeVault();
  const blob = await storeBlob(vault, noise(10));
  const first = makeAct({ from: FIRM.id, to: [PROCURATORATE.id], label: 'opening', form: {} as never });
  storeOpening(vault, first.m, first.message, blob, '诉讼案卷异地查阅');
  for (const [index, { note = '', document, to = PROCURATORATE.id }] of samples.entries()) {
    const { m, message } = makeAct({
      from: FIRM.id,
      to: [to],
      seq: index + 2,
      label: `${index}`,
      form: { note } as never,
    });
    const documents =
      document === undefined
        ? []
        : [{ name: document, kind: 'proof', mediaType: 'application/pdf', size: 1, sha256: m }];
    vault.write((db) => insertMessage(db, entryOf(m, { ...message, documents }, blob)));
  }
  return vault;
}

const found = (vault: Vault, query: string): string[] =>
  searchMessages(vault.read, query, {}, 50).items.map(({ text }) => text.form.split('\n').at(-1) ?? '');

describe('search', () => {
  const NOTES = [
    '申请查阅加密卷宗',
    '律师阅卷委托',
    '故意伤害一案',
    '案号（2026）皖01刑初123号',
    '附件见 Report-7.PDF',
    '𠮷野家劳动争议',
    '电子密文',
  ];

  test.each([
    ['加密', ['申请查阅加密卷宗']],
    ['密', ['电子密文', '申请查阅加密卷宗']],
    ['宗', ['申请查阅加密卷宗']],
    ['律师阅卷', ['律师阅卷委托']],
    ['阅卷 委托', ['律师阅卷委托']],
    ['委托 阅卷', ['律师阅卷委托']],
    ['阅卷 加密', []],
    ['刑初123', ['案号（2026）皖01刑初123号']],
    ['(2026)皖01', ['案号（2026）皖01刑初123号']],
    ['2026', ['案号（2026）皖01刑初123号']],
    ['report', ['附件见 Report-7.PDF']],
    ['ｐｄｆ', ['附件见 Report-7.PDF']],
    ['repo', ['附件见 Report-7.PDF']],
    ['port', []],
    ['𠮷野', ['𠮷野家劳动争议']],
    ['密加', []],
    ['伤害意', []],
    ['', []],
    ['"', []],
  ])('for %j finds %j', async (query, notes) => {
    expect(found(await vaultWith(NOTES.map((note) => ({ note }))), query)).toEqual(notes);
  });

  test('covers the title of the matter, names of documents and names of parties', async () => {
    const vault = await vaultWith([{ note: '一', document: '王秀英身份证明.pdf' }, { note: '二' }]);
    expect(found(vault, '身份证明')).toEqual(['一']);
    expect(found(vault, '浦东新区')).toHaveLength(3);
    expect(found(vault, '异地查阅')).toHaveLength(3);
    expect(found(vault, '徽言律师事务所')).toHaveLength(3);
  });

  test('does not find words that only stand together across two fields', async () => {
    const vault = await vaultWith([{ note: '甲乙', document: '丙丁.pdf' }]);
    expect(found(vault, '乙丙')).toEqual([]);
  });

  test('finds names of offices as they were known when the message was stored', async () => {
    const other = '12310000425024128J' as OfficeId;
    const { vault } = await makeVault();
    const blob = await storeBlob(vault, noise(10));
    const first = makeAct({ from: FIRM.id, to: [PROCURATORATE.id] });
    storeOpening(vault, first.m, first.message, blob);
    vault.write((db) =>
      putOffice(db, { id: other, name: '南京市法律援助中心', type: 'legal-aid-centre', region: '320100' }, DAY),
    );
    const { m, message } = makeAct({ from: FIRM.id, to: [other], seq: 2 });
    vault.write((db) => insertMessage(db, entryOf(m, message, blob)));
    expect(searchMessages(vault.read, '南京', {}, 10).items.map((hit) => hit.message.m)).toEqual([m]);
  });

  test('pages from the newest to the oldest and keeps to one matter', async () => {
    const vault = await vaultWith(Array.from({ length: 7 }, (_, index) => ({ note: `阅卷${index}` })));
    const first = searchMessages(vault.read, '阅卷', { matter: MATTER }, 3);
    const second = searchMessages(vault.read, '阅卷', { matter: MATTER }, 3, first.next);
    const third = searchMessages(vault.read, '阅卷', { matter: MATTER }, 3, second.next);
    const notes = [first, second, third].map(({ items }) => items.map(({ text }) => text.form));
    expect(notes).toEqual([['阅卷6', '阅卷5', '阅卷4'], ['阅卷3', '阅卷2', '阅卷1'], ['阅卷0']]);
    expect(third.next).toBeNull();
    const elsewhere = '0190b6a0-0000-7000-8000-000000000009' as MatterId;
    expect(searchMessages(vault.read, '阅卷', { matter: elsewhere }, 3).items).toEqual([]);
  });

  test('shows the place of a hit', async () => {
    const vault = await vaultWith([{ note: `${'前'.repeat(50)}加密卷宗${'后'.repeat(50)}` }]);
    const [hit] = searchMessages(vault.read, '加密', {}, 1).items;
    const { text, ranges } = toSnippet(hit?.text.form ?? '', '加密', 20);
    expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(['加密']);
  });
});
