import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { createCa } from '../../../electron/pki/issue/create-ca.ts';
import { createIdentity } from '../../../electron/pki/issue/create-identity.ts';
import { issueCrl } from '../../../electron/pki/issue/issue-crl.ts';
import { addAnchors, addCrls } from '../../../electron/usecases/add-trust.ts';
import { confirmPendingCard, refusePendingCard } from '../../../electron/usecases/confirm-pending-card.ts';
import { exchangeStatus } from '../../../electron/usecases/exchange-status.ts';
import { importCard } from '../../../electron/usecases/import-card.ts';
import { importIdentity } from '../../../electron/usecases/import-identity.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { addVault, exportJoinRequest } from '../../../electron/usecases/join-office.ts';
import { markOpened } from '../../../electron/usecases/mark-opened.ts';
import { publishCard } from '../../../electron/usecases/publish-card.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findCurrentCard } from '../../../electron/vault/repositories/cards.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import {
  connect,
  createLab,
  type ExportedCard,
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
import { FILE_REVIEW } from '../../fixtures/forms.ts';

let lab: Lab;
let firm: Party;
let lead: Party;

beforeEach(async () => {
  lab = createLab();
  firm = await lab.addOffice(OFFICES.firm);
  lead = await lab.addOffice(OFFICES.procuratorate);
});
afterEach(() => lab.close());

const bring = (to: Party, { bytes }: ExportedCard) =>
  importCard(to.context, { source: bufferSource(bytes), by: 'test' });
const versionAt = (at: Party, of: Party) => findCurrentCard(at.context.vault.read, of.office.id)?.body.version ?? null;
const submit = () =>
  send(firm, {
    target: { type: 'file-review', to: [lead.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
  });
const colleague = (party: Party) =>
  createIdentity({
    name: party.office.name,
    officeType: party.office.type,
    uscc: party.office.id,
    region: party.office.region,
    algorithm: 'p256',
    now: lab.clock.now,
  });

describe('cards', () => {
  test('an unknown office is unverified until a person has compared the fingerprint', async () => {
    const card = await exportedCard(lead);
    expect(await bring(firm, card)).toMatchObject({
      outcome: 'pending',
      comparison: true,
      fingerprint: card.fingerprint,
    });
    connect(lab.share, firm, [lead]);
    await expect(submit()).rejects.toMatchObject({ code: 'OFFICE_UNKNOWN' });
    const confirm = (fingerprint?: string) =>
      confirmPendingCard(firm.context, {
        office: lead.office.id,
        by: 'test',
        ...(fingerprint === undefined ? {} : { fingerprint }),
      });
    await expect(confirm()).rejects.toMatchObject({ code: 'CARD_NEEDS_CONFIRMATION' });
    await expect(confirm('0'.repeat(64))).rejects.toMatchObject({ code: 'FINGERPRINT_MISMATCH' });
    await confirm(card.fingerprint.toUpperCase().replace(/(.{4})/g, '$1 '));
    expect(versionAt(firm, lead)).toBe(1);
    await submit();
  });

  test('a wrong fingerprint given with the file is refused, and the same card again changes nothing', async () => {
    const card = await exportedCard(lead);
    await expect(importFrom(firm.context, { ...card, fingerprint: 'f'.repeat(64) })).rejects.toMatchObject({
      code: 'FINGERPRINT_MISMATCH',
    });
    expect((await importFrom(firm.context, card)).outcome).toBe('applied');
    expect((await bring(firm, card)).outcome).toBe('unchanged');
  });

  test('a newer card without new keys applies by itself; an older one is refused', async () => {
    const old = await exportedCard(lead);
    await importFrom(firm.context, old);
    lab.later(1000);
    await issueCard(lead.context, lead.credentials, { types: ['file-review'] });
    expect((await bring(firm, await exportedCard(lead))).outcome).toBe('applied');
    expect(versionAt(firm, lead)).toBe(2);
    await expect(bring(firm, old)).rejects.toMatchObject({ code: 'CARD_NOT_NEWER' });
  });

  test('a new person’s key waits for a person here, though the old key vouches for it; turned down it stays out', async () => {
    await importFrom(firm.context, await exportedCard(lead));
    importIdentity(lead.context, { p12: toP12(colleague(lead)), password: PASSPHRASE, name: '李乙', iterations: 1 });
    await issueCard(lead.context, lead.credentials);
    expect(await bring(firm, await exportedCard(lead))).toMatchObject({ outcome: 'pending', comparison: false });
    expect(exchangeStatus(firm.context)).toMatchObject({
      pendingCards: [lead.office.id],
      alarms: [{ code: 'CARD_NEEDS_CONFIRMATION' }],
    });
    await refusePendingCard(firm.context, lead.office.id, 'test');
    expect(versionAt(firm, lead)).toBe(1);
    await expect(confirmPendingCard(firm.context, { office: lead.office.id, by: 'test' })).rejects.toMatchObject({
      code: 'CARD_NOT_PENDING',
    });
  });

  test('a card that another office signed is not believed, fingerprint or not', async () => {
    const impostor = await lab.addOffice(OFFICES.procuratorate, { label: 'impostor' });
    await importFrom(firm.context, await exportedCard(lead));
    await issueCard(impostor.context, impostor.credentials, {});
    expect(await bring(firm, await exportedCard(impostor))).toMatchObject({ outcome: 'pending', comparison: true });
    expect(versionAt(firm, lead)).toBe(1);
  });

  test('a card travels sealed to those who know the office, one package for each', async () => {
    const pickUp = await lab.addOffice(OFFICES.pickUp);
    await introduce(lab.share, [firm, lead, pickUp]);
    lab.later(1000);
    await issueCard(lead.context, lead.credentials, { types: ['file-review'] });
    const published = await publishCard(lead.context, lead.credentials);
    expect(published).toHaveLength(2);
    for (const m of published) expect(findMessage(lead.context.vault.read, m)?.body.recipients).toHaveLength(2);
    await syncAll([firm, lead, pickUp]);
    expect([versionAt(firm, lead), versionAt(pickUp, lead)]).toEqual([2, 2]);
  });

  test('a person who may only sign decisions can sign no card and no withdrawal', async () => {
    await introduce(lab.share, [firm, lead]);
    const { matter } = await submit();
    const clerk = importIdentity(firm.context, {
      p12: toP12(colleague(firm)),
      password: PASSPHRASE,
      name: '李乙',
      acts: ['supplement'],
      iterations: 1,
    });
    await issueCard(firm.context, firm.credentials);
    const credentials = { person: clerk.id, passphrase: PASSPHRASE };
    await expect(issueCard(firm.context, credentials)).rejects.toMatchObject({ code: 'KEY_NOT_FOR_ACT' });
    const act = send({ ...firm, credentials }, { target: { matter }, act: 'withdraw', form: {} });
    await expect(act).rejects.toMatchObject({ code: 'KEY_NOT_FOR_ACT' });
  });

  test('a wrong passphrase signs nothing, and leaves nothing in the outgoing folder', async () => {
    await introduce(lab.share, [firm, lead]);
    const wrong = { ...firm, credentials: { ...firm.credentials, passphrase: 'wrong' } };
    const sent = send(wrong, {
      target: { type: 'file-review', to: [lead.office.id] },
      act: 'submit',
      form: FILE_REVIEW['submit'] ?? {},
    });
    await expect(sent).rejects.toMatchObject({ code: 'P12_PASSWORD_WRONG' });
    expect(await sync(firm.context)).toMatchObject({ posted: 0 });
  });

  test('a request to join needs the fingerprint that the other device shows', async () => {
    const { bytes } = exportJoinRequest(
      (await lab.addOffice(OFFICES.firm, { label: 'second', withoutCard: true })).context,
    );
    const add = addVaultWith(bytes, '0'.repeat(64));
    await expect(add).rejects.toMatchObject({ code: 'FINGERPRINT_MISMATCH' });
    const foreign = exportJoinRequest(lead.context);
    await expect(addVaultWith(foreign.bytes, foreign.fingerprint)).rejects.toMatchObject({ code: 'OFFICE_UNKNOWN' });
    await expect(addVaultWith(Buffer.from('{"format":"lexpost-join"}'), '')).rejects.toMatchObject({ code: 'USAGE' });
  });
  const addVaultWith = async (request: Buffer, fingerprint: string) =>
    addVault(firm.context, { request, fingerprint, credentials: firm.credentials });
});

describe('certificates below a CA', () => {
  test('without revocation data a message is held unreceipted, and judged when the list comes', async () => {
    const ca = createCa({ name: '测试根证书', algorithm: 'p256', now: lab.clock.now });
    const issuer = { ...ca, chain: [] };
    const nextUpdate = new Date(lab.clock.now.getTime() + 7 * 86_400_000);
    const crl = () => issueCrl({ thisUpdate: lab.clock.now, nextUpdate, number: 1, revoked: [] }, ca);
    const clinic = await lab.addOffice(OFFICES.centreJiangsu, { issuer });
    for (const party of [lead, clinic]) addAnchors(party.context, ca.certificate.der, 'test');
    addCrls(lead.context, crl().der);
    await introduce(lab.share, [lead, clinic]);
    const { m, matter } = await send(clinic, {
      target: { type: 'file-review', to: [lead.office.id] },
      act: 'submit',
      form: FILE_REVIEW['submit'] ?? {},
    });
    lead.context.vault.write((db) => db.run('DELETE FROM crls'));
    await sync(clinic.context);
    expect((await sync(lead.context)).received.held).toBe(1);
    expect(findMessage(lead.context.vault.read, m)).toMatchObject({ status: 'held', code: 'VERDICT_INDETERMINATE' });
    await syncAll([lead, clinic]);
    expect(showMatter(clinic.context, matter).messages[0]?.colour).toBe('orange');
    addCrls(lead.context, crl().der);
    await syncAll([lead, clinic]);
    expect(showMatter(lead.context, matter).matter.state).toBe('submitted');
    expect(showMatter(clinic.context, matter).messages[0]?.colour).toBe('green');
  });
});

test('who displayed a message is told to its sender once, by name', async () => {
  await introduce(lab.share, [firm, lead]);
  const { m, matter } = await submit();
  await syncAll([firm, lead]);
  expect(await markOpened(lead.context, m, lead.credentials.person)).toBe(true);
  expect(await markOpened(lead.context, m, lead.credentials.person)).toBe(false);
  await expect(markOpened(lead.context, m, firm.credentials.person)).rejects.toMatchObject({ code: 'PERSON_UNKNOWN' });
  await syncAll([firm, lead]);
  const [delivery] = showMatter(firm.context, matter).messages[0]?.delivery ?? [];
  expect(delivery).toMatchObject({ colour: 'green', openedAt: '2026-11-24T06:00:00.000Z' });
});
