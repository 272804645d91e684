import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { remindRecipients } from '../../../electron/usecases/remind-recipients.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { listOutboxOf } from '../../../electron/vault/repositories/outbox.ts';
import { listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import { addTrio, createLab, type Lab, type Party, send, syncAll, textDocument } from '../../fixtures/exchange-lab.ts';
import { addressOf } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

let lab: Lab;
let firm: Party;
let lead: Party;
let pickUp: Party;
let all: Party[];

beforeEach(async () => {
  lab = createLab();
  ({ firm, lead, pickUp, all } = await addTrio(lab));
});
afterEach(() => lab.close());

const submit = (enclosures: { to: Party; text: string }[] = []) =>
  send(firm, {
    target: { type: 'file-review', to: [lead.office.id, pickUp.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
    enclosures: enclosures.map(({ to, text }) => ({ to: [to.office.id], documents: [textDocument('附件.txt', text)] })),
  });
const lose = (party: Party): number => {
  const folder = join(lab.share, addressOf(party), 'new');
  const files = readdirSync(folder);
  for (const file of files) rmSync(join(folder, file));
  return files.length;
};
const views = (matter: MatterId) =>
  all.map(({ context }) => {
    const { matter: row, messages, gap } = showMatter(context, matter);
    return [
      row.state,
      row.countedPos,
      gap,
      messages.map(({ row: { m, code, voidCode }, pos }) => [m, code, voidCode, pos]),
    ];
  });

test('an opening that was lost is asked for when a later act comes, and the held act follows', async () => {
  const { matter } = await submit();
  await sync(firm.context);
  expect(lose(pickUp)).toBe(1);
  await syncAll([firm, lead]);
  expect(lose(pickUp)).toBeGreaterThan(0);
  const { m } = await send(firm, { target: { matter }, act: 'withdraw', form: {} });
  await sync(firm.context);
  await sync(pickUp.context);
  expect(findMessage(pickUp.context.vault.read, m)).toMatchObject({ status: 'held', code: 'MATTER_UNKNOWN' });
  lab.later(2 * 60_000);
  await syncAll(all);
  const [first, ...others] = views(matter);
  expect(first?.slice(0, 3)).toEqual(['withdrawn', 2, null]);
  for (const other of others) expect(other).toEqual(first);
});

test('an act that was lost, with nothing after it, is found when its sender asks after its place', async () => {
  const { matter } = await submit();
  await sync(firm.context);
  lose(lead);
  lose(pickUp);
  await syncAll(all);
  expect(showMatter(firm.context, matter).gap).toMatchObject({ wanted: [], certain: false });
  lab.later(3600_000);
  await syncAll(all);
  lab.later(3600_000);
  await syncAll(all);
  expect(views(matter).map(([state, pos, gap]) => [state, pos, gap])).toEqual(all.map(() => ['submitted', 1, null]));
});

test('a place whose receipt was lost is asked for, of the lead first', async () => {
  const { matter } = await submit();
  await sync(firm.context);
  await sync(pickUp.context);
  await sync(lead.context);
  lose(firm);
  lose(pickUp);
  await syncAll(all);
  expect(showMatter(firm.context, matter).matter.countedPos).toBe(0);
  lab.later(3600_000);
  await syncAll(all);
  expect(views(matter).map(([state, pos]) => [state, pos])).toEqual(all.map(() => ['submitted', 1]));
});

test('a reminder posts the same message again to who is silent, and brings the lost receipt back', async () => {
  const { m, matter } = await submit();
  await sync(firm.context);
  await sync(lead.context);
  await sync(pickUp.context);
  lose(firm);
  await syncAll(all);
  expect(showMatter(firm.context, matter).messages[0]?.colour).toBe('orange');
  expect(await remindRecipients(firm.context, m, 'test')).toBe(2);
  await syncAll(all);
  expect(showMatter(firm.context, matter).messages[0]?.colour).toBe('green');
  expect(await remindRecipients(firm.context, m, 'test')).toBe(0);
});

test('an enclosure reaches whom it was given to and nobody else, and nobody else waits for it', async () => {
  const { matter, enclosures } = await submit([{ to: pickUp, text: '仅供核验' }]);
  await syncAll(all);
  const [enclosure] = enclosures;
  if (enclosure === undefined) throw new Error('no enclosure');
  expect(all.map(({ context }) => findMessage(context.vault.read, enclosure) !== null)).toEqual([true, false, true]);
  expect(views(matter).map(([state, pos, gap]) => [state, pos, gap])).toEqual(all.map(() => ['submitted', 1, null]));
  const shown = showMatter(firm.context, matter).messages.find(({ row }) => row.m === enclosure);
  expect(shown).toMatchObject({ pos: null, colour: 'green' });
});

test('the lead gives an act its place only when the enclosure that it was given is here', async () => {
  const { matter, m, enclosures } = await submit([{ to: lead, text: '案卷' }]);
  await sync(firm.context);
  const copies = listOutboxOf(firm.context.vault.read, enclosures[0] as M);
  rmSync(join(lab.share, addressOf(lead), 'new', copies[0]?.mailboxName ?? ''));
  await syncAll(all);
  const { gap, messages } = showMatter(lead.context, matter);
  const isLost = messages.every(({ row }) => row.m !== enclosures[0]);
  expect([isLost, gap?.wanted, messages.find(({ row }) => row.m === m)?.pos]).toEqual([true, enclosures, null]);
  expect(showMatter(firm.context, matter).messages.find(({ row }) => row.m === m)?.colour).toBe('green');
  lab.later(2 * 60_000);
  await syncAll(all);
  expect(views(matter).map(([state, pos]) => [state, pos])).toEqual(all.map(() => ['submitted', 1]));
  // The earlier receipt, which had no place to give, is superseded.
  const receipts = listReceipts(firm.context.vault.read, m).filter(({ office }) => office === lead.office.id);
  expect(receipts.map(({ pos, current }) => [pos, current])).toEqual([
    [null, false],
    [1, true],
  ]);
});
