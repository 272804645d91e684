import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getOwnVault } from '../../../electron/usecases/office/own-vault.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { findReceipt, listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import type { ReceiptBody } from '../../../shared/model/message.ts';
import { OFFICES, type Party, send, syncAll, textDocument } from '../../fixtures/exchange-lab.ts';
import { sha } from '../../fixtures/exchange-messages.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { deliver, forgeReceipt, openScene, rejectionsOf, type Scene, standing } from './hostile-lab.ts';

let scene: Scene;
let rejectedBefore: number;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.lab.close());
beforeEach(() => {
  rejectedBefore = rejectionsOf(scene.firm).length;
});

const newRejections = (party: Party) => rejectionsOf(party).slice(0, rejectionsOf(party).length - rejectedBefore);
/** The liar is the office that only collects: it holds the message and a receipt key. */
const lie = (change: Partial<ReceiptBody>) =>
  forgeReceipt(scene, scene.pickUp, scene.firm, { m: scene.opening, knower: scene.pickUp }, change);

describe('a receipt under a good key is turned away without a word, and nothing moves, when it', () => {
  const cases: readonly (readonly [string, () => Partial<ReceiptBody>])[] = [
    ['lists a document that was not sent', () => ({ documents: [{ name: '委托书.pdf', size: 1, sha256: sha('x') }] })],
    ['speaks of another signature', () => ({ signatureDigest: sha('other signature') })],
    [
      'names another sender',
      () => ({ messageSender: { office: OFFICES.firm.id, person: null, certificate: sha('c') } }),
    ],
    ['names another id', () => ({ messageId: '01930000-0000-7000-8000-00000000beef' as ReceiptBody['messageId'] })],
    ['is given in the name of the lead’s vault', () => ({ vault: getOwnVault(scene.lead.context.vault.read).vault })],
    ['is given in the name of the lead', () => ({ office: scene.lead.office.id })],
    ['is given in the name of the lead, its vault included', () => getLead()],
    ['gives a place that only the lead may give', () => ({ pos: 1, posPrev: null })],
    ['refuses without a reason', () => ({ kind: 'refused' })],
    ['names a reason though it was delivered', () => ({ code: 'MESSAGE_MALFORMED' })],
    ['was displayed to nobody', () => ({ kind: 'opened' })],
  ];
  const getLead = () => {
    const { office, vault } = getOwnVault(scene.lead.context.vault.read);
    return { office: office.id, vault };
  };
  test.each(cases)('%s', async (_, change) => {
    const before = standing(scene, scene.firm);
    const { m, bytes } = await lie(change());
    expect((await deliver(scene, scene.firm, bytes)).received.rejected).toBe(1);
    expect(newRejections(scene.firm)).toEqual(['RECEIPT_MISMATCH']);
    expect(findReceipt(scene.firm.context.vault.read, m)).toBeNull();
    expect(standing(scene, scene.firm)).toEqual(before);
  });
});

test('a receipt for a message that was never sent counts for nothing; it is asked after less and less', async () => {
  const { firm, lab, matter } = scene;
  const before = standing(scene, firm);
  const { m, bytes } = await lie({ message: sha('never sent') });
  expect((await deliver(scene, firm, bytes)).received.held).toBe(1);
  expect(findReceipt(firm.context.vault.read, m)).toBeNull();
  expect(standing(scene, firm)).toMatchObject({ messages: before.messages, receipts: before.receipts });
  let asked = 0;
  for (let day = 0; day < 14; day++) {
    lab.later(24 * 3600_000);
    asked += (await deliver(scene, firm)).asked;
  }
  expect(asked).toBeLessThanOrEqual(14);
  expect(showMatter(firm.context, matter).matter).toMatchObject({ state: 'submitted', countedPos: 1 });
});

test('a lead that refuses what it delivered keeps its word: the act that has a place counts', async () => {
  const { firm, lead, matter, opening } = scene;
  const { bytes } = await forgeReceipt(
    scene,
    lead,
    firm,
    { m: opening, knower: lead },
    { kind: 'refused', code: 'ACT_NOT_ALLOWED' },
  );
  await deliver(scene, firm, bytes);
  expect(showMatter(firm.context, matter).matter).toMatchObject({ state: 'submitted', countedPos: 1 });
});

test('whoever was not given an enclosure says to have it, and is believed', async () => {
  const { firm, lead, pickUp, all } = scene;
  const target = { type: 'file-review', to: [lead.office.id, pickUp.office.id] } as const;
  const { enclosures } = await send(firm, {
    target,
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
    enclosures: [{ to: [lead.office.id], documents: [textDocument('委托书.txt', '甲')] }],
  });
  await syncAll(all);
  const [enclosed] = enclosures;
  if (enclosed === undefined) throw new Error('no enclosure');
  const db = firm.context.vault.read;
  expect(listReceipts(db, enclosed).map(({ office }) => office)).toEqual([lead.office.id]);
  const { m, bytes } = await forgeReceipt(scene, pickUp, firm, { m: enclosed, knower: firm });
  rejectedBefore = rejectionsOf(firm).length;
  expect((await deliver(scene, firm, bytes)).received.rejected).toBe(1);
  expect(newRejections(firm)).toEqual(['RECEIPT_MISMATCH']);
  expect(findReceipt(db, m)).toBeNull();
});
