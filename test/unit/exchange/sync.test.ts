import { describe, expect, test } from 'vitest';
import { chooseAsked, type MatterStock, planSyncAnswer, type StockItem } from '../../../electron/exchange/sync.ts';
import type { M, OfficeId } from '../../../shared/model/brand.ts';
import type { SyncRequestMessage } from '../../../shared/model/message.ts';
import { MATTER, recipientOf, sha, vaultOf } from '../../fixtures/exchange-messages.ts';
import { OFFICE } from '../../fixtures/forms.ts';

const { firm, procuratorate, notaryAnhui } = OFFICE;
const item = (name: string, change: Partial<StockItem> = {}): StockItem => ({
  m: sha(name),
  kind: 'act',
  parents: [],
  prev: null,
  senderOffice: firm,
  recipients: [firm, procuratorate].map(recipientOf),
  pos: null,
  ...change,
});
const acts = [
  item('1'),
  item('2', { parents: [sha('1')] }),
  item('3', { parents: [sha('2')], senderOffice: procuratorate }),
];
const enclosure = item('enclosure', { kind: 'enclosure' });
const receipts = [1, 2, 3].map((pos) => item(`receipt ${pos}`, { kind: 'receipt', pos, senderOffice: procuratorate }));
const opened = item('opened', { kind: 'receipt' });
const stock: MatterStock[] = [
  { matter: MATTER, participants: [firm, procuratorate], items: [...acts, enclosure, ...receipts, opened] },
];

const ask = (change: Partial<SyncRequestMessage>, office: OfficeId = firm, limit?: number) => {
  const request = {
    matters: [],
    wanted: [],
    complete: false,
    answers: null,
    ...change,
  } as unknown as SyncRequestMessage;
  return planSyncAnswer(request, { office, vault: vaultOf(office) }, stock, limit);
};
const holding = (heads: string[], pos: number) => ({
  matters: [{ matter: MATTER, heads: heads.map((name) => sha(name)), seq: 1, pos }],
});
const names = (packages: readonly M[]) =>
  [...acts, enclosure, ...receipts, opened].filter(({ m }) => packages.includes(m)).map(({ m }) => m);

describe('planSyncAnswer', () => {
  test('acts after the asker’s heads and positions after its count come back, nothing else', () => {
    expect(names(ask(holding(['2'], 2)).packages)).toEqual([sha('3'), sha('receipt 3')]);
  });
  test('heads that nobody here knows hide nothing', () => {
    expect(ask(holding(['unheard of'], 3)).packages).toEqual([sha('1'), sha('2'), sha('3')]);
  });
  test('one message is had by its name, together with nothing else', () => {
    expect(ask({ wanted: [sha('enclosure'), sha('nothing')] }).packages).toEqual([sha('enclosure')]);
  });
  test('who lost everything gets everything, its own acts, enclosures and every receipt included', () => {
    expect(ask({ complete: true }).packages).toHaveLength(8);
    expect(ask({ complete: true, ...holding(['3'], 3) }).packages).toHaveLength(5);
  });
  test('a stranger to the matter gets nothing, not even by name', () => {
    expect(ask({ complete: true, wanted: [sha('1')] }, notaryAnhui).packages).toEqual([]);
  });
  test('a vault that a package was not sealed for does not get it: it could not open it as its own', () => {
    const asker = { office: firm, vault: vaultOf(firm, 2) };
    const request = { matters: [], wanted: [sha('1')], complete: true, answers: null } as unknown as SyncRequestMessage;
    expect(planSyncAnswer(request, asker, stock).packages).toEqual([]);
  });
  test('an answer is bounded and says so', () => {
    expect(ask({ complete: true }, firm, 3)).toMatchObject({
      complete: false,
      packages: [sha('1'), sha('2'), sha('3')],
    });
    expect(ask({ complete: true }).complete).toBe(true);
  });
});

describe('chooseAsked', () => {
  const asker = (office: OfficeId, device = 1) => ({ office, vault: vaultOf(office, device) });
  test('the lead is asked first, then every other vault in turn, then the lead again', () => {
    const all = [asker(notaryAnhui), asker(firm), asker(procuratorate)];
    const asked = [0, 1, 2, 3].map(
      (attempt) => chooseAsked(all, { authors: new Set(), lead: procuratorate }, attempt)?.office,
    );
    expect(asked[0]).toBe(procuratorate);
    expect(new Set(asked.slice(0, 3)).size).toBe(3);
    expect(asked[3]).toBe(procuratorate);
  });
  test('who named what is missing is asked before the lead', () => {
    const authors = new Set([vaultOf(notaryAnhui)]);
    const all = [asker(firm), asker(notaryAnhui), asker(procuratorate)];
    expect([0, 1].map((attempt) => chooseAsked(all, { authors, lead: procuratorate }, attempt)?.office)).toEqual([
      notaryAnhui,
      procuratorate,
    ]);
  });
  test('nobody is asked where there is nobody', () => {
    expect(chooseAsked([], { authors: new Set(), lead: procuratorate }, 0)).toBeNull();
  });
});
