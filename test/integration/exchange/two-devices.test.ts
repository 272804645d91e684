import { afterEach, beforeEach, expect, test } from 'vitest';
import { confirmPendingCard } from '../../../electron/usecases/confirm-pending-card.ts';
import { exchangeStatus } from '../../../electron/usecases/exchange-status.ts';
import { publishCard } from '../../../electron/usecases/publish-card.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { findCurrentCard } from '../../../electron/vault/repositories/cards.ts';
import { listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import {
  connect,
  createLab,
  exportedCard,
  importFrom,
  introduce,
  type Lab,
  OFFICES,
  type Party,
  send,
  syncAll,
} from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

let lab: Lab;
let desk: Party;
let laptop: Party;
let lead: Party;
let all: Party[];

beforeEach(async () => {
  lab = createLab();
  desk = await lab.addOffice(OFFICES.firm);
  laptop = await lab.addDevice(desk, 'laptop');
  lead = await lab.addOffice(OFFICES.procuratorate);
  all = [desk, laptop, lead];
  await introduce(lab.share, [desk, lead]);
  await introduce(lab.share, [laptop, lead]);
});
afterEach(() => lab.close());

const submit = (party: Party) =>
  send(party, {
    target: { type: 'file-review', to: [lead.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
  });

test('a message of one device reaches the other, and both fold the same', async () => {
  const { m, matter } = await submit(desk);
  await syncAll(all);
  for (const party of all)
    expect(showMatter(party.context, matter)).toMatchObject({ matter: { state: 'submitted', countedPos: 1 } });
  expect(exchangeStatus(desk.context)).toMatchObject({ listed: true, registrar: true });
  expect(exchangeStatus(laptop.context)).toMatchObject({ listed: true, registrar: false });
  const receipts = listReceipts(desk.context.vault.read, m);
  expect(receipts.map(({ office }) => office)).toEqual([lead.office.id]);
});

test('an act may come from the other device, as its own author', async () => {
  const { matter } = await submit(desk);
  await syncAll(all);
  await send(laptop, { target: { matter }, act: 'withdraw', form: FILE_REVIEW['withdraw'] ?? {} });
  await syncAll(all);
  const shown = showMatter(lead.context, matter);
  expect(shown.matter.state).toBe('withdrawn');
  expect(shown.messages.map(({ row }) => [row.act, row.seq])).toEqual([
    ['submit', 1],
    ['withdraw', 1],
  ]);
});

test('of two devices that act at once the one that the lead puts first counts, on both', async () => {
  const { matter } = await submit(desk);
  await syncAll(all);
  await send(desk, { target: { matter }, act: 'withdraw', form: { reason: '甲' } });
  await send(laptop, { target: { matter }, act: 'withdraw', form: { reason: '乙' } });
  await syncAll(all);
  const views = all.map(({ context }) =>
    showMatter(context, matter).messages.map(({ row, pos, voidReason }) => [row.m, pos, row.voidCode, voidReason]),
  );
  expect(views[0]).toHaveLength(3);
  expect(views[1]).toEqual(views[0]);
  expect(views[2]).toEqual(views[0]);
  expect(views[0]?.map(([, , voidCode]) => voidCode)).toEqual([null, null, 'ACT_NOT_ALLOWED']);
});

test('the registrar of the lead gives places to acts of the lead’s other device', async () => {
  const second = await lab.addDevice(lead, 'lead-2');
  await publishCard(lead.context, lead.credentials);
  await importFrom(second.context, await exportedCard(desk));
  connect(lab.share, second, [lead, desk]);
  await syncAll([...all, second]);
  // New keys need a person's word at the counterpart, though the old key vouches for them.
  for (const { context } of [desk, laptop]) await confirmPendingCard(context, { office: lead.office.id, by: 'test' });
  const { matter } = await submit(desk);
  await syncAll([...all, second]);
  await send(second, { target: { matter }, act: 'decision', form: FILE_REVIEW['granted'] ?? {} });
  await syncAll([...all, second]);
  for (const { context } of [...all, second]) {
    expect(showMatter(context, matter)).toMatchObject({ matter: { state: 'granted', countedPos: 2 } });
    expect(findCurrentCard(context.vault.read, lead.office.id)?.body.vaults).toHaveLength(2);
  }
});
