import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIdentity } from '../../../electron/pki/issue/create-identity.ts';
import { confirmPendingCard } from '../../../electron/usecases/confirm-pending-card.ts';
import { importIdentity } from '../../../electron/usecases/import-identity.ts';
import { takeArrival } from '../../../electron/usecases/incoming/take-arrival.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { listExpiring } from '../../../electron/usecases/list-expiring.ts';
import { getOwnVault, getReceiptSigner } from '../../../electron/usecases/office/own-vault.ts';
import { senderBinding } from '../../../electron/usecases/office/sender-binding.ts';
import { publishCard } from '../../../electron/usecases/publish-card.ts';
import { renewVaultKeys } from '../../../electron/usecases/renew-vault-keys.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findCurrentCard } from '../../../electron/vault/repositories/cards.ts';
import { listChannels } from '../../../electron/vault/repositories/channels.ts';
import { listDuties } from '../../../electron/vault/repositories/duties.ts';
import { findActiveVaultKey, listVaultKeys } from '../../../electron/vault/repositories/keys.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import { listRejected } from '../../../electron/vault/repositories/rejected.ts';
import type { M, MatterId, Milliseconds } from '../../../shared/model/brand.ts';
import {
  createLab,
  introduce,
  type Lab,
  OFFICES,
  PASSPHRASE,
  type Party,
  send,
  settle,
  toP12,
} from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

const DAY: Milliseconds = 24 * 3600_000;
let lab: Lab;
let firm: Party;
let lead: Party;
beforeEach(async () => {
  lab = createLab();
  firm = await lab.addOffice(OFFICES.firm);
  lead = await lab.addOffice(OFFICES.procuratorate);
  await introduce(lab.share, [firm, lead]);
});
afterEach(() => lab.close());

const submit = () =>
  send(firm, {
    target: { type: 'file-review', to: [lead.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
  });
const withdraw = (matter: MatterId) =>
  send(firm, { target: { matter }, act: 'withdraw', form: FILE_REVIEW['withdraw'] ?? {} });
const stored = (party: Party, m: M) => findMessage(party.context.vault.read, m);
const rejections = (party: Party) => listRejected(party.context.vault.read, 100, null).items.map(({ code }) => code);
const certificateOf = (party: Party, kind: 'encryption' | 'receipt') => {
  const row = findActiveVaultKey(party.context.vault.read, kind);
  row?.key?.fill(0);
  return row?.certificateSha256;
};
const isDelivered = (m: M) =>
  listReceipts(firm.context.vault.read, m).some(
    ({ kind, office }) => kind === 'delivered' && office === lead.office.id,
  );

/** New keys at the leading office; the firm has confirmed the card that lists them. */
async function rollOver(): Promise<void> {
  await renewVaultKeys(lead.context, { credentials: lead.credentials });
  await publishCard(lead.context, lead.credentials);
  await sync(lead.context);
  await sync(firm.context);
  await confirmPendingCard(firm.context, { office: lead.office.id, by: 'x' });
}

describe('renewed keys', () => {
  test('come with the card that lists them, all at once; the earlier ones are kept', async () => {
    const before = [certificateOf(lead, 'encryption'), certificateOf(lead, 'receipt')];
    lab.later(1000);
    const { card } = await renewVaultKeys(lead.context, { credentials: lead.credentials });
    const after = [certificateOf(lead, 'encryption'), certificateOf(lead, 'receipt')];
    expect(after).not.toEqual(before);
    expect(card.version).toBe(2);
    expect(findCurrentCard(lead.context.vault.read, lead.office.id)?.body).toEqual(card);
    const kept = (['encryption', 'receipt'] as const).map((kind) =>
      listVaultKeys(lead.context.vault.read, kind).map(({ status, key }) => [status, (key?.length ?? 0) > 0]),
    );
    expect(kept).toEqual([
      [
        ['active', true],
        ['retired', true],
      ],
      [
        ['active', true],
        ['retired', true],
      ],
    ]);
  });

  test('are not there at all where the card could not be signed', async () => {
    const before = [certificateOf(lead, 'encryption'), certificateOf(lead, 'receipt')];
    const wrong = { ...lead.credentials, passphrase: 'another' };
    await expect(renewVaultKeys(lead.context, { credentials: wrong })).rejects.toThrow();
    expect([certificateOf(lead, 'encryption'), certificateOf(lead, 'receipt')]).toEqual(before);
    expect(listVaultKeys(lead.context.vault.read, 'encryption')).toHaveLength(1);
  });

  test('of one kind leave the other', async () => {
    const before = certificateOf(lead, 'receipt');
    await renewVaultKeys(lead.context, { credentials: lead.credentials, kinds: ['encryption'] });
    expect(certificateOf(lead, 'receipt')).toBe(before);
  });

  test('do not shut out what was sealed for the old certificate and arrives afterwards', async () => {
    const { m } = await submit();
    await sync(firm.context);
    await rollOver();
    await settle([lead, firm]);
    expect(stored(lead, m)).toMatchObject({ status: 'accepted' });
    expect(isDelivered(m)).toBe(true);
  });

  test('are what counterparts seal for once they have confirmed', async () => {
    const old = certificateOf(lead, 'encryption');
    await rollOver();
    const { m } = await submit();
    await settle([firm, lead]);
    const recipients = stored(lead, m)?.body.recipients.map(({ certificate }) => certificate) ?? [];
    expect(recipients).toContain(certificateOf(lead, 'encryption'));
    expect(recipients).not.toContain(old);
    expect(isDelivered(m)).toBe(true);
  });

  test('wait for a person at the counterpart: until then the old certificate serves, and new receipts are kept for later', async () => {
    await renewVaultKeys(lead.context, { credentials: lead.credentials });
    await publishCard(lead.context, lead.credentials);
    await sync(lead.context);
    await sync(firm.context);
    expect(findCurrentCard(firm.context.vault.read, lead.office.id)?.body.version).toBe(1);
    const { m } = await submit();
    await sync(firm.context);
    await sync(lead.context);
    expect(stored(lead, m)).toMatchObject({ status: 'accepted' });
    await sync(firm.context);
    expect(isDelivered(m)).toBe(false);
    await confirmPendingCard(firm.context, { office: lead.office.id, by: 'x' });
    await settle([firm, lead]);
    expect(isDelivered(m)).toBe(true);
  });

  test('do not spoil a receipt that was written under the old key and is sealed and posted after them', async () => {
    const { m } = await submit();
    await sync(firm.context);
    // The receipt is owed, and nothing has been sealed of it, when the keys change
    const own = getOwnVault(lead.context.vault.read);
    const [channel] = listChannels(lead.context.vault.read);
    if (channel === undefined) throw new Error('no channel');
    const mailbox = await lead.context.mailboxes.open(channel);
    for (const entry of await mailbox.list(own.address)) {
      const key = { channel: channel.id, address: own.address, mailboxName: entry.name };
      await takeArrival(lead.context, mailbox, key);
    }
    expect(listDuties(lead.context.vault.read, 10, 0).map(({ kind }) => kind)).toContain('seal');
    lab.later(1000);
    await rollOver();
    await settle([lead, firm]);
    expect(isDelivered(m)).toBe(true);
    expect(rejections(firm)).toEqual([]);
  });

  test('do not let the old key sign what is dated after them', async () => {
    const { matter } = await submit();
    await settle([firm, lead]);
    const old = getReceiptSigner(lead.context.vault.read);
    lab.later(1000);
    await rollOver();
    lab.later(1000);
    const bind = senderBinding(firm.context.vault.read, null);
    const [receipt] = firm.context.vault.read
      .all<{ body: string }>("SELECT body FROM receipts WHERE direction = 'in'")
      .map(({ body }) => JSON.parse(body));
    expect(bind(receipt, old.certificate, lab.clock.now)).toEqual({ ok: true });
    const late = { ...receipt, createdAt: lab.clock.now.toISOString() };
    expect(bind(late, old.certificate, lab.clock.now)).toEqual({ ok: false, code: 'SENDER_NOT_BOUND' });
    expect(matter).toBeTruthy();
  });

  test('leave old matters readable, and a matter goes on over them', async () => {
    const { matter, m } = await submit();
    await settle([firm, lead]);
    await rollOver();
    const { m: second } = await withdraw(matter);
    await settle([firm, lead]);
    expect(stored(lead, second)).toMatchObject({ status: 'accepted' });
    expect(stored(lead, m)).toMatchObject({ status: 'accepted' });
    expect(showMatter(lead.context, matter).messages.length).toBeGreaterThan(1);
  });
});

describe('a person’s new certificate', () => {
  test('is introduced by the old one: the counterpart confirms without comparing, and both sign until the old one leaves the card', async () => {
    const { name, type: officeType, id: uscc, region } = firm.office;
    const fresh = createIdentity({ name, officeType, uscc, region, algorithm: 'p256', now: lab.clock.now });
    const person = importIdentity(firm.context, { p12: toP12(fresh), password: PASSPHRASE, iterations: 1 });
    await issueCard(firm.context, firm.credentials);
    await publishCard(firm.context, firm.credentials);
    await sync(firm.context);
    await sync(lead.context);
    await confirmPendingCard(lead.context, { office: firm.office.id, by: 'x' });
    const renewed = { ...firm, credentials: { person: person.id, passphrase: PASSPHRASE } };
    const { matter, m } = await submit();
    const form = FILE_REVIEW['withdraw'] ?? {};
    const { m: second } = await send(renewed, { target: { matter }, act: 'withdraw', form });
    await settle([firm, lead]);
    expect(stored(lead, m)).toMatchObject({ status: 'accepted' });
    expect(stored(lead, second)).toMatchObject({
      status: 'accepted',
      senderCertificate: fresh.signing.certificate.sha256,
    });
    await issueCard(firm.context, renewed.credentials, { removePersons: [firm.credentials.person] });
    await publishCard(firm.context, renewed.credentials);
    await settle([firm, lead]);
    expect(findCurrentCard(lead.context.vault.read, firm.office.id)?.body.persons.map(({ id }) => id)).toEqual([
      person.id,
    ]);
  });
});

describe('ends of certificates', () => {
  const shown = (party: Party) => listExpiring(party.context).map(({ use, own, threshold }) => [use, own, threshold]);

  test('are told 60, 30 and 7 days ahead and after they came, ours and the counterparts’', () => {
    expect(shown(firm)).toEqual([]);
    // Encryption certificates live a year from five minutes before now
    lab.later(300 * DAY);
    expect(shown(firm)).toEqual([]);
    lab.later(6 * DAY);
    expect(shown(firm)).toEqual([
      ['encryption', true, 60],
      ['encryption', false, 60],
    ]);
    lab.later(30 * DAY);
    expect(shown(firm).map(([, , threshold]) => threshold)).toEqual([30, 30]);
    lab.later(23 * DAY);
    expect(shown(firm).map(([, , threshold]) => threshold)).toEqual([7, 7]);
    expect(listExpiring(firm.context)[0]).toMatchObject({ daysLeft: 5, office: firm.office.id });
    lab.later(7 * DAY);
    expect(shown(firm).map(([, , threshold]) => threshold)).toEqual([0, 0]);
  });

  test('are no news once the keys were renewed', async () => {
    lab.later(340 * DAY);
    expect(shown(lead)).toContainEqual(['encryption', true, 30]);
    await renewVaultKeys(lead.context, { credentials: lead.credentials, kinds: ['encryption'] });
    expect(shown(lead).filter(([use, own]) => use === 'encryption' && own)).toEqual([]);
  });

  test('of persons and authorities count too', async () => {
    lab.later(3 * 365 * DAY - 20 * DAY);
    const uses = listExpiring(firm.context).filter(({ threshold }) => threshold === 30);
    expect(uses.map(({ use, own }) => [use, own])).toEqual(
      expect.arrayContaining([
        ['signing', true],
        ['signing', false],
        ['receipt', true],
        ['receipt', false],
      ]),
    );
  });
});
