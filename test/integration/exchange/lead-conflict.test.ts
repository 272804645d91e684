import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildReceipt } from '../../../electron/exchange/receipt.ts';
import { exchangeStatus } from '../../../electron/usecases/exchange-status.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import type { Instant, M, MatterId } from '../../../shared/model/brand.ts';
import type { ReceiptBody } from '../../../shared/model/message.ts';
import { addTrio, createLab, type Lab, type Party, send, syncAll } from '../../fixtures/exchange-lab.ts';
import { draftForgedReceipt, putInto, receiptSigner, sealForged } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

let lab: Lab;
let firm: Party;
let lead: Party;
let pickUp: Party;
let matter: MatterId;
let opening: M;
let withdrawal: M;

beforeEach(async () => {
  lab = createLab();
  ({ firm, lead, pickUp } = await addTrio(lab));
  const to = [lead.office.id, pickUp.office.id];
  const sent = await send(firm, {
    target: { type: 'file-review', to },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
  });
  ({ matter, m: opening } = sent);
  await syncAll([firm, lead, pickUp]);
  withdrawal = (await send(firm, { target: { matter }, act: 'withdraw', form: FILE_REVIEW['withdraw'] ?? {} })).m;
});
afterEach(() => lab.close());

function receiptFor(party: Party, m: M, change: Partial<ReceiptBody>): ReceiptBody {
  const row = findMessage(firm.context.vault.read, m);
  if (row === null) throw new Error('unknown message');
  const { vault, office } = { vault: party.context.vault.id, office: party.office.id };
  const at = lab.clock.now.toISOString() as Instant;
  const stored = { m, message: row.body, signatureDigest: row.signatureDigest };
  const fixed = {
    kind: 'delivered',
    office,
    vault,
    at,
    heads: [],
    position: null,
    supersedes: null,
    code: null,
    person: null,
  } as const;
  return { ...buildReceipt(stored, fixed), ...change };
}

async function deliver(by: Party, m: M, change: Partial<ReceiptBody>, to: readonly Party[]): Promise<void> {
  const draft = draftForgedReceipt(by, to, lab.clock.now, matter, receiptFor(by, m, change));
  const { bytes } = await sealForged(draft, receiptSigner(by), [...to, by], lab.clock.now);
  for (const party of to) await putInto(lab.share, party, bytes);
}

test('two messages at one position convict the lead: both receipts are kept, the count stops there, an alarm says so', async () => {
  await sync(firm.context);
  await sync(pickUp.context);
  // Place 1 was given to the opening.
  await deliver(lead, withdrawal, { pos: 1, posPrev: null }, [firm, pickUp]);
  await sync(firm.context);
  await sync(pickUp.context);
  for (const party of [firm, pickUp]) {
    const shown = showMatter(party.context, matter);
    expect(shown.conflict).toMatchObject({ pos: 1, messages: [opening, withdrawal].sort() });
    expect(shown.matter).toMatchObject({ state: 'unopened', countedPos: 0 });
    expect(exchangeStatus(party.context).alarms.map(({ code }) => code)).toEqual(['LEAD_EQUIVOCATION']);
  }
  await sync(firm.context);
  expect(exchangeStatus(firm.context).alarms).toHaveLength(1);
});

test('only the lead’s registrar gives places: a place given by anybody else is a mismatch', async () => {
  await deliver(pickUp, withdrawal, { pos: 2, posPrev: opening }, [firm]);
  const { received } = await sync(firm.context);
  expect(received.rejected).toBe(1);
  expect(showMatter(firm.context, matter).matter.countedPos).toBe(1);
});

test('a receipt that names another signature over the message is a mismatch', async () => {
  await deliver(pickUp, withdrawal, { signatureDigest: opening }, [firm]);
  expect((await sync(firm.context)).received.rejected).toBe(1);
  expect(listReceipts(firm.context.vault.read, withdrawal)).toEqual([]);
});

test('a receipt dated before its message is accepted, flagged, and superseded by a corrected one', async () => {
  await deliver(pickUp, withdrawal, { receivedAt: '2026-11-23T00:00:00.000Z' as Instant }, [firm]);
  await sync(firm.context);
  const [early] = listReceipts(firm.context.vault.read, withdrawal);
  expect(early).toMatchObject({ kind: 'delivered', flags: ['dated-before-message'], current: true });
  lab.later(1000);
  await deliver(pickUp, withdrawal, { supersedes: early?.m ?? null }, [firm]);
  await sync(firm.context);
  expect(listReceipts(firm.context.vault.read, withdrawal).map(({ flags, current }) => [flags, current])).toEqual([
    [['dated-before-message'], false],
    [[], true],
  ]);
});

test('a receipt before its message waits for it', async () => {
  await deliver(lead, withdrawal, { pos: 2, posPrev: opening }, [pickUp]);
  expect((await sync(pickUp.context)).received.held).toBe(1);
  expect(showMatter(pickUp.context, matter).gap).toMatchObject({ wanted: [withdrawal], certain: true });
  await sync(firm.context);
  await sync(pickUp.context);
  expect(showMatter(pickUp.context, matter)).toMatchObject({
    gap: null,
    matter: { state: 'withdrawn', countedPos: 2 },
  });
});
