import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { confirmPendingCard } from '../../../electron/usecases/confirm-pending-card.ts';
import { exchangeStatus } from '../../../electron/usecases/exchange-status.ts';
import { importCard } from '../../../electron/usecases/import-card.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { renewVaultKeys } from '../../../electron/usecases/renew-vault-keys.ts';
import { withdrawOffice } from '../../../electron/usecases/withdraw-office.ts';
import { listAudit } from '../../../electron/vault/repositories/audit.ts';
import { findCurrentCard } from '../../../electron/vault/repositories/cards.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import {
  createLab,
  exportedCard,
  importFrom,
  introduce,
  type Lab,
  OFFICES,
  type Party,
  send,
  settle,
} from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

/** Somebody was quicker than the true owner; a person must be able to put it right. */

let lab: Lab;
let firm: Party;
let lead: Party;
let thief: Party;
beforeEach(async () => {
  lab = createLab();
  firm = await lab.addOffice(OFFICES.firm);
  lead = await lab.addOffice(OFFICES.procuratorate);
});
afterEach(() => lab.close());

const refused = (code: string) => expect.objectContaining({ code });
const current = (office: Party['office']['id']) => findCurrentCard(firm.context.vault.read, office)?.body ?? null;
const bring = async (from: Party) =>
  importCard(firm.context, { source: bufferSource((await exportedCard(from)).bytes), by: 'test' });

/** A stranger's office whose card lists the mailbox of the true one. */
async function confirmThief(): Promise<void> {
  thief = await lab.addOffice(OFFICES.pickUp, { withoutCard: true });
  const owned =
    lead.context.vault.read.get<{ value: string }>("SELECT value FROM meta WHERE key = 'exchange.own'")?.value ?? '';
  thief.context.vault.write((db) => db.runOne("UPDATE meta SET value = ? WHERE key = 'exchange.own'", [owned]));
  await issueCard(thief.context, thief.credentials);
  await importFrom(firm.context, await exportedCard(thief));
}

describe('a hostile card that was confirmed first', () => {
  test('keeps the true owner’s out only until a person withdraws it', async () => {
    await confirmThief();
    const { fingerprint } = await exportedCard(lead);
    expect(await importFrom(firm.context, await exportedCard(lead))).toMatchObject({
      outcome: 'pending',
      comparison: true,
      claimedBy: thief.office.id,
    });
    expect(current(lead.office.id)).toBeNull();
    expect(exchangeStatus(firm.context).alarms.map(({ code }) => code)).toContain('CARD_VAULT_CLAIMED');
    const confirm = { office: lead.office.id, fingerprint, by: 'x' };
    await expect(confirmPendingCard(firm.context, confirm)).rejects.toThrow(refused('CARD_VAULT_CLAIMED'));

    await withdrawOffice(firm.context, { office: thief.office.id, by: 'x', reason: '电话核对：信箱不是他们的' });
    await confirmPendingCard(firm.context, confirm);
    expect(current(lead.office.id)).toMatchObject({ office: lead.office });
    expect(current(thief.office.id)).toBeNull();
    await introduce(lab.share, [firm, lead]);
    const opening = { target: { type: 'file-review' as const, to: [lead.office.id] }, act: 'submit' as const };
    const { m } = await send(firm, { ...opening, form: FILE_REVIEW['submit'] ?? {} });
    await settle([firm, lead]);
    expect(findMessage(lead.context.vault.read, m)).toMatchObject({ status: 'accepted' });
  });

  test('under the same name and with a high version gives way too', async () => {
    const double = await lab.addOffice(OFFICES.procuratorate, { label: 'double' });
    for (let version = 2; version <= 4; version++) await issueCard(double.context, double.credentials);
    await importFrom(firm.context, await exportedCard(double));
    await expect(importFrom(firm.context, await exportedCard(lead))).rejects.toThrow(refused('CARD_NOT_NEWER'));
    await withdrawOffice(firm.context, { office: lead.office.id, by: 'x' });
    expect(await importFrom(firm.context, await exportedCard(lead))).toMatchObject({ outcome: 'applied' });
    expect(current(lead.office.id)?.version).toBe(1);
  });

  test('binds nobody any more once it was withdrawn, not by its earlier versions either', async () => {
    await introduce(lab.share, [firm, lead]);
    await issueCard(lead.context, lead.credentials);
    await importFrom(firm.context, await exportedCard(lead));
    await withdrawOffice(firm.context, { office: lead.office.id, by: 'x', reason: 'test' });
    const opening = { target: { type: 'file-review' as const, to: [firm.office.id] }, act: 'submit' as const };
    const { m } = await send(lead, { ...opening, form: FILE_REVIEW['submit'] ?? {} });
    await settle([lead, firm]);
    expect(findMessage(firm.context.vault.read, m)).toBeNull();
    const [row] = listAudit(firm.context.vault.read, {}, 50).items.filter(({ action }) => action === 'card-withdrawn');
    expect(row).toMatchObject({ actor: 'x', detail: { office: lead.office.id, cards: 2, reason: 'test' } });
  });

  test('of one’s own office is no card to withdraw, nor is that of an unknown one', async () => {
    await expect(withdrawOffice(firm.context, { office: firm.office.id, by: 'x' })).rejects.toThrow(refused('USAGE'));
    await expect(withdrawOffice(firm.context, { office: lead.office.id, by: 'x' })).rejects.toThrow(
      refused('OFFICE_UNKNOWN'),
    );
  });
});

describe('a pending card', () => {
  test('with a higher version under the same name does not hide the true one from its fingerprint', async () => {
    const double = await lab.addOffice(OFFICES.procuratorate, { label: 'double' });
    await issueCard(double.context, double.credentials);
    await bring(lead);
    await bring(double);
    const { fingerprint } = await exportedCard(lead);
    await confirmPendingCard(firm.context, { office: lead.office.id, fingerprint, by: 'x' });
    expect(current(lead.office.id)?.version).toBe(1);
  });
});

test('a change of keys stands in the audit log with the certificates that came and went', async () => {
  await importFrom(firm.context, await exportedCard(lead));
  const before = current(lead.office.id);
  await renewVaultKeys(lead.context, { credentials: lead.credentials, kinds: ['encryption'] });
  expect(await bring(lead)).toMatchObject({ outcome: 'pending', comparison: false });
  expect(current(lead.office.id)).toEqual(before);
  const m = await confirmPendingCard(firm.context, { office: lead.office.id, by: 'x', how: 'phone' });
  const [row] = listAudit(firm.context.vault.read, { subject: m }, 5).items;
  expect(row).toMatchObject({ actor: 'x', action: 'card-confirmed', detail: { how: 'phone' } });
  expect([row?.detail['added'], row?.detail['removed']].map((list) => (list as unknown[]).length)).toEqual([1, 1]);
});
