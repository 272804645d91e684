import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deriveMatterId } from '../../../electron/exchange/matter-id.ts';
import type { MessageDraft } from '../../../electron/packages/container-plan.ts';
import { findOpening } from '../../../electron/usecases/matters/find-opening.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { uuidV7 } from '../../../electron/usecases/uuid-v7.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import type { MatterId, MessageId } from '../../../shared/model/brand.ts';
import type { ActMessage } from '../../../shared/model/message.ts';
import { type Lab, OFFICES, type Party, send, syncAll } from '../../fixtures/exchange-lab.ts';
import { draftForgedAct, personSigner, sealForged } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { deliver, newFolderOf, openScene, rejectionsOf, type Scene, standing, waitingFor } from './hostile-lab.ts';

let scene: Scene;
let lab: Lab;
/** Known to nobody but itself. */
let stranger: Party;
beforeAll(async () => {
  scene = await openScene();
  lab = scene.lab;
  stranger = await lab.addOffice(OFFICES.centreJiangsu);
});
afterAll(() => lab.close());

/** `matter` null: the one that this opening may open. */
const draftOpening = (
  from: Party,
  to: readonly Party[],
  matter: MatterId | null = null,
  change: object = {},
): MessageDraft => {
  const id = uuidV7(lab.clock.now) as MessageId;
  const draft = draftForgedAct(from, to, lab.clock.now, {
    matter: matter ?? deriveMatterId(from.office.id, id),
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
    seq: 1,
    id,
  });
  return { ...draft, ...change };
};
const matterIn = (draft: MessageDraft): MatterId => (draft as ActMessage).matter;

test('an office that nobody here knows may be named as a participant: the others go on, and it is sent nothing', async () => {
  const { firm, lead } = scene;
  const draft = draftOpening(firm, [lead, stranger]);
  const { m, bytes } = await sealForged(draft, personSigner(firm), [lead, stranger, firm], lab.clock.now);
  expect(await deliver(scene, lead, bytes)).toMatchObject({ received: { accepted: 1 }, failed: [], unreachable: [] });
  expect(showMatter(lead.context, matterIn(draft)).matter).toMatchObject({ state: 'submitted', countedPos: 1 });
  expect(findMessage(lead.context.vault.read, m)?.status).toBe('accepted');
  expect(waitingFor(scene, stranger)).toEqual([]);
  await sync(firm.context);
});

test('a stranger’s opening, however well signed, is not answered', async () => {
  const { lead } = scene;
  const before = standing(scene, lead);
  const draft = draftOpening(stranger, [lead]);
  const { bytes } = await sealForged(draft, personSigner(stranger), [lead, stranger], lab.clock.now);
  expect((await deliver(scene, lead, bytes)).received.rejected).toBe(1);
  expect(rejectionsOf(lead)[0]).toBe('SENDER_NOT_BOUND');
  expect(standing(scene, lead)).toEqual(before);
  expect(waitingFor(scene, stranger)).toEqual([]);
});

test('an opening in another office’s name is bound to nobody', async () => {
  const { firm, lead, pickUp } = scene;
  const before = standing(scene, lead);
  const { author, sender } = draftOpening(firm, [lead]);
  const signer = personSigner(pickUp);
  const inName = { author, sender: { ...sender, certificate: signer.certificate.sha256 } };
  const draft = draftOpening(pickUp, [lead], null, inName);
  const { bytes } = await sealForged(draft, signer, [lead, pickUp], lab.clock.now);
  expect((await deliver(scene, lead, bytes)).received.rejected).toBe(1);
  expect(rejectionsOf(lead)[0]).toBe('SENDER_NOT_BOUND');
  expect(standing(scene, lead)).toEqual(before);
});

test('a second opening of a matter, with another lead, changes nothing of it', async () => {
  const { pickUp, firm, lead, matter } = scene;
  const before = showMatter(lead.context, matter);
  const draft = draftOpening(pickUp, [firm, lead], matter);
  const { bytes } = await sealForged(draft, personSigner(pickUp), [firm, lead, pickUp], lab.clock.now);
  expect((await deliver(scene, lead, bytes)).received.refused).toBe(1);
  const after = showMatter(lead.context, matter);
  expect(after.matter).toMatchObject({ lead: lead.office.id, opener: firm.office.id, countedPos: 1 });
  expect(after.matter.state).toBe(before.matter.state);
});

test('whoever holds an opening back to open the same matter first, under another lead, opens nothing: the true one opens it when it comes', async () => {
  const { firm, lead, pickUp, all } = scene;
  const target = { type: 'file-review', to: [lead.office.id, pickUp.office.id] } as const;
  const form = FILE_REVIEW['submit'] ?? {};
  const { m, matter } = await send(firm, { target, act: 'submit', form });
  await sync(firm.context);
  const inbox = newFolderOf(scene, lead);
  const held = readdirSync(inbox);
  for (const name of held) renameSync(join(inbox, name), join(lab.dir, name));
  await sync(pickUp.context);
  const draft = draftOpening(pickUp, [firm, lead], matter);
  const squat = await sealForged(draft, personSigner(pickUp), [firm, lead, pickUp], lab.clock.now);

  expect((await deliver(scene, lead, squat.bytes)).received.refused).toBe(1);
  expect(findMessage(lead.context.vault.read, squat.m)).toMatchObject({
    status: 'refused',
    code: 'MATTER_NOT_OPENERS',
  });
  expect(() => showMatter(lead.context, matter)).toThrow('MATTER_UNKNOWN');

  for (const name of held) renameSync(join(lab.dir, name), join(inbox, name));
  await syncAll(all);
  for (const { context } of [firm, lead, pickUp]) {
    expect(showMatter(context, matter).matter).toMatchObject({
      opener: firm.office.id,
      lead: lead.office.id,
      countedPos: 1,
      state: 'submitted',
    });
    expect(findOpening(context.vault.read, matter)?.author.office).toBe(firm.office.id);
  }
  expect(findMessage(lead.context.vault.read, m)?.status).toBe('accepted');
});
