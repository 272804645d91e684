import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listMatters } from '../../../electron/usecases/list-matters.ts';
import { offerActs } from '../../../electron/usecases/matters/allowed-acts.ts';
import { recountOldMatters } from '../../../electron/usecases/matters/recount-matter.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { listDueClocks, listMatterClocks } from '../../../electron/vault/repositories/matter-clocks.ts';
import { listMessagesOfMatter } from '../../../electron/vault/repositories/messages.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import { addTrio, createLab, type Lab, type Party, send, settle, textDocument } from '../../fixtures/exchange-lab.ts';
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

const DAY = 24 * 3600_000;
const submit = async (): Promise<MatterId> => {
  const target = { type: 'file-review', to: [lead.office.id, pickUp.office.id] } as const;
  return (await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {} })).matter;
};
const clocksOf = ({ context }: Party, matter: MatterId) => showMatter(context, matter).clocks;
const arrange = (party: Party, matter: MatterId) => clocksOf(party, matter).find(({ id }) => id === 'arrange');

function lose(party: Party): void {
  const folder = join(lab.share, addressOf(party), 'new');
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
}

test('the receipt that says when a period began was lost: the date is unknown, is asked for, and comes', async () => {
  const matter = await submit();
  await sync(firm.context);
  await sync(lead.context);
  lose(firm);
  await send(lead, { target: { matter }, act: 'decision', form: FILE_REVIEW['granted'] ?? {} });
  await settle(all);
  expect(showMatter(firm.context, matter)).toMatchObject({ matter: { state: 'granted' }, gap: { certain: true } });
  expect(arrange(firm, matter)).toMatchObject({ startedAt: null, due: null, state: 'met' });
  lab.later(2 * 60_000);
  await settle(all);
  expect(showMatter(firm.context, matter).gap).toBeNull();
  expect(arrange(firm, matter)).toMatchObject({ startedAt: '2026-11-24T14:00', due: '2026-11-27' });
  expect(clocksOf(firm, matter)).toEqual(clocksOf(lead, matter));
});

test('the dossier is not even sealed before the pledge', async () => {
  const matter = await submit();
  await settle(all);
  await send(lead, { target: { matter }, act: 'decision', form: FILE_REVIEW['granted'] ?? {} });
  await settle(all);
  const deliver = () =>
    send(lead, {
      target: { matter },
      act: 'deliver',
      form: FILE_REVIEW['deliver'] ?? {},
      enclosures: [{ to: [firm.office.id], documents: [textDocument('第一卷.txt', '卷宗')] }],
    });
  const before = listMessagesOfMatter(lead.context.vault.read, matter).length;
  await expect(deliver()).rejects.toMatchObject({ code: 'ACT_NOT_ALLOWED' });
  expect(listMessagesOfMatter(lead.context.vault.read, matter)).toHaveLength(before);
  await send(firm, { target: { matter }, act: 'receipt', form: FILE_REVIEW['pledge'] ?? {} });
  await settle(all);
  await deliver();
  await settle(all);
  for (const party of all) expect(showMatter(party.context, matter).matter.state).toBe('delivered');
});

test('what is due is found by the day, and no longer once it was done', async () => {
  const matter = await submit();
  await settle(all);
  const due = (dueUntil: string) => listMatters(firm.context, { dueUntil }).items.map(({ id }) => id);
  expect(due('2026-11-26')).toEqual([]);
  expect(due('2026-11-27')).toEqual([matter]);
  const [first] = listDueClocks(firm.context.vault.read, '2026-12-31', 10);
  expect(first).toMatchObject({ matter, clock: { id: 'arrange', due: '2026-11-27' } });
  await send(lead, { target: { matter }, act: 'decision', form: FILE_REVIEW['denied'] ?? {} });
  await settle(all);
  expect(due('2026-12-31')).toEqual([]);
});

test('lateness can be pointed out from the day after the period ended, by whom it concerns, and all see it', async () => {
  const matter = await submit();
  await settle(all);
  const overdue = { notice: 'overdue', on: '2026-11-28' };
  const point = () => send(firm, { target: { matter }, act: 'notice', form: overdue });
  await expect(point()).rejects.toMatchObject({ code: 'ACT_NOT_ALLOWED', params: { reason: 'clock' } });
  lab.later(4 * DAY);
  expect(offerActs(firm.context, matter).map(({ id }) => id)).toContain('overdue');
  expect(offerActs(lead.context, matter).map(({ id }) => id)).not.toContain('overdue');
  await point();
  await settle(all);
  for (const { context } of all) expect(showMatter(context, matter).matter.sides).toEqual(['overdue']);
});

test('an offered act comes with its form, its papers and its rules of documents as plain data', async () => {
  const matter = await submit();
  await settle(all);
  const offered = offerActs(lead.context, matter);
  expect(structuredClone(offered)).toEqual(offered);
  const denied = offered.find(({ id }) => id === 'denied');
  expect(denied).toMatchObject({ act: 'decision', fixed: { outcome: 'denied' }, role: 'lead' });
  expect(denied?.form.groups.flatMap(({ fields }) => fields.map(({ name }) => name))).toContain('ground');
});

test('a vault of an older program gets its clocks when it is opened, in steps between which others have their turn and a crash costs nothing', async () => {
  const matters = [await submit(), await submit(), await submit()].sort();
  await settle(all);
  const { vault } = lead.context;
  const clocks = () => matters.map((matter) => listMatterClocks(vault.read, matter));
  const before = clocks();
  vault.write((db) => {
    db.run('DELETE FROM matter_clocks', []);
    db.run('UPDATE matters SET procedure = NULL', []);
  });
  const seen: number[] = [];
  const look = (): void => {
    seen.push(clocks().filter((some) => some.length > 0).length);
    if (seen.length < 6) setImmediate(look);
  };
  setImmediate(look);
  // The process dies after the first step: what was written stays written
  let steps = 0;
  const dying: typeof vault = {
    ...vault,
    write: (task) => {
      if (++steps > 1) throw new Error('killed');
      return vault.write(task);
    },
  };
  await expect(recountOldMatters(dying, lab.clock.now, 1)).rejects.toThrow('killed');
  expect(clocks().filter((some) => some.length > 0)).toHaveLength(1);
  await recountOldMatters(vault, lab.clock.now, 1);
  expect(before.every((some) => some.length > 0)).toBe(true);
  expect(clocks()).toEqual(before);
  expect(seen).toEqual(expect.arrayContaining([1, 2]));
});
