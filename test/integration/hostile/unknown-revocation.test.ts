import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createCa } from '../../../electron/pki/issue/create-ca.ts';
import { addAnchors } from '../../../electron/usecases/add-trust.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { createLab, introduce, type Lab, OFFICES, send, syncAll } from '../../fixtures/exchange-lab.ts';
import { addressOf, putInto } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

let lab: Lab;
afterEach(() => lab.close());

test('a replay while nobody can say whether the certificate is revoked leaves what was accepted as it is', async () => {
  lab = createLab();
  const ca = createCa({ name: '测试根', algorithm: 'p256', now: new Date('2026-01-01T00:00:00Z') });
  const lenient = { context: { revocation: 'off' } } as const;
  const firm = await lab.addOffice(OFFICES.firm, { ...lenient, issuer: { ...ca, chain: [] }, withoutCard: true });
  const lead = await lab.addOffice(OFFICES.procuratorate, lenient);
  for (const { context } of [firm, lead]) addAnchors(context, ca.certificate.der, 'test');
  await issueCard(firm.context, firm.credentials);
  await introduce(lab.share, [firm, lead]);
  const { m } = await send(firm, {
    target: { type: 'file-review', to: [lead.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
  });
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
