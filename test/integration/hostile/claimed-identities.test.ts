import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exchangeStatus } from '../../../electron/usecases/exchange-status.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findCurrentCard } from '../../../electron/vault/repositories/cards.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import { send, syncAll } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import {
  cardOf,
  deliver,
  forgeAct,
  forgeCard,
  forgeReceipt,
  forgeSyncRequest,
  openScene,
  rejectionsOf,
  type Scene,
} from './hostile-lab.ts';

/** Ids, vault ids and addresses are labels that others see: whoever copies one must gain nothing, and harm nobody. */

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.lab.close());

describe('the id of another office’s message', () => {
  test('on an act of one’s own does not get the honest act refused, nor its author accused', async () => {
    const { firm, lead, pickUp } = scene;
    const honest = await forgeAct(scene, firm);
    await deliver(scene, pickUp, honest.bytes);
    const id = findMessage(pickUp.context.vault.read, honest.m)?.id;
    if (id === undefined) throw new Error('not delivered');
    const copy = await forgeAct(scene, pickUp, { id, act: 'receipt', form: FILE_REVIEW['firstCheck'] ?? {} });
    expect((await deliver(scene, lead, copy.bytes)).received.accepted).toBe(1);
    expect((await deliver(scene, lead, honest.bytes)).received).toMatchObject({ accepted: 1, refused: 0 });
    expect(exchangeStatus(lead.context).alarms).toEqual([]);
  });

  test('on a sync-request is taken as what it is, before or after the act', async () => {
    const { firm, lead, pickUp } = scene;
    const honest = await forgeAct(scene, firm);
    await deliver(scene, pickUp, honest.bytes);
    const id = findMessage(pickUp.context.vault.read, honest.m)?.id;
    if (id === undefined) throw new Error('not delivered');
    const before = await forgeSyncRequest(scene, pickUp, lead, [], { id });
    expect((await deliver(scene, lead, before.bytes)).failed).toEqual([]);
    expect(await deliver(scene, lead, honest.bytes)).toMatchObject({ received: { accepted: 1 }, failed: [] });
    scene.lab.later(1000);
    const after = await forgeSyncRequest(scene, pickUp, lead, [], { id });
    expect(await deliver(scene, lead, after.bytes)).toMatchObject({ received: { accepted: 1 }, failed: [] });
  });

  test('on a receipt that waits for the act does not keep the act out', async () => {
    const { firm, lead, pickUp } = scene;
    const honest = await forgeAct(scene, firm);
    await deliver(scene, pickUp, honest.bytes);
    const id = findMessage(pickUp.context.vault.read, honest.m)?.id;
    if (id === undefined) throw new Error('not delivered');
    const trap = await forgeReceipt(scene, pickUp, lead, { m: honest.m, knower: pickUp }, {}, { id });
    expect((await deliver(scene, lead, trap.bytes)).received.held).toBe(1);
    expect(await deliver(scene, lead, honest.bytes)).toMatchObject({ received: { accepted: 1 }, failed: [] });
    expect(findMessage(lead.context.vault.read, honest.m)?.status).toBe('accepted');
  });
});

describe('a card that lists the vault of another office', () => {
  test('is turned away, and the receipts of that vault stay its own', async () => {
    const { firm, lead, pickUp, opening } = scene;
    const [stolen] = cardOf(lead).vaults;
    const [own] = cardOf(pickUp).vaults;
    if (stolen === undefined || own === undefined) throw new Error('no vault');
    const before = listReceipts(firm.context.vault.read, opening);
    const second = { ...own, id: stolen.id, registrar: false, address: 'a'.repeat(26) } as typeof own;
    const card = await forgeCard(scene, pickUp, firm, { version: 2, vaults: [own, second] });
    expect((await deliver(scene, firm, card.bytes)).received.rejected).toBe(1);
    expect(rejectionsOf(firm)).toEqual(['CARD_NOT_SIGNED_BY_OFFICE']);
    expect(findCurrentCard(firm.context.vault.read, pickUp.office.id)?.version).toBe(1);
    expect(exchangeStatus(firm.context).pendingCards).toEqual([]);
    expect(listReceipts(firm.context.vault.read, opening)).toEqual(before);
  });

  test('or its mailbox is turned away: no copy for one office is dropped because another claims its address', async () => {
    const { firm, lead, pickUp, all } = scene;
    const [own] = cardOf(pickUp).vaults;
    const address = cardOf(lead).vaults[0]?.address;
    if (own === undefined || address === undefined) throw new Error('no vault');
    const card = await forgeCard(scene, pickUp, firm, { version: 2, vaults: [{ ...own, address }] });
    expect((await deliver(scene, firm, card.bytes)).received.rejected).toBe(1);
    const { m } = await send(firm, {
      target: { matter: scene.matter },
      act: 'withdraw',
      form: FILE_REVIEW['withdraw'] ?? {},
    });
    await sync(firm.context);
    await syncAll(all);
    for (const { context } of all) expect(findMessage(context.vault.read, m)?.status).toBe('accepted');
  });
});
