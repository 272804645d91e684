import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newFindings } from '../../../electron/packages/verify/checks.ts';
import { readProfile } from '../../../electron/packages/verify/read-profile.ts';
import { giveUpDelivery } from '../../../electron/usecases/give-up-delivery.ts';
import { setChannel } from '../../../electron/usecases/set-channel.ts';
import { changeSettings } from '../../../electron/usecases/settings.ts';
import { showMessage } from '../../../electron/usecases/show-message.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { openBlob } from '../../../electron/vault/blobs/blob-store.ts';
import { listAlarms, listOpenAlarms } from '../../../electron/vault/repositories/alarms.ts';
import { findReceipt, listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import { listWatchesOf } from '../../../electron/vault/repositories/watches.ts';
import type { M } from '../../../shared/model/brand.ts';
import {
  connect,
  createLab,
  exportedCard,
  importFrom,
  introduce,
  type Lab,
  OFFICES,
  type Party,
  send,
  syncAll,
} from '../../fixtures/exchange-lab.ts';
import { addressOf } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

const DAY = 24 * 3600_000;

let lab: Lab;
let firm: Party;
let lead: Party;
let second: string;

/** Tuesday, 2026-11-24: two working days later is Thursday. */
beforeEach(async () => {
  lab = createLab();
  firm = await lab.addOffice(OFFICES.firm);
  lead = await lab.addOffice(OFFICES.procuratorate);
  await introduce(lab.share, [firm, lead]);
  second = join(lab.dir, 'second');
  mkdirSync(second);
});
afterEach(() => lab.close());

async function submit(): Promise<M> {
  const target = { type: 'file-review', to: [lead.office.id] } as const;
  const { m } = await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {}, documents: [] });
  return m;
}

const addRoute = ({ context }: Party, other: Party, order?: number): void =>
  setChannel(context, {
    id: 'second',
    kind: 'folder',
    config: { root: second },
    offices: [other.office.id],
    by: 'test',
    ...(order === undefined ? {} : { order }),
  });

const colour = (m: M) => showMessage(firm.context, m).delivery[0]?.colour;
const status = (m: M) => showMessage(firm.context, m).delivery[0]?.status;
const openCodes = () => listOpenAlarms(firm.context.vault.read).map(({ code }) => code);
const inMailbox = (root: string) => {
  try {
    return readdirSync(join(root, addressOf(lead), 'new'));
  } catch {
    return [];
  }
};

describe('an office that does not answer', () => {
  test('is warned of after two working days, tried over its next route, and on record after two more', async () => {
    addRoute(firm, lead, 2);
    const m = await submit();
    await sync(firm.context);
    expect([colour(m), inMailbox(second)]).toEqual(['orange', []]);
    lab.later(2 * DAY - 60_000);
    expect(await sync(firm.context)).toMatchObject({ overdue: 0, undelivered: 0 });
    lab.later(60_000);
    expect(await sync(firm.context)).toMatchObject({ overdue: 1, undelivered: 0 });
    expect([colour(m), openCodes()]).toEqual(['orange', ['DELIVERY_OVERDUE']]);
    expect(inMailbox(second)).toHaveLength(1);
    // Thursday and two working days: Monday.
    lab.later(2 * DAY);
    expect(await sync(firm.context)).toMatchObject({ overdue: 0, undelivered: 0 });
    lab.later(2 * DAY);
    expect(await sync(firm.context)).toMatchObject({ overdue: 0, undelivered: 1 });
    expect([colour(m), status(m)]).toEqual(['red', 'expired']);
    const { attempts, nonDeliveries } = showMessage(firm.context, m);
    expect(attempts.map(({ channel, code }) => [channel, code])).toEqual([
      ['share', null],
      ['second', null],
    ]);
    expect(nonDeliveries).toHaveLength(1);
    expect(nonDeliveries[0]?.body.record).toMatchObject({
      message: m,
      office: lead.office.id,
      attemptsInAll: 2,
      proves: 'attempts-of-the-sender',
      provesNot: 'anything-against-the-recipient',
    });
    lab.later(30 * DAY);
    expect(await sync(firm.context)).toMatchObject({ overdue: 0, undelivered: 0 });
  });

  test('heals the record by a late receipt; the record stays, superseded', async () => {
    const m = await submit();
    await sync(firm.context);
    lab.later(2 * DAY);
    await sync(firm.context);
    lab.later(6 * DAY);
    await sync(firm.context);
    expect(colour(m)).toBe('red');
    await syncAll([lead, firm]);
    expect([colour(m), openCodes(), listWatchesOf(firm.context.vault.read, m)]).toEqual(['green', [], []]);
    const [record] = showMessage(firm.context, m).nonDeliveries;
    const receipt = record?.supersededBy == null ? null : findReceipt(firm.context.vault.read, record.supersededBy);
    expect(receipt).toMatchObject({ kind: 'delivered', office: lead.office.id, message: m });
    expect(listAlarms(firm.context.vault.read, 10).map(({ acknowledgedBy }) => acknowledgedBy)).toEqual([
      'vault',
      'vault',
    ]);
  });

  test('the copies over both routes are one message, receipted once', async () => {
    addRoute(firm, lead, 2);
    addRoute(lead, firm, 2);
    const m = await submit();
    await sync(firm.context);
    lab.later(2 * DAY);
    await sync(firm.context);
    await syncAll([lead, firm]);
    const given = listReceipts(lead.context.vault.read, m).filter(({ kind }) => kind === 'delivered');
    expect(given.filter(({ current }) => current)).toHaveLength(1);
    expect(colour(m)).toBe('green');
  });

  test('the record is a container under the receipt key, for our own vaults alone', async () => {
    const m = await submit();
    await sync(firm.context);
    const [given] = await giveUpDelivery(firm.context, m, 'test');
    await sync(firm.context);
    expect(await giveUpDelivery(firm.context, m, 'test')).toEqual([]);
    const [row] = showMessage(firm.context, m).nonDeliveries;
    expect(row?.m).toBe(given?.record);
    if (row === undefined || row.blob === null) throw new Error('not sealed');
    const container = await openBlob(firm.context.vault, row.blob);
    const profile = await readProfile(container, null, newFindings());
    await container.close();
    expect(profile?.m).toBe(row.m);
    expect(profile?.message).toEqual(row.body);
    expect(row.body.sender.person).toBeNull();
    expect(row.body.recipients.map(({ office }) => office)).toEqual([firm.office.id]);
  });

  test('never reached at all, the message is undeliverable and the record lists each failure', async () => {
    rmSync(lab.share, { recursive: true });
    const m = await submit();
    await sync(firm.context);
    lab.later(7 * DAY);
    await sync(firm.context, { force: true });
    lab.later(7 * DAY);
    await sync(firm.context, { force: true });
    expect([colour(m), status(m)]).toEqual(['red', 'undeliverable']);
    const record = showMessage(firm.context, m).nonDeliveries[0]?.body.record;
    expect(record?.attempts.length).toBeGreaterThanOrEqual(2);
    expect(record?.attempts.every(({ code }) => code !== null)).toBe(true);
  });

  test('the patience is a setting of the vault', async () => {
    changeSettings(firm.context, { receiptWithin: 1 }, 'test');
    await submit();
    await sync(firm.context);
    lab.later(DAY);
    expect(await sync(firm.context)).toMatchObject({ overdue: 1 });
  });

  test('another device of ours learns of the record', async () => {
    const device = await lab.addDevice(firm, 'device');
    await introduce(lab.share, [lead, device]);
    connect(lab.share, firm, [firm, lead]);
    await importFrom(lead.context, await exportedCard(firm));
    const m = await submit();
    await sync(firm.context);
    await sync(device.context);
    await giveUpDelivery(firm.context, m, 'test');
    await syncAll([firm, device]);
    expect(showMessage(device.context, m).nonDeliveries).toHaveLength(1);
    await syncAll([lead, firm, device]);
    expect(showMessage(device.context, m).delivery[0]?.colour).toBe('green');
  });
});
