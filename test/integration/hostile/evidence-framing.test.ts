import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBundle } from '../../../electron/evidence/verify-bundle.ts';
import { cardFingerprint } from '../../../electron/exchange/card-trust.ts';
import { bufferSource } from '../../../electron/files/bytes.ts';
import type { MessageDraft } from '../../../electron/packages/container-plan.ts';
import type { Signer } from '../../../electron/packages/write-container.ts';
import type { Identity } from '../../../electron/pki/identity.ts';
import { createIdentity } from '../../../electron/pki/issue/create-identity.ts';
import { getOwnVault } from '../../../electron/usecases/office/own-vault.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import type { Base64Der, M, PersonId } from '../../../shared/model/brand.ts';
import type { ReceiptBody } from '../../../shared/model/message.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import { craftContainer } from '../../fixtures/crafted-container.ts';
import { exported, rebuildBundle } from '../../fixtures/evidence-material.ts';
import {
  draftForgedAct,
  draftForgedReceipt,
  envelopeOf,
  personSigner,
  receiptSigner,
} from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { readEntries, type ZipEntry } from '../../fixtures/stored-zip.ts';
import { cardOf, openScene, type Scene } from './hostile-lab.ts';

/** An office hands in evidence of a matter it was in, with containers of its own making that put words into another's mouth. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.lab.close());

const ABSENT = createHash('sha256').update('never sent').digest('hex') as M;

async function contained(folder: string, draft: MessageDraft, signer: Signer): Promise<ZipEntry> {
  const identity = { ...scene.pickUp.identity, signing: signer as Identity['signing'], chain: [] };
  const message = () => ({ ...draft, documents: [] });
  const content = craftContainer({ signer: identity, recipients: [], documents: [], message });
  const manifest = (await readEntries(content)).find(({ name }) => name === 'META-INF/ASiCManifest001.xml');
  const m = createHash('sha256')
    .update(manifest?.content ?? '')
    .digest('hex');
  return { name: `${folder}/${m}.asice`, content };
}

async function judgeWith(added: readonly ZipEntry[], compared: readonly OfficeCard[] = []) {
  const { firm, lead, pickUp, matter, lab } = scene;
  const bundle = await rebuildBundle(await exported(firm, matter), (all) => [...all, ...added]);
  return verifyBundle({
    bundle: bufferSource(bundle),
    anchors: [],
    fingerprints: [...[firm, lead, pickUp].map((party) => cardOf(party)), ...compared].map(cardFingerprint),
    at: new Date(lab.clock.now.getTime() + 60_000),
    revocation: 'off',
  });
}

/** A receipt for a message that is nowhere, under the key of `by`, in the name of the leading office. */
function receiptOf(by: Scene['lead'], pos: number, posPrev: M | null): Promise<ZipEntry> {
  const { lead, firm, matter, opening, lab } = scene;
  const body = findMessage(firm.context.vault.read, opening)?.body;
  if (body === undefined) throw new Error('no opening');
  const receipt: ReceiptBody = {
    ...{ kind: 'delivered', office: lead.office.id, vault: getOwnVault(lead.context.vault.read).vault },
    ...{ message: ABSENT, messageId: body.id, messageSender: body.sender, signatureDigest: ABSENT, documents: [] },
    verdict: { indication: 'TOTAL_PASSED', subIndication: null, policy: 'hostile' },
    ...{ receivedAt: body.createdAt, heads: [], pos, posPrev, supersedes: null, code: null, person: null },
  };
  const draft = draftForgedReceipt(by, [firm], lab.clock.now, matter, receipt);
  return contained('receipts', draft, receiptSigner(by));
}

test('the matter as it was passes', async () => {
  expect((await judgeWith([])).indication).toBe('TOTAL_PASSED');
});

test('a receipt in the leading office’s name convicts it of two orders, or gives a place', async () => {
  const report = await judgeWith([await receiptOf(scene.pickUp, 1, null)]);
  expect(report.checks.find(({ id }) => id === 'equivocation')).toMatchObject({ ok: true, detail: '' });
  expect(report.completeUpTo).toBe(1);
  expect(report.indication).toBe('TOTAL_FAILED');
});

test('an act in another office’s name convicts it of two acts at one place', async () => {
  const { firm, lead, pickUp, matter, opening, lab } = scene;
  const act = { matter, act: 'withdraw', form: FILE_REVIEW['withdraw'] ?? {}, seq: 1 } as const;
  const own = personSigner(pickUp);
  const forged = draftForgedAct(firm, [lead, pickUp], lab.clock.now, act, own);
  const report = await judgeWith([await contained('messages', forged, own)]);
  expect(report.checks.find(({ id }) => id === 'equivocation')).toMatchObject({ ok: true, detail: '' });
  expect(report.messages.find(({ m }) => m !== opening)).toMatchObject({ indication: 'INDETERMINATE' });
  expect(report.indication).not.toBe('TOTAL_PASSED');
});

test('a place beyond all counting takes the verifier’s memory', async () => {
  const report = await judgeWith([await receiptOf(scene.lead, Number.MAX_SAFE_INTEGER, scene.opening)]);
  expect(report.indication).not.toBe('TOTAL_PASSED');
});

test('somebody who left an office signs a card that says they did not, and it counts by the office’s own fingerprint', async () => {
  const { firm, lab } = scene;
  const { name, type, id, region } = firm.office;
  const gone = createIdentity({ name, officeType: type, uscc: id, region, algorithm: 'p256', now: lab.clock.now });
  const certificate = gone.signing.certificate.der.toString('base64') as Base64Der;
  const [person] = cardOf(firm).persons;
  if (person === undefined) throw new Error('no person');
  const former = {
    ...person,
    ...{ id: '9f3c1c52-9c0f-4c44-9d51-0d5a8f5c0002' as PersonId, certificate, notAfter: person.notBefore },
  };
  const without: OfficeCard = { ...cardOf(firm), version: 2, persons: [person, former] };
  const again: OfficeCard = { ...without, version: 3, persons: [person, { ...former, notAfter: person.notAfter }] };
  expect(cardFingerprint(again)).toBe(cardFingerprint(without));
  const signed = (card: OfficeCard, signer: Signer) =>
    contained('cards', { ...envelopeOf(firm, [], lab.clock.now, signer), kind: 'card', card }, signer);
  const own = await signed(without, personSigner(firm));
  const forged = await contained(
    'cards',
    {
      ...envelopeOf(firm, [], lab.clock.now, { ...gone.signing, chain: [] }),
      ...{ sender: { office: id, person: former.id, certificate: gone.signing.certificate.sha256 } },
      ...{ kind: 'card', card: again },
    },
    { ...gone.signing, chain: [] },
  );
  const report = await judgeWith([own, forged], [without]);
  const versions = report.cards.filter(({ office }) => office === id).map(({ version, restsOn }) => [version, restsOn]);
  expect(versions).toEqual([
    [1, 'fingerprint'],
    [2, 'fingerprint'],
    [3, 'nothing'],
  ]);
  expect(report.indication).not.toBe('TOTAL_PASSED');
});
