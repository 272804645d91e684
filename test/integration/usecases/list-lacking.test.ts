import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCa } from '../../../electron/pki/issue/create-ca.ts';
import { writePem } from '../../../electron/pki/pem.ts';
import { listLacking } from '../../../electron/usecases/list-lacking.ts';
import { confirmAnchor, importAnchors } from '../../../electron/usecases/trust/import-anchors.ts';
import { addTrio, createLab, type Lab, OFFICES } from '../../fixtures/exchange-lab.ts';

let lab: Lab;
beforeEach(() => {
  lab = createLab();
});
afterEach(() => lab.close());

test('a vault without card, counterpart or route counts as ready, or one of trial identities as lacking an authority', async () => {
  const device = await lab.addOffice(OFFICES.firm, { label: 'device', withoutCard: true });
  expect(listLacking(device.context.vault.read)).toEqual(['own-card', 'other-card', 'route']);
  const { firm } = await addTrio(lab);
  expect(listLacking(firm.context.vault.read)).toEqual([]);
});

test('a vault whose card a CA stands behind counts as ready while no CA counts, or as lacking one that was compared', async () => {
  const now = lab.clock.now;
  const ca = createCa({ name: 'Trial CA', algorithm: 'p256', now });
  const { context } = await lab.addOffice(OFFICES.firm, { issuer: { ...ca, chain: [] } });
  const lacking = () => listLacking(context.vault.read).filter((one) => one.startsWith('anchor'));
  expect(lacking()).toEqual(['anchor']);
  const [anchor] = importAnchors(context, Buffer.from(writePem('CERTIFICATE', ca.certificate.der)), { by: 'test' });
  expect(lacking()).toEqual(['anchor-confirmed']);
  const { sha256 } = anchor?.certificate ?? ca.certificate;
  confirmAnchor(context, sha256, sha256, 'test');
  expect(lacking()).toEqual([]);
});
