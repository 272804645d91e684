import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { MessageDraft } from '../../../electron/packages/container-plan.ts';
import { parseCertificate } from '../../../electron/pki/certificate.ts';
import { listRejected } from '../../../electron/usecases/list-rejected.ts';
import { type SyncReport, sync } from '../../../electron/usecases/sync.ts';
import { findCurrentCard } from '../../../electron/vault/repositories/cards.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import type { Message, ReceiptBody, SyncMatter } from '../../../shared/model/message.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import { craftContainer, enclose } from '../../fixtures/crafted-container.ts';
import { addTrio, createLab, type Lab, type Party, send, syncAll } from '../../fixtures/exchange-lab.ts';
import {
  addressOf,
  draftForgedAct,
  draftForgedReceipt,
  envelopeOf,
  type Forged,
  type ForgedAct,
  personSigner,
  putInto,
  receiptSigner,
  sealForged,
} from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

// Three vaults and their keys for every scene: on a busy machine that is more than a test is given.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Three offices in one matter that the first opened; any of them may turn hostile, with its real keys. */
export interface Scene {
  readonly lab: Lab;
  readonly firm: Party;
  readonly lead: Party;
  readonly pickUp: Party;
  readonly all: readonly Party[];
  readonly matter: MatterId;
  readonly opening: M;
}

export async function openScene(): Promise<Scene> {
  const lab = createLab();
  const { firm, lead, pickUp, all } = await addTrio(lab);
  const { m: opening, matter } = await send(firm, {
    target: { type: 'file-review', to: [lead.office.id, pickUp.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
  });
  await syncAll(all);
  return { lab, firm, lead, pickUp, all, matter, opening };
}

const others = ({ all }: Scene, party: Party): Party[] => all.filter((other) => other !== party);

/** An act of a party's own, for all other participants. */
export function forgeAct(scene: Scene, party: Party, change: Partial<ForgedAct> = {}): Promise<Forged> {
  const { lab, matter, opening } = scene;
  const to = others(scene, party);
  const act: ForgedAct = {
    matter,
    act: 'withdraw',
    form: FILE_REVIEW['withdraw'] ?? {},
    seq: party === scene.firm ? 2 : 1,
    prev: party === scene.firm ? opening : null,
    parents: [opening],
    ...change,
  };
  const draft = draftForgedAct(party, to, lab.clock.now, act);
  return sealForged(draft, personSigner(party), [...to, party], lab.clock.now);
}

/** A receipt under a party's receipt key for a message that `knower` holds, with whatever is false in it. */
export function forgeReceipt(
  { lab, matter }: Scene,
  party: Party,
  to: Party,
  about: { readonly m: M; readonly knower: Party },
  lie: Partial<ReceiptBody> = {},
  envelope: Partial<Pick<Message, 'id' | 'createdAt'>> = {},
): Promise<Forged> {
  const row = findMessage(about.knower.context.vault.read, about.m);
  if (row === null) throw new Error('nothing to receipt');
  const { body, signatureDigest } = row;
  const receipt: ReceiptBody = {
    kind: 'delivered',
    office: party.office.id,
    vault: envelopeOf(party, [], lab.clock.now).author.vault,
    message: about.m,
    messageId: body.id,
    messageSender: body.sender,
    signatureDigest,
    documents: body.documents.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    verdict: { indication: 'TOTAL_PASSED', subIndication: null, policy: 'hostile' },
    receivedAt: row.firstReceivedAt,
    heads: [],
    pos: null,
    posPrev: null,
    supersedes: null,
    code: null,
    person: null,
    ...lie,
  };
  const draft = { ...draftForgedReceipt(party, [to], lab.clock.now, matter, receipt), ...envelope };
  return sealForged(draft, receiptSigner(party), [to, party], lab.clock.now);
}

export function forgeSyncRequest(
  { lab }: Scene,
  party: Party,
  to: Party,
  matters: readonly SyncMatter[],
  change: Partial<Pick<Message, 'id'>> = {},
): Promise<Forged> {
  const signer = receiptSigner(party);
  const envelope = envelopeOf(party, [to], lab.clock.now, signer);
  const draft: MessageDraft = {
    ...envelope,
    sender: { ...envelope.sender, person: null },
    kind: 'sync-request',
    matters: [...matters],
    wanted: [],
    complete: false,
    answers: null,
    ...change,
  };
  return sealForged(draft, signer, [to, party], lab.clock.now);
}

export function cardOf({ context, office }: Party, owner: Party['office']['id'] = office.id): OfficeCard {
  const card = findCurrentCard(context.vault.read, owner)?.body;
  if (card === undefined) throw new Error('no card');
  return card;
}

/** A card message for one other office. */
export function forgeCard({ lab }: Scene, party: Party, to: Party, change: Partial<OfficeCard>): Promise<Forged> {
  const draft: MessageDraft = {
    ...envelopeOf(party, [to], lab.clock.now),
    kind: 'card',
    card: { ...cardOf(party), ...change },
  };
  return sealForged(draft, personSigner(party), [to, party], lab.clock.now);
}

/** An act that no schema of ours would let out, signed and sealed all the same. */
export function craftAct(
  scene: Scene,
  party: Party,
  to: Party,
  change: Readonly<Record<string, unknown>>,
  sealedFor: readonly Party[] = [to, party],
): Buffer {
  const { lab, matter, opening } = scene;
  const draft = draftForgedAct(party, [to], lab.clock.now, {
    matter,
    act: 'withdraw',
    form: FILE_REVIEW['withdraw'] ?? {},
    seq: 2,
    prev: opening,
    parents: [opening],
  });
  const container = craftContainer({
    signer: party.identity,
    recipients: [],
    documents: [],
    message: () => ({ ...draft, documents: [], ...change }),
  });
  return enclose(container, sealedFor.map(encryptionCertificateOf));
}

export function encryptionCertificateOf(party: Party) {
  const own = cardOf(party).vaults[0]?.encryptionCertificate ?? '';
  return parseCertificate(Buffer.from(own, 'base64'));
}

/** Puts files into a party's mailbox and lets it sync once. */
export async function deliver({ lab }: Scene, party: Party, ...files: readonly Buffer[]): Promise<SyncReport> {
  for (const bytes of files) await putInto(lab.share, party, bytes);
  return sync(party.context);
}

export const newFolderOf = ({ lab }: Scene, party: Party): string => join(lab.share, addressOf(party), 'new');

/** Names of everything that waits in a party's mailbox, claimed or not. */
export function waitingFor({ lab }: Scene, party: Party): string[] {
  const folder = join(lab.share, addressOf(party));
  return ['new', 'claimed', 'tmp'].flatMap((part) =>
    existsSync(join(folder, part)) ? readdirSync(join(folder, part)) : [],
  );
}

/** What must not move when a hostile package comes: everything that others are told or that a matter rests on. */
export function standing(scene: Scene, party: Party) {
  const db = party.context.vault.read;
  return {
    matters: db.all('SELECT id, state, counted_pos, updated_at FROM matters ORDER BY id'),
    messages: db.all("SELECT m, status, counted FROM messages WHERE status = 'accepted' ORDER BY m"),
    receipts: db.all('SELECT m, current FROM receipts ORDER BY m'),
    positions: db.all('SELECT * FROM positions ORDER BY matter, pos'),
    cards: db.all('SELECT m, status FROM cards ORDER BY m'),
    outbox: db.all('SELECT m, address, state FROM outbox ORDER BY id'),
    duties: db.all('SELECT kind FROM duties ORDER BY id'),
    mailboxes: scene.all.map((one) => waitingFor(scene, one)),
  };
}

export const rejectionsOf = ({ context }: Party) => listRejected(context).items.map(({ code }) => code);
