import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIdentity } from '../../../electron/pki/issue/create-identity.ts';
import { exchangeStatus } from '../../../electron/usecases/exchange-status.ts';
import { importIdentity } from '../../../electron/usecases/import-identity.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { listRejected } from '../../../electron/usecases/list-rejected.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { listMessagesById } from '../../../electron/vault/repositories/messages.ts';
import { listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import type { M, MatterId, MessageId } from '../../../shared/model/brand.ts';
import {
  addTrio,
  createLab,
  exportedCard,
  importFrom,
  introduce,
  type Lab,
  OFFICES,
  PASSPHRASE,
  type Party,
  send,
  syncAll,
  toP12,
} from '../../fixtures/exchange-lab.ts';
import {
  addressOf,
  draftForgedAct,
  type ForgedAct,
  personSigner,
  putInto,
  receiptSigner,
  sealForged,
} from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

let lab: Lab;
let firm: Party;
let lead: Party;
let pickUp: Party;
let all: Party[];
let matter: MatterId;
let opening: M;

beforeEach(async () => {
  lab = createLab();
  ({ firm, lead, pickUp, all } = await addTrio(lab));
  const sent = await send(firm, {
    target: { type: 'file-review', to: [lead.office.id, pickUp.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
  });
  ({ matter } = sent);
  opening = sent.m;
  await syncAll(all);
});
afterEach(() => lab.close());

const withdrawal = (change: Partial<ForgedAct> = {}): ForgedAct => ({
  matter,
  act: 'withdraw',
  form: FILE_REVIEW['withdraw'] ?? {},
  seq: 2,
  prev: opening,
  parents: [opening],
  ...change,
});
const forge = async (act: ForgedAct, by = firm, signer = personSigner(by)) => {
  const others = [lead, pickUp];
  return sealForged(draftForgedAct(by, others, lab.clock.now, act, signer), signer, [...others, firm], lab.clock.now);
};
const waitingIn = (party: Party) => {
  const folder = join(lab.share, addressOf(party));
  return ['new', 'claimed'].flatMap((part) => (existsSync(join(folder, part)) ? readdirSync(join(folder, part)) : []));
};
const rejections = ({ context }: Party) => listRejected(context).items.map(({ code }) => code);

describe('who is not in the card', () => {
  test('gets no answer; the ciphertext waits in quarantine, and a card that lists the person lets it in', async () => {
    const stranger = createIdentity({
      name: firm.office.name,
      officeType: firm.office.type,
      uscc: firm.office.id,
      region: firm.office.region,
      algorithm: 'p256',
      now: lab.clock.now,
    });
    const person = importIdentity(firm.context, {
      p12: toP12(stranger),
      password: PASSPHRASE,
      name: '李乙',
      iterations: 1,
    });
    const colleague: Party = {
      ...firm,
      identity: stranger,
      credentials: { person: person.id, passphrase: PASSPHRASE },
    };
    const { m, bytes } = await forge(withdrawal(), colleague);
    await putInto(lab.share, lead, bytes);
    await sync(lead.context);
    expect(rejections(lead)).toEqual(['SENDER_NOT_BOUND']);
    expect(listRejected(lead.context, 'SENDER_NOT_BOUND').items).toHaveLength(1);
    expect([waitingIn(lead), waitingIn(firm)]).toEqual([[], []]);
    expect(showMatter(lead.context, matter).matter.state).toBe('submitted');

    await issueCard(firm.context, firm.credentials);
    await importFrom(lead.context, await exportedCard(firm));
    await sync(lead.context);
    expect(listReceipts(lead.context.vault.read, m)).toMatchObject([{ kind: 'delivered', pos: 2 }]);
    expect(showMatter(lead.context, matter).matter.state).toBe('withdrawn');
    expect(readdirSync(lead.context.vault.paths.quarantine)).toEqual([]);
  });

  test('an act under a vault’s receipt key is refused, and nobody is told', async () => {
    const { bytes } = await forge(withdrawal(), firm, receiptSigner(firm));
    await putInto(lab.share, lead, bytes);
    await sync(lead.context);
    expect(rejections(lead)).toEqual(['KEY_NOT_FOR_ACT']);
    expect([waitingIn(lead), waitingIn(firm)]).toEqual([[], []]);
  });

  test('an office that has no part in the matter is met with silence', async () => {
    const outsider = await lab.addOffice(OFFICES.centreJiangsu);
    await introduce(lab.share, [outsider, lead]);
    const signer = personSigner(outsider);
    const draft = draftForgedAct(outsider, [lead], lab.clock.now, withdrawal({ seq: 1, prev: null }));
    const { bytes } = await sealForged(draft, signer, [lead, outsider], lab.clock.now);
    await putInto(lab.share, lead, bytes);
    await sync(lead.context);
    expect(rejections(lead)).toEqual(['NOT_A_PARTICIPANT']);
    expect(waitingIn(outsider)).toEqual([]);
  });
});

describe('equivocation', () => {
  test('two messages under one id: both are kept, the second is refused with a signed reason, and nobody is accused', async () => {
    const id = '01930000-0000-7000-8000-00000000abcd' as MessageId;
    const first = await forge(withdrawal({ id, form: { reason: '甲' } }));
    const second = await forge(withdrawal({ id, form: { reason: '乙' } }));
    await putInto(lab.share, lead, first.bytes);
    await sync(lead.context);
    await putInto(lab.share, lead, second.bytes);
    await sync(lead.context);
    expect(listMessagesById(lead.context.vault.read, id).map(({ m, status, code }) => [m, status, code])).toEqual([
      [first.m, 'accepted', null],
      [second.m, 'refused', 'MESSAGE_EQUIVOCATION'],
    ]);
    expect(listReceipts(lead.context.vault.read, second.m)).toMatchObject([
      { kind: 'refused', code: 'MESSAGE_EQUIVOCATION' },
    ]);
    expect(exchangeStatus(lead.context).alarms.map(({ code }) => code)).toEqual(['MESSAGE_EQUIVOCATION']);
  });

  test('the same place of a sequence twice is equivocation too, and the lead’s choice decides for all, whichever came first where', async () => {
    const first = await forge(withdrawal({ form: { reason: '甲' } }));
    const second = await forge(withdrawal({ form: { reason: '乙' } }));
    await putInto(lab.share, lead, first.bytes);
    await sync(lead.context);
    await putInto(lab.share, pickUp, second.bytes);
    await sync(pickUp.context);
    await putInto(lab.share, pickUp, first.bytes);
    await putInto(lab.share, lead, second.bytes);
    await putInto(lab.share, firm, first.bytes);
    await syncAll(all);
    for (const { context } of all) {
      const { messages, matter: row } = showMatter(context, matter);
      expect(row).toMatchObject({ state: 'withdrawn', countedPos: 2 });
      expect(messages.find(({ pos }) => pos === 2)?.row.m).toBe(first.m);
    }
    expect(showMatter(pickUp.context, matter).messages.find(({ row }) => row.m === first.m)?.row.status).toBe(
      'refused',
    );
  });
});

describe('replay', () => {
  test('a message that comes again is answered "already received" once, then less and less', async () => {
    const { m, bytes } = await forge(withdrawal());
    await putInto(lab.share, firm, bytes);
    await putInto(lab.share, lead, bytes);
    await syncAll(all);
    const counted = showMatter(lead.context, matter).matter.countedPos;
    await putInto(lab.share, lead, bytes);
    expect(await sync(lead.context)).toMatchObject({ received: { duplicate: 1 }, posted: 1 });
    await putInto(lab.share, lead, bytes);
    expect(await sync(lead.context)).toMatchObject({ received: { duplicate: 1 }, posted: 0 });
    lab.later(11 * 60_000);
    await putInto(lab.share, lead, bytes);
    expect((await sync(lead.context)).posted).toBe(1);
    lab.later(11 * 60_000);
    await putInto(lab.share, lead, bytes);
    expect((await sync(lead.context)).posted).toBe(0);
    await syncAll(all);
    expect(showMatter(lead.context, matter).matter.countedPos).toBe(counted);
    expect(listReceipts(firm.context.vault.read, m).filter(({ office }) => office === lead.office.id)).toHaveLength(1);
  });

  test('a refused message that comes again is answered by the same refusal', async () => {
    const draft = draftForgedAct(firm, [lead], lab.clock.now, withdrawal());
    const { m, bytes } = await sealForged(draft, personSigner(firm), [lead, firm], lab.clock.now);
    await putInto(lab.share, lead, bytes);
    expect((await sync(lead.context)).received.refused).toBe(1);
    await putInto(lab.share, lead, bytes);
    expect(await sync(lead.context)).toMatchObject({ received: { duplicate: 1 }, posted: 1 });
    expect(listReceipts(lead.context.vault.read, m).map(({ kind, code }) => [kind, code])).toEqual([
      ['refused', 'PARTICIPANTS_MISMATCH'],
    ]);
  });
});
