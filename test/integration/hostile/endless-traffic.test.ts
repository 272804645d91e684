import { statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { listMessages } from '../../../electron/vault/repositories/messages.ts';
import { listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import type { M } from '../../../shared/model/brand.ts';
import { type Party, send, syncAll, textDocument } from '../../fixtures/exchange-lab.ts';
import { sha } from '../../fixtures/exchange-messages.ts';
import { putInto } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import {
  deliver,
  forgeAct,
  forgeReceipt,
  forgeSyncRequest,
  newFolderOf,
  openScene,
  type Scene,
  waitingFor,
} from './hostile-lab.ts';

const MINUTE = 60_000;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.lab.close());

/** Every office syncs once in each step of the clock. @returns how many packages left in each step */
async function run(steps: number, step = MINUTE, between: () => void = () => {}): Promise<number[]> {
  const posted: number[] = [];
  for (let count = 0; count < steps; count++) {
    scene.lab.later(step);
    let sum = 0;
    for (const { context } of scene.all) {
      sum += (await sync(context)).posted;
      between();
    }
    posted.push(sum);
  }
  return posted;
}

const total = (counts: readonly number[]) => counts.reduce((sum, one) => sum + one, 0);

/** A mailbox that loses whatever is larger than a receipt or a request, and lets those pass. */
function loseActs(): void {
  for (const party of scene.all) {
    for (const name of waitingFor(scene, party)) {
      const path = join(newFolderOf(scene, party), name);
      if (statSync(path).size > 100_000) unlinkSync(path);
    }
  }
}

test('two offices that each lack what the mailbox keeps from them do not ask each other back without end', async () => {
  const { firm, lead, matter } = scene;
  const documents = [textDocument('附件.txt', '附件'.repeat(40_000))];
  const acts: [Party, 'withdraw' | 'decision', string][] = [
    [firm, 'withdraw', 'withdraw'],
    [lead, 'decision', 'granted'],
  ];
  for (const [party, act, form] of acts) {
    await send(party, { target: { matter }, act, form: FILE_REVIEW[form] ?? {}, documents });
  }
  for (const { context } of scene.all) {
    await sync(context);
    loseActs();
  }
  const first = await run(10, MINUTE, loseActs);
  expect(total(first)).toBeGreaterThan(0);
  expect(total(first)).toBeLessThan(80);
  const second = await run(10, MINUTE, loseActs);
  expect(total(second)).toBeLessThan(total(first));

  // As soon as the mailbox is honest everything comes, though slowly.
  for (let day = 0; day < 6; day++) {
    scene.lab.later(24 * 60 * MINUTE);
    await syncAll(scene.all);
  }
  const orders = scene.all.map(({ context }) =>
    showMatter(context, matter).messages.map(({ row, pos }) => [pos, row.m]),
  );
  expect(orders[0]).toHaveLength(3);
  expect(new Map(orders[1] as [number, M][])).toEqual(new Map(orders[0] as [number, M][]));
  expect(new Map(orders[2] as [number, M][])).toEqual(new Map(orders[0] as [number, M][]));
});

test('a mailbox that gives every package again, to everybody, for ever, moves nothing after the first answers', async () => {
  const { firm, lead, pickUp, lab } = scene;
  const act = await forgeAct(scene, firm);
  const receipt = await forgeReceipt(scene, pickUp, firm, { m: scene.opening, knower: pickUp });
  const request = await forgeSyncRequest(scene, pickUp, lead, []);
  await deliver(scene, firm, act.bytes, receipt.bytes);
  const replay = async (): Promise<void> => {
    for (const [party, bytes] of [
      [firm, act.bytes],
      [lead, act.bytes],
      [pickUp, act.bytes],
      [firm, receipt.bytes],
      [lead, request.bytes],
    ] as const)
      await putInto(lab.share, party, bytes);
  };
  await replay();
  await syncAll(scene.all);
  const receiptsBefore = listReceipts(firm.context.vault.read, act.m);
  const posted: number[] = [];
  for (let minute = 0; minute < 35; minute += 5) {
    await replay();
    posted.push(...(await run(1, 5 * MINUTE)));
  }
  // Two receipts repeated at 0, 10 and 30 minutes at the most.
  expect(total(posted)).toBeLessThanOrEqual(6);
  expect(listReceipts(firm.context.vault.read, act.m)).toEqual(receiptsBefore);
});

test('a flood of sync-requests is answered thirty times an hour, and what goes beyond is not stored', async () => {
  const { lead, pickUp, lab, matter } = scene;
  const flood: Buffer[] = [];
  for (let index = 0; index < 33; index++) {
    lab.later(1);
    const heads = [sha(`unknown ${index}`) as M];
    flood.push((await forgeSyncRequest(scene, pickUp, lead, [{ matter, heads, seq: 0, pos: 0 }])).bytes);
  }
  const report = await deliver(scene, lead, ...flood);
  expect(report.received).toMatchObject({ accepted: 30, refused: 3 });
  const stored = listMessages(lead.context.vault.read, {}, 100).items.filter(({ kind }) => kind === 'sync-request');
  expect(stored.filter(({ direction }) => direction === 'in')).toHaveLength(30);
  expect(total(await run(3))).toBeLessThan(5);
});
