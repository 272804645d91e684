import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { confirmOutbox, listUnconfirmed } from '../../../electron/usecases/confirm-outbox.ts';
import { exchangeStatus } from '../../../electron/usecases/exchange-status.ts';
import { finishRestore, listAwaited, resumeAfterRestore } from '../../../electron/usecases/resume-after-restore.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { backupVault } from '../../../electron/vault/backup/backup-vault.ts';
import { restoreVault } from '../../../electron/vault/backup/restore-vault.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import {
  addTrio,
  createLab,
  type Lab,
  PASSPHRASE,
  type Party,
  reopen,
  send,
  syncAll,
} from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

let lab: Lab;
let firm: Party;
let lead: Party;
let pickUp: Party;
let all: Party[];
let matter: MatterId;
const backup = () => join(lab.dir, 'backup');
const now = () => lab.clock.now;

beforeEach(async () => {
  lab = createLab();
  ({ firm, lead, pickUp, all } = await addTrio(lab));
  ({ matter } = await submit());
  await syncAll(all);
});
afterEach(() => lab.close());

const submit = () =>
  send(firm, {
    target: { type: 'file-review', to: [lead.office.id, pickUp.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
  });
const decide = () => send(lead, { target: { matter }, act: 'decision', form: FILE_REVIEW['granted'] ?? {} });
const withdraw = () => send(firm, { target: { matter }, act: 'withdraw', form: FILE_REVIEW['withdraw'] ?? {} });

async function putBack(party: Party): Promise<void> {
  await party.context.vault.close();
  rmSync(party.dir, { recursive: true });
  lab.later(3600_000);
  await restoreVault({ backup: backup(), dir: party.dir, secret: { passphrase: PASSPHRASE }, now });
  await reopen(party, now);
}

function factsOf({ context }: Party) {
  const { matter: row, messages, conflict } = showMatter(context, matter);
  return {
    state: row.state,
    countedPos: row.countedPos,
    conflict,
    order: messages.map(({ row: { m }, pos }) => [m, pos]),
  };
}
const receiptsAt = ({ context }: Party, m: M) =>
  listReceipts(context.vault.read, m)
    .map((receipt) => receipt.m)
    .sort();

describe('a backup restored after newer messages went out', () => {
  test('has no right to send, and takes nothing of the future for granted', async () => {
    await backupVault(firm.context.vault, backup());
    await putBack(firm);
    await expect(withdraw()).rejects.toMatchObject({ code: 'VAULT_FROZEN' });
    expect(exchangeStatus(firm.context)).toMatchObject({
      vault: { state: 'restored' },
      alarms: [{ code: 'VAULT_ROLLED_BACK' }],
    });
    expect(await sync(firm.context)).toMatchObject({ posted: 0, sealed: 0, asked: 0 });
  });

  test('gets everything back: its own later acts, those of others, receipts and places; nothing is sent or applied twice', async () => {
    await backupVault(firm.context.vault, backup());
    await decide();
    await syncAll(all);
    const { m: own } = await withdraw();
    await syncAll(all);
    const expected = factsOf(lead);
    const receipts = receiptsAt(firm, own);
    expect(expected).toMatchObject({ state: 'withdrawn', countedPos: 3 });

    await putBack(firm);
    expect(factsOf(firm).countedPos).toBe(1);
    await resumeAfterRestore(firm.context, firm.credentials);
    expect(listAwaited(firm.context)).toHaveLength(2);
    await syncAll(all);

    for (const party of all) expect(factsOf(party)).toEqual(expected);
    expect(receiptsAt(firm, own)).toEqual(receipts);
    expect(findMessage(firm.context.vault.read, own)).toMatchObject({ status: 'accepted', direction: 'out' });
    expect(exchangeStatus(firm.context)).toMatchObject({
      vault: { state: 'active', pendingEpoch: null },
      awaiting: [],
      frozen: 0,
    });
  });

  test('writes under a new epoch from then on, which the others know from its card', async () => {
    await backupVault(firm.context.vault, backup());
    await putBack(firm);
    await resumeAfterRestore(firm.context, firm.credentials);
    await syncAll(all);
    const { m } = await withdraw();
    await syncAll(all);
    expect(factsOf(pickUp)).toMatchObject({ state: 'withdrawn', countedPos: 2 });
    expect(findMessage(pickUp.context.vault.read, m)).toMatchObject({ seq: 1, prev: null });
    expect(findMessage(pickUp.context.vault.read, m)?.authorEpoch).toBeGreaterThan(1);
  });

  test('a registrar gives no place that it may have given already', async () => {
    await backupVault(lead.context.vault, backup());
    await withdraw();
    await syncAll(all);
    const expected = factsOf(firm);
    await putBack(lead);
    await resumeAfterRestore(lead.context, lead.credentials);
    const { m: second } = await submit();
    await sync(firm.context);
    await sync(lead.context);
    expect(listReceipts(lead.context.vault.read, second)).toEqual([]);
    await syncAll(all);
    expect(listReceipts(firm.context.vault.read, second).map(({ pos }) => pos)).toContain(1);
    for (const party of all) expect(factsOf(party)).toEqual(expected);
    expect(factsOf(lead).conflict).toBeNull();
  });

  test('frozen copies that others hold become posted; the rest go after a person’s word, in the same container', async () => {
    const { m } = await withdraw();
    await backupVault(firm.context.vault, backup());
    await putBack(firm);
    expect(listUnconfirmed(firm.context)).toHaveLength(2);
    await resumeAfterRestore(firm.context, firm.credentials);
    await syncAll(all);
    expect(listUnconfirmed(firm.context).map((item) => item.m)).toEqual([m, m]);
    expect(findMessage(lead.context.vault.read, m)).toBeNull();
    await confirmOutbox(
      firm.context,
      'send',
      listUnconfirmed(firm.context).map(({ id }) => id),
      firm.credentials.person,
    );
    await syncAll(all);
    for (const party of all) expect(factsOf(party)).toMatchObject({ state: 'withdrawn', countedPos: 2 });
  });

  test('what a person drops never leaves, and later acts do not name it', async () => {
    const { m } = await withdraw();
    await backupVault(firm.context.vault, backup());
    await putBack(firm);
    await resumeAfterRestore(firm.context, firm.credentials);
    await syncAll(all);
    const frozen = listUnconfirmed(firm.context).map(({ id }) => id);
    expect(await confirmOutbox(firm.context, 'drop', frozen, firm.credentials.person)).toBe(2);
    const { m: next } = await send(firm, { target: { matter }, act: 'withdraw', form: { reason: '另有安排' } });
    await syncAll(all);
    expect(findMessage(lead.context.vault.read, m)).toBeNull();
    expect(findMessage(lead.context.vault.read, next)).toMatchObject({ status: 'accepted', counted: true });
    expect(factsOf(lead)).toMatchObject({ state: 'withdrawn', countedPos: 2 });
  });

  test('of copies that went out before the restore nothing is asked', async () => {
    const { m } = await withdraw();
    await backupVault(firm.context.vault, backup());
    await syncAll(all);
    const expected = factsOf(lead);
    await putBack(firm);
    expect(listUnconfirmed(firm.context)).toHaveLength(2);
    await resumeAfterRestore(firm.context, firm.credentials);
    await syncAll(all);
    expect(listUnconfirmed(firm.context)).toEqual([]);
    for (const party of all) expect(factsOf(party)).toEqual(expected);
    expect(new Set(receiptsAt(lead, m)).size).toBe(1);
  });

  test('without an answer from one vault it waits, until a person goes on', async () => {
    await backupVault(firm.context.vault, backup());
    await putBack(firm);
    await resumeAfterRestore(firm.context, firm.credentials);
    for (let round = 0; round < 3; round++) for (const party of [firm, lead]) await sync(party.context);
    expect(listAwaited(firm.context).map(({ office }) => office)).toEqual([pickUp.office.id]);
    await expect(withdraw()).rejects.toMatchObject({ code: 'VAULT_FROZEN' });
    await finishRestore(firm.context, firm.credentials.person);
    await withdraw();
    await syncAll(all);
    expect(factsOf(lead).state).toBe('withdrawn');
  });

  test('the same backup restored twice does not write twice under one epoch', async () => {
    await backupVault(firm.context.vault, backup());
    await putBack(firm);
    await resumeAfterRestore(firm.context, firm.credentials);
    await syncAll(all);
    const first = exchangeStatus(firm.context).vault.epoch;
    await putBack(firm);
    await resumeAfterRestore(firm.context, firm.credentials);
    await syncAll(all);
    expect(exchangeStatus(firm.context)).toMatchObject({ vault: { state: 'active' } });
    expect(exchangeStatus(firm.context).vault.epoch).toBeGreaterThan(first);
  });
});

test('a vault folder that was copied back counts as restored', async () => {
  await firm.context.vault.close();
  cpSync(firm.dir, `${firm.dir}-copy`, { recursive: true });
  await reopen(firm, now);
  await withdraw();
  await syncAll(all);
  const head = join(firm.dir, 'audit-head.json');
  await firm.context.vault.close();
  cpSync(head, join(lab.dir, 'head'));
  rmSync(firm.dir, { recursive: true });
  cpSync(`${firm.dir}-copy`, firm.dir, { recursive: true });
  cpSync(join(lab.dir, 'head'), head);
  await reopen(firm, now);
  expect(exchangeStatus(firm.context).vault.state).toBe('restored');
});
