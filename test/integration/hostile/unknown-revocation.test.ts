import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createCa } from '../../../electron/pki/issue/create-ca.ts';
import { addAnchors } from '../../../electron/usecases/add-trust.ts';
import type { OfficeContext } from '../../../electron/usecases/context.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { setTrustNetwork } from '../../../electron/usecases/set-trust-network.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage, insertMessage } from '../../../electron/vault/repositories/messages.ts';
import type { M } from '../../../shared/model/brand.ts';
import { createLab, introduce, type Lab, OFFICES, type Party, send, syncAll } from '../../fixtures/exchange-lab.ts';
import { sha } from '../../fixtures/exchange-messages.ts';
import { addressOf, putInto } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

let lab: Lab;
afterEach(() => lab.close());

/** A firm whose certificate a CA issued that publishes no list, and an office that trusts the CA. */
async function certified() {
  lab = createLab();
  const ca = createCa({ name: '测试根', algorithm: 'p256', now: new Date('2026-01-01T00:00:00Z') });
  const lenient = { context: { revocation: 'off' } } as const;
  const firm = await lab.addOffice(OFFICES.firm, { ...lenient, issuer: { ...ca, chain: [] }, withoutCard: true });
  const lead = await lab.addOffice(OFFICES.procuratorate, lenient);
  for (const { context } of [firm, lead]) addAnchors(context, ca.certificate.der, 'test');
  await issueCard(firm.context, firm.credentials);
  await introduce(lab.share, [firm, lead]);
  return { firm, lead };
}

const submit = (from: Party, to: Party) =>
  send(from, { target: { type: 'file-review', to: [to.office.id] }, act: 'submit', form: FILE_REVIEW['submit'] ?? {} });

test('a replay while nobody can say whether the certificate is revoked leaves what was accepted as it is', async () => {
  const { firm, lead } = await certified();
  const { m } = await submit(firm, lead);
  await sync(firm.context);
  const folder = join(lab.share, addressOf(lead), 'new');
  const bytes = readFileSync(join(folder, readdirSync(folder)[0] ?? ''));
  await syncAll([firm, lead]);
  const before = findMessage(lead.context.vault.read, m);
  expect(before?.status).toBe('accepted');

  await putInto(lab.share, lead, bytes);
  const report = await sync({ ...lead.context, revocation: 'require' });
  expect(report).toMatchObject({ received: { duplicate: 1, held: 0 }, failed: [] });
  expect(findMessage(lead.context.vault.read, m)).toEqual(before);
});

test('a held message whose file is damaged keeps back those that can be decided, or is taken for decided', async () => {
  const { firm, lead } = await certified();
  const first = await submit(firm, lead);
  const second = await submit(firm, lead);
  await sync(firm.context);
  const strict: OfficeContext = { ...lead.context, revocation: 'require' };
  expect((await sync(strict)).received.held).toBe(2);
  const status = (m: M) => findMessage(lead.context.vault.read, m)?.status;
  const { vault } = lead.context;
  const file = join(vault.paths.blobs, findMessage(vault.read, first.m)?.blob ?? '');
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
  writeFileSync(file, bytes);
  // Somebody may be asked, so that the search for revocation data reads both as well
  setTrustNetwork(lead.context, { hosts: ['crl.example.cn'] }, 'test');
  await sync(lead.context);
  expect([status(first.m), status(second.m)]).toEqual(['held', 'accepted']);
});

test('a thousand messages that nobody can ever judge keep those behind them from being judged', async () => {
  const { firm, lead } = await certified();
  const never = await submit(firm, lead);
  await sync(firm.context);
  const strict: OfficeContext = { ...lead.context, revocation: 'require' };
  await sync(strict);
  const { vault } = lead.context;
  const row = findMessage(vault.read, never.m);
  if (row?.blob == null) throw new Error('not held');
  const { body: message, signatureDigest, blob, firstReceivedAt } = row;
  vault.write((db) => {
    for (let index = 0; index < 1_000; index++) {
      const entry = { m: sha(`never ${index}`) as M, message, signatureDigest, blob, firstReceivedAt };
      insertMessage(db, { ...entry, direction: 'in', status: 'held', code: 'VERDICT_INDETERMINATE' });
    }
  });
  unlinkSync(join(vault.paths.blobs, blob));
  const judged = await submit(firm, lead);
  await sync(firm.context);
  expect((await sync(strict)).received.held).toBe(1);
  await sync(lead.context);
  expect(findMessage(vault.read, judged.m)?.status).toBe('accepted');
});
