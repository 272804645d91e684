import { afterEach, beforeEach, expect, test } from 'vitest';
import { oweSyncRequest } from '../../../electron/usecases/outgoing/owe-sync-request.ts';
import { redraftSealing } from '../../../electron/usecases/outgoing/redraft-duty.ts';
import { oweResending } from '../../../electron/usecases/outgoing/resend-duty.ts';
import { renewVaultKeys } from '../../../electron/usecases/renew-vault-keys.ts';
import { findSettling, putSettling } from '../../../electron/usecases/restore/settling.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findCurrentCard } from '../../../electron/vault/repositories/cards.ts';
import { listDuties } from '../../../electron/vault/repositories/duties.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { listNonDeliveries } from '../../../electron/vault/repositories/non-deliveries.ts';
import { findPosition } from '../../../electron/vault/repositories/positions.ts';
import { listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import { removeTransportFile } from '../../../electron/vault/transport/transport-files.ts';
import type { M } from '../../../shared/model/brand.ts';
import {
  createLab,
  exportedCard,
  importFrom,
  introduce,
  type Lab,
  OFFICES,
  type Party,
  reopen,
  send,
  settle,
  syncAll,
} from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

const DAY = 24 * 3600_000;

let lab: Lab;
let firm: Party;
let lead: Party;
let old: Party;

/** An encryption certificate lives a year at most (protocol.md 5): that of `old` has ended, those of the others have not. */
beforeEach(async () => {
  lab = createLab();
  old = await lab.addOffice(OFFICES.pickUp);
  lab.later(300 * DAY);
  firm = await lab.addOffice(OFFICES.firm);
  lead = await lab.addOffice(OFFICES.procuratorate);
  await introduce(lab.share, [firm, lead, old]);
  lab.later(100 * DAY);
});
afterEach(() => lab.close());

test('a question owed to an office whose certificate has expired stops the exchange with all others, or is not reported', async () => {
  const target = { type: 'file-review', to: [firm.office.id] } as const;
  const form = FILE_REVIEW['submit'] ?? {};
  const { m } = await send(firm, { target: { ...target, to: [lead.office.id] }, act: 'submit', form, documents: [] });
  await sync(firm.context);
  const { vault, now } = lead.context;
  const asker = findCurrentCard(vault.read, old.office.id)?.body.vaults[0]?.id;
  if (asker === undefined) throw new Error('no vault of the old office');
  vault.write((db) =>
    oweSyncRequest(db, { office: old.office.id, vault: asker }, { matters: [], wanted: [], complete: true }, now()),
  );
  const report = await sync(lead.context);
  expect(report.unreachable).toEqual([{ channel: null, office: old.office.id, code: 'RECIPIENT_REFUSED' }]);
  await syncAll([firm, lead, firm]);
  expect(listReceipts(firm.context.vault.read, m).map(({ kind, office }) => [kind, office])).toContainEqual([
    'delivered',
    lead.office.id,
  ]);
});

/** What `old` sent while its certificate was valid is receipted after its end. */
async function receiptOwed() {
  lab.later(-90 * DAY);
  const target = { type: 'file-review', to: [lead.office.id] } as const;
  const { m, matter } = await send(old, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {} });
  await sync(old.context);
  lab.later(90 * DAY);
  await sync(lead.context);
  const [promise] = receiptsAt(lead, m);
  if (promise === undefined) throw new Error('nothing owed');
  return { m, matter, promise };
}

const receiptsAt = ({ context }: Party, m: M) => listReceipts(context.vault.read, m);
const sealingsAt = ({ context }: Party) => listDuties(context.vault.read, 10).filter(({ kind }) => kind === 'seal');

async function renewed(): Promise<void> {
  await renewVaultKeys(old.context, { credentials: old.credentials });
  await importFrom(lead.context, await exportedCard(old));
}

test('a receipt owed to an office whose certificate has expired waits for ever though the office has a new one, or changes its words', async () => {
  const { m, matter, promise } = await receiptOwed();
  expect((await sync(lead.context)).unreachable).toMatchObject([{ office: old.office.id, code: 'RECIPIENT_REFUSED' }]);
  expect(receiptsAt(lead, m)).toEqual([promise]);
  expect([promise.blob, promise.pos]).toEqual([null, 1]);

  await renewed();
  await settle([lead, old]);
  const [sealed, ...more] = receiptsAt(lead, m);
  expect(more).toEqual([]);
  expect(sealed?.m).not.toBe(promise.m);
  expect(sealed?.body).toEqual({ ...promise.body, recipients: sealed?.body.recipients });
  expect(sealed).toMatchObject({ current: true, pos: 1, supersedes: promise.supersedes });
  expect(sealed?.blob).not.toBeNull();
  expect(receiptsAt(old, m)).toMatchObject([{ m: sealed?.m, kind: 'delivered', current: true }]);
  expect(showMatter(old.context, matter).matter).toMatchObject({ countedPos: 1, state: 'submitted' });
  expect(findPosition(lead.context.vault.read, matter, 1)?.receipt).toBe(sealed?.m);
  expect(sealingsAt(lead)).toEqual([]);
});

test('a promise drafted anew is lost or doubled by a crash before or after it', async () => {
  const { m, promise } = await receiptOwed();
  await renewed();
  const { vault, now } = lead.context;
  const [duty] = sealingsAt(lead);
  if (duty === undefined) throw new Error('no duty');
  const cut = () =>
    vault.write((db) => {
      redraftSealing(db, duty, now());
      throw new Error('cut');
    });
  expect(cut).toThrow('cut');
  expect(receiptsAt(lead, m)).toEqual([promise]);
  expect(sealingsAt(lead)).toEqual([duty]);

  expect(vault.write((db) => redraftSealing(db, duty, now()))).toBe(true);
  await vault.close();
  await reopen(lead, () => lab.clock.now);
  const [again] = sealingsAt(lead);
  expect(lead.context.vault.write((db) => again !== undefined && redraftSealing(db, again, now()))).toBe(false);
  await settle([lead, old]);
  expect(receiptsAt(lead, m)).toMatchObject([{ body: { id: promise.body.id }, current: true }]);
  expect(receiptsAt(old, m)).toHaveLength(1);
});

test('what was sealed once does not go again for the certificate that it was signed for, once that has expired', async () => {
  lab.later(-90 * DAY);
  const target = { type: 'file-review', to: [old.office.id] } as const;
  const { m } = await send(lead, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {} });
  lab.later(90 * DAY);
  await renewed();
  await importFrom(old.context, await exportedCard(lead));
  const own = findCurrentCard(lead.context.vault.read, old.office.id)?.body.vaults[0]?.id;
  if (own === undefined) throw new Error('no vault');
  const { vault, now } = lead.context;
  // Its copies are in no mailbox yet, and the file is gone as after a restore
  for (const { file } of vault.read.all<{ file: string }>('SELECT file FROM packages')) {
    await removeTransportFile(vault, 'outgoing', file);
  }
  vault.write((db) => oweResending(db, m, { office: old.office.id, vault: own }, now()));
  await settle([lead, old]);
  expect(findMessage(old.context.vault.read, m)).toMatchObject({ m, status: 'accepted' });
  expect(receiptsAt(lead, m).map(({ kind }) => kind)).toContain('delivered');
});

test('a question that a restored vault waits on goes out under another name, and its answer is awaited under the old one', async () => {
  const { vault, now } = lead.context;
  const asked = findCurrentCard(vault.read, old.office.id)?.body.vaults[0]?.id;
  if (asked === undefined) throw new Error('no vault');
  const to = { office: old.office.id, vault: asked };
  const request = vault.write((db) => oweSyncRequest(db, to, { matters: [], wanted: [], complete: true }, now()));
  if (request === null) throw new Error('nothing asked');
  vault.write((db) => putSettling(db, { awaiting: [{ ...to, request }], statements: [] }));
  expect((await sync(lead.context)).unreachable).toMatchObject([{ office: old.office.id, code: 'RECIPIENT_REFUSED' }]);
  await renewed();
  expect((await sync(lead.context)).sealed).toBe(1);
  const [awaited] = findSettling(vault.read)?.awaiting ?? [];
  expect(awaited?.request).not.toBe(request);
  await sync(old.context);
  expect(findMessage(old.context.vault.read, awaited?.request ?? request)?.kind).toBe('sync-request');
});

test('a record of non-delivery that our own ended certificate kept from being sealed is lost, or stands twice', async () => {
  lab.later(-90 * DAY);
  const target = { type: 'file-review', to: [old.office.id] } as const;
  const { m } = await send(lead, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {} });
  await sync(lead.context);
  lab.later(390 * DAY);
  await sync(lead.context);
  lab.later(30 * DAY);
  await sync(lead.context);
  const records = () => listNonDeliveries(lead.context.vault.read, m);
  expect(records()).toMatchObject([{ office: old.office.id, blob: null }]);
  const [promise] = records();
  await renewVaultKeys(lead.context, { credentials: lead.credentials });
  await sync(lead.context);
  const [sealed, ...more] = records();
  expect(more).toEqual([]);
  expect(sealed?.blob).not.toBeNull();
  expect(sealed?.body.record).toEqual(promise?.body.record);
  expect(sealed?.body.id).toBe(promise?.body.id);
});
