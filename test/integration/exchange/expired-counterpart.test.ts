import { afterEach, beforeEach, expect, test } from 'vitest';
import { oweSyncRequest } from '../../../electron/usecases/outgoing/owe-sync-request.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findCurrentCard } from '../../../electron/vault/repositories/cards.ts';
import { listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import { createLab, introduce, type Lab, OFFICES, type Party, send, syncAll } from '../../fixtures/exchange-lab.ts';
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
