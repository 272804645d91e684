import { afterEach, beforeEach, expect, test } from 'vitest';
import { setQuota } from '../../../electron/usecases/office/quota.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage, insertMessage, sumHeldOf, sumWordsOf } from '../../../electron/vault/repositories/messages.ts';
import { putMeta } from '../../../electron/vault/repositories/meta.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { M } from '../../../shared/model/brand.ts';
import { sha } from '../../fixtures/exchange-messages.ts';
import { deliver, forgeAct, forgeReceipt, openScene, rejectionsOf, type Scene, standing } from './hostile-lab.ts';

const GiB = 1024 ** 3;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.lab.close());

/** As if an office had sent that many receipts already, each for a message that never was. */
function holdMany(count: number): void {
  const { vault } = scene.firm.context;
  const row = findMessage(vault.read, scene.opening);
  if (row?.blob == null) throw new Error('nothing to hold');
  const { body: message, blob, signatureDigest, firstReceivedAt } = row;
  const author = { ...message.author, office: scene.pickUp.office.id };
  vault.write((db) => {
    for (let index = 0; index < count; index++) {
      const entry = { m: sha(`held ${index}`) as M, message: { ...message, author }, signatureDigest, blob };
      insertMessage(db, { ...entry, direction: 'in', firstReceivedAt, status: 'held', code: 'MESSAGE_UNKNOWN' });
    }
  });
}

/** A receipt of the office that only collects, for a message that never was. */
const receiptForNothing = (label: string) =>
  forgeReceipt(
    scene,
    scene.pickUp,
    scene.firm,
    { m: scene.opening, knower: scene.pickUp },
    { message: sha(label) as M },
  );

test('what waits for messages that never were fills no more than the room of its office, and no other office’s', async () => {
  const { firm, lead, pickUp, opening } = scene;
  const last = (8 * GiB) / LIMITS.leastHeld - 1;
  holdMany(last);
  const [fits, over] = [await receiptForNothing('a'), await receiptForNothing('b')];
  expect((await deliver(scene, firm, fits.bytes)).received).toMatchObject({ held: 1, rejected: 0 });
  const before = standing(scene, firm);
  expect((await deliver(scene, firm, over.bytes)).received).toMatchObject({ held: 0, rejected: 1 });
  expect(rejectionsOf(firm)).toEqual(['QUOTA_EXCEEDED']);
  expect(standing(scene, firm)).toEqual(before);
  expect(sumHeldOf(firm.context.vault.read, pickUp.office.id, LIMITS.leastHeld)).toBe(8 * GiB);
  const honest = await forgeReceipt(scene, lead, firm, { m: opening, knower: lead }, { message: sha('c') as M });
  expect((await deliver(scene, firm, honest.bytes)).received.held).toBe(1);
});

test('an office that brings more in a day than its room is turned away unanswered until the next day, or until a person gives it more', async () => {
  const { firm, lead, pickUp, lab } = scene;
  const full = JSON.stringify({ since: lab.clock.now.getTime(), bytes: 16 * GiB });
  firm.context.vault.write((db) => putMeta(db, `exchange.inflow.${pickUp.office.id}`, full));
  const act = await forgeAct(scene, pickUp);
  const before = standing(scene, firm);
  expect((await deliver(scene, firm, act.bytes)).received).toMatchObject({ accepted: 0, rejected: 1 });
  expect(rejectionsOf(firm)).toEqual(['QUOTA_EXCEEDED']);
  expect(standing(scene, firm)).toEqual(before);
  // What is here already is no burden, and others have their own room.
  const honest = await forgeAct(scene, lead);
  expect((await deliver(scene, firm, honest.bytes)).received.rejected).toBe(0);

  setQuota(firm.context, pickUp.office.id, 9 * GiB, 'test');
  expect((await deliver(scene, firm, act.bytes)).received.rejected).toBe(0);
  expect(findMessage(firm.context.vault.read, act.m)).not.toBeNull();
  setQuota(firm.context, pickUp.office.id, null, 'test');
  const next = await forgeAct(scene, pickUp, { seq: 2, prev: act.m });
  expect((await deliver(scene, firm, next.bytes)).received.rejected).toBe(1);
  lab.later(24 * 3600_000);
  expect((await deliver(scene, firm, next.bytes)).received.rejected).toBe(0);
  expect((await sync(firm.context)).received.rejected).toBe(0);
});

test('every package counts in the day’s room of its office, whatever becomes of it, and the same one again does not', async () => {
  const { firm, pickUp } = scene;
  const used = () => {
    const [row] = firm.context.vault.read.all<{ value: string }>('SELECT value FROM meta WHERE key = ?', [
      `exchange.inflow.${pickUp.office.id}`,
    ]);
    return row === undefined ? 0 : (JSON.parse(row.value) as { bytes: number }).bytes / LIMITS.leastInflow;
  };
  const before = used();
  const held = await receiptForNothing('held');
  const act = await forgeAct(scene, pickUp);
  const rival = await forgeAct(scene, pickUp);
  await deliver(scene, firm, held.bytes, act.bytes, rival.bytes, act.bytes);
  await deliver(scene, firm, act.bytes, held.bytes);
  expect(used() - before).toBe(3);
});

test('whoever fills a matter with words takes the memory of all who look at it', async () => {
  const { firm, pickUp, lead, matter, opening } = scene;
  const { vault } = firm.context;
  // As many acts would say as much: in one row, so that the test need not take the memory either.
  vault.write((db) =>
    db.runOne(
      `INSERT INTO messages (m, id, kind, matter, type, act, author_office, author_vault, author_epoch, seq, sender_certificate, created_at,
         signature_digest, body, direction, first_received_at, status, code)
       SELECT ?, id, kind, matter, type, act, ?, author_vault, author_epoch, seq, sender_certificate, created_at, signature_digest,
         json_set(body, '$.form.note', printf('%.*c', ?, 'x'), '$.author.office', ?), 'in', first_received_at, 'refused', 'ACT_NOT_ALLOWED'
       FROM messages WHERE m = ?`,
      [sha('words'), pickUp.office.id, LIMITS.wordsPerMatter, pickUp.office.id, opening],
    ),
  );
  const used = sumWordsOf(vault.read, pickUp.office.id, matter);
  expect(used).toBeGreaterThanOrEqual(LIMITS.wordsPerMatter);
  const [act, receipt] = [
    await forgeAct(scene, pickUp),
    await forgeReceipt(scene, pickUp, firm, { m: opening, knower: pickUp }),
  ];
  expect((await deliver(scene, firm, act.bytes, receipt.bytes)).received).toMatchObject({ accepted: 0, rejected: 2 });
  expect(rejectionsOf(firm)).toEqual(['QUOTA_EXCEEDED', 'QUOTA_EXCEEDED']);
  expect(sumWordsOf(vault.read, pickUp.office.id, matter)).toBe(used);
  const honest = await forgeAct(scene, lead);
  expect((await deliver(scene, firm, honest.bytes)).received.rejected).toBe(0);
  setQuota(firm.context, pickUp.office.id, 9 * GiB, 'test');
  expect((await deliver(scene, firm, act.bytes)).received.rejected).toBe(0);
});

test('the words of a receipt count, and those of one matter leave room in another', async () => {
  const { firm, pickUp, matter } = scene;
  const before = sumWordsOf(firm.context.vault.read, pickUp.office.id, matter);
  const { bytes } = await forgeReceipt(
    scene,
    pickUp,
    firm,
    { m: scene.opening, knower: pickUp },
    { kind: 'delivered' },
  );
  await deliver(scene, firm, bytes);
  expect(sumWordsOf(firm.context.vault.read, pickUp.office.id, matter)).toBeGreaterThan(before);
  expect(sumWordsOf(firm.context.vault.read, pickUp.office.id, sha('other') as never)).toBe(0);
});
