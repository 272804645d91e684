import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageDraft } from '../../../electron/packages/container-plan.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import { type Lab, OFFICES, type Party } from '../../fixtures/exchange-lab.ts';
import { draftForgedAct, personSigner, sealForged } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { deliver, openScene, rejectionsOf, type Scene, standing, waitingFor } from './hostile-lab.ts';

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

const draftOpening = (from: Party, to: readonly Party[], matter: string, change: object = {}): MessageDraft => ({
  ...draftForgedAct(from, to, lab.clock.now, {
    matter: matter as MatterId,
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
    seq: 1,
  }),
  ...change,
});

test('an office that nobody here knows may be named as a participant: the others go on, and it is sent nothing', async () => {
  const { firm, lead } = scene;
  const matter = '01930000-0000-7000-8000-000000000aaa';
  const draft = draftOpening(firm, [lead, stranger], matter);
  const { m, bytes } = await sealForged(draft, personSigner(firm), [lead, stranger, firm], lab.clock.now);
  expect(await deliver(scene, lead, bytes)).toMatchObject({ received: { accepted: 1 }, failed: [], unreachable: [] });
  expect(showMatter(lead.context, matter as MatterId).matter).toMatchObject({ state: 'submitted', countedPos: 1 });
  expect(findMessage(lead.context.vault.read, m)?.status).toBe('accepted');
  expect(waitingFor(scene, stranger)).toEqual([]);
  await sync(firm.context);
});

test('a stranger’s opening, however well signed, is not answered', async () => {
  const { lead } = scene;
  const before = standing(scene, lead);
  const draft = draftOpening(stranger, [lead], '01930000-0000-7000-8000-000000000bbb');
  const { bytes } = await sealForged(draft, personSigner(stranger), [lead, stranger], lab.clock.now);
  expect((await deliver(scene, lead, bytes)).received.rejected).toBe(1);
  expect(rejectionsOf(lead)[0]).toBe('SENDER_NOT_BOUND');
  expect(standing(scene, lead)).toEqual(before);
  expect(waitingFor(scene, stranger)).toEqual([]);
});

test('an opening in another office’s name is bound to nobody', async () => {
  const { firm, lead, pickUp } = scene;
  const before = standing(scene, lead);
  const { author, sender } = draftOpening(firm, [lead], '01930000-0000-7000-8000-000000000ccc') as MessageDraft;
  const signer = personSigner(pickUp);
  const inName = { author, sender: { ...sender, certificate: signer.certificate.sha256 } };
  const draft = draftOpening(pickUp, [lead], '01930000-0000-7000-8000-000000000ccc', inName);
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
