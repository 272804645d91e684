import { afterEach, beforeEach, expect, test } from 'vitest';
import { createIdentity } from '../../../electron/pki/issue/create-identity.ts';
import { showDirectoryEntry } from '../../../electron/usecases/desk/view-directory.ts';
import { exchangeStatus } from '../../../electron/usecases/exchange-status.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import type { Base64Der, PersonId } from '../../../shared/model/brand.ts';
import { draftForgedAct, putInto, sealForged } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import {
  cardOf,
  deliver,
  forgeCard,
  openScene,
  rejectionsOf,
  type Scene,
  standing,
  waitingFor,
} from './hostile-lab.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.lab.close());

const known = () => cardOf(scene.lead, scene.firm.office.id);

test('a card of an older or the same version with other words never replaces the confirmed one', async () => {
  const { firm, lead } = scene;
  const newer = await forgeCard(scene, firm, lead, { version: 5, types: ['file-review'] });
  expect((await deliver(scene, lead, newer.bytes)).received.accepted).toBe(1);
  const before = standing(scene, lead);
  for (const version of [1, 4, 5]) {
    const { bytes } = await forgeCard(scene, firm, lead, { version, types: ['notarization'] });
    expect((await deliver(scene, lead, bytes)).received.rejected).toBe(1);
  }
  expect(rejectionsOf(lead)).toEqual(['CARD_NOT_NEWER', 'CARD_NOT_NEWER', 'CARD_NOT_NEWER']);
  expect(known()).toMatchObject({ version: 5, types: ['file-review'] });
  expect(standing(scene, lead)).toEqual(before);
});

test('new keys in a card wait for a person: until then nobody acts under them, and an old card sent again brings none back', async () => {
  const { firm, lead, pickUp, lab, matter, opening } = scene;
  const { name, type, id, region } = firm.office;
  const thief = createIdentity({ name, officeType: type, uscc: id, region, algorithm: 'p256', now: lab.clock.now });
  const certificate = thief.signing.certificate.der.toString('base64') as Base64Der;
  const [person] = cardOf(firm).persons;
  if (person === undefined) throw new Error('no person');
  const added = { ...person, id: '9f3c1c52-9c0f-4c44-9d51-0d5a8f5c0001' as PersonId, certificate };
  const { bytes } = await forgeCard(scene, firm, lead, { version: 2, persons: [person, added] });
  expect((await deliver(scene, lead, bytes)).received.held).toBe(1);
  expect(exchangeStatus(lead.context).alarms.map(({ code }) => code)).toEqual(['CARD_NEEDS_CONFIRMATION']);
  expect(known()).toMatchObject({ version: 1, persons: [person] });

  const signer = { ...thief.signing, chain: [] };
  const draft = draftForgedAct(
    firm,
    [lead, pickUp],
    lab.clock.now,
    { matter, act: 'withdraw', form: FILE_REVIEW['withdraw'] ?? {}, seq: 2, prev: opening, parents: [opening] },
    signer,
  );
  const named = { ...draft, sender: { ...draft.sender, person: added.id } };
  const act = await sealForged(named, signer, [lead, pickUp, firm], lab.clock.now);
  await deliver(scene, lead, act.bytes);
  expect(rejectionsOf(lead)).toEqual(['SENDER_NOT_BOUND']);
  expect(scene.all.flatMap((party) => waitingFor(scene, party))).toEqual([]);
});

test('a card for an office that is not the sender’s is turned away', async () => {
  const { firm, lead, pickUp } = scene;
  const before = standing(scene, lead);
  const { bytes } = await forgeCard(scene, pickUp, lead, { ...cardOf(firm), version: 9 });
  await deliver(scene, lead, bytes);
  expect(rejectionsOf(lead)).toEqual(['SENDER_NOT_BOUND']);
  expect(standing(scene, lead)).toEqual(before);
});

test('the same card twenty times changes nothing and is answered by nobody', async () => {
  const { firm, lead, lab } = scene;
  const { bytes } = await forgeCard(scene, firm, lead, { version: 2, types: ['file-review'] });
  await deliver(scene, lead, bytes);
  await sync(lead.context);
  const before = standing(scene, lead);
  for (let copy = 0; copy < 20; copy++) await putInto(lab.share, lead, bytes);
  expect((await sync(lead.context)).received.duplicate).toBe(20);
  expect(standing(scene, lead)).toEqual(before);
});

test('a card that lists a procedure of a newer program is refused, or its known ones are lost', async () => {
  const { firm, lead } = scene;
  const { bytes } = await forgeCard(scene, firm, lead, {
    version: 2,
    types: ['file-review', 'compensation-2030'],
    formats: ['pdf', 'ofd'],
  });
  expect((await deliver(scene, lead, bytes)).received.accepted).toBe(1);
  expect(known()).toMatchObject({ version: 2, types: ['file-review', 'compensation-2030'], formats: ['pdf', 'ofd'] });
  const shown = await showDirectoryEntry(lead.context, firm.office.id);
  expect(shown.current?.types).toEqual(['file-review']);
  const next = await issueCard(firm.context, firm.credentials, { formats: ['pdf'] });
  expect(next.card).toMatchObject({ formats: ['pdf'] });
  expect((await issueCard(firm.context, firm.credentials)).card.formats).toEqual(['pdf']);
  expect((await issueCard(firm.context, firm.credentials, { formats: [] })).card).not.toHaveProperty('formats');
});
