import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyBundle } from '../../../electron/evidence/verify-bundle.ts';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { writePem } from '../../../electron/pki/pem.ts';
import { addAnchors } from '../../../electron/usecases/add-trust.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { setTrustNetwork } from '../../../electron/usecases/set-trust-network.ts';
import { renewProofs } from '../../../electron/usecases/trust/archive-message.ts';
import { newNetworkRun } from '../../../electron/usecases/trust/ask-network.ts';
import { doProofDuties } from '../../../electron/usecases/trust/proof-duties.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import { listAt, stampAt } from '../../fixtures/aged-services.ts';
import { exported } from '../../fixtures/evidence-material.ts';
import { CHROMIUM, type EvidencePage, openEvidencePage } from '../../fixtures/evidence-page.ts';
import { createLab, introduce, type Lab, OFFICES, type Party, send, settle } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { startTrustServices, type TrustServices } from '../../fixtures/trust-services.ts';

/** The first TSA's certificate ends after 100 days, the signers' own after 200; a second TSA lives on. Who looks does so after 250. */
const DAY = 24 * 3600_000;
const [TSA_LIFE, LATE, LOOK] = [100, 210, 250];

let first: TrustServices;
let second: TrustServices;
let viewer: EvidencePage | null = null;
const labs: Lab[] = [];

beforeAll(async () => {
  first = await startTrustServices({ tsaDays: TSA_LIFE });
  second = await startTrustServices({ tsaDays: 2_000 });
  if (existsSync(CHROMIUM)) viewer = await openEvidencePage();
});
afterAll(async () => {
  await viewer?.close();
  for (const lab of labs) await lab.close();
  await first?.close();
  await second?.close();
});

interface Scene {
  readonly lab: Lab;
  readonly firm: Party;
  readonly matter: MatterId;
}

/** A matter of two offices whose every container has a timestamp of the first TSA. */
async function scene(): Promise<Scene> {
  first.reset();
  const lab = createLab(new Date().toISOString());
  labs.push(lab);
  const add = (office: Party['office']) =>
    lab.addOffice(office, { context: { revocation: 'off' }, identity: first.identity(office), withoutCard: true });
  const [firm, lead] = [await add(OFFICES.firm), await add(OFFICES.procuratorate)];
  for (const { context, credentials } of [firm, lead]) {
    for (const { root } of [first, second]) addAnchors(context, root.certificate.der, 'test');
    const tsas = [{ url: first.url('/tsa'), policy: null }];
    setTrustNetwork(context, { hosts: [first.host, second.host], tsas }, 'test');
    await issueCard(context, credentials);
  }
  await introduce(lab.share, [firm, lead]);
  const target = { type: 'file-review', to: [lead.office.id] } as const;
  const { matter } = await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {} });
  await settle([firm, lead]);
  await settle([firm, lead]);
  return { lab, firm, matter };
}

/** What a sync does for proofs that many days later; the TSA that answers is the second. */
async function renewAfter({ lab, firm }: Scene, days: number): Promise<void> {
  lab.later(days * DAY);
  const { now } = lab.clock;
  for (const from of [first, second]) {
    from.services.set('/root.crl', () => listAt(from, now));
    from.services.set('/ocsp', () => ({ status: 404 }));
  }
  first.services.set('/tsa', (body) => ({ type: 'application/timestamp-reply', body: stampAt(second, body, now) }));
  const run = newNetworkRun();
  for (let renewed = 1; renewed > 0; ) {
    renewed = await renewProofs(firm.context, run);
    await doProofDuties(firm.context, run);
  }
}

async function lookAt(bundle: Buffer, at: Date) {
  const anchors = [first, second].map(({ root }) => root.certificate);
  const source = bufferSource(bundle);
  const report = await verifyBundle({ bundle: source, anchors, fingerprints: [], at, revocation: 'require' });
  const pem = Buffer.from(anchors.map(({ der }) => writePem('CERTIFICATE', der)).join(''));
  await viewer?.page.locator('#at').fill(localTime(at));
  const page = await viewer?.verify(bundle, pem);
  return { report, page };
}

/** As the field of the page takes it, in the zone of the browser. */
function localTime(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

const inDays = (days: number): Date => new Date(Date.now() + days * DAY);

describe('a bundle, looked at when its first TSA and its signers have ended,', () => {
  test('does not verify where its proofs were renewed before', async () => {
    const made = await scene();
    await renewAfter(made, TSA_LIFE - 60);
    const bundle = await exported(made.firm, made.matter);
    const { report, page } = await lookAt(bundle, inDays(LOOK));
    expect(report.checks.filter(({ ok }) => ok === false)).toEqual([]);
    const all = [...report.messages, ...report.messages.flatMap(({ receipts }) => receipts), ...report.cards];
    expect(all.map(({ indication, code }) => [indication, code])).toEqual(all.map(() => ['TOTAL_PASSED', null]));
    expect([report.indication, report.completeUpTo]).toEqual(['TOTAL_PASSED', 1]);
    // the time is the first TSA's, not that of the renewal
    const limit = new Date(Date.now() + DAY).toISOString();
    expect(all.every(({ provenAt }) => provenAt !== null && provenAt < limit)).toBe(true);
    if (page !== undefined) expect(page.indication).toBe('TOTAL_PASSED');
  });

  test.each([
    ['were never renewed', null, LOOK],
    ['were renewed after the end of the TSA and the signers', LATE, LATE + 3],
    ['were renewed after that, and the last lists have ended too', LATE, LOOK],
  ])('is valid or failed where its proofs %s', async (_title, renewed, looked) => {
    const made = await scene();
    if (renewed !== null) await renewAfter(made, renewed);
    const bundle = await exported(made.firm, made.matter);
    const { report, page } = await lookAt(bundle, inDays(looked));
    expect(report.checks.filter(({ ok }) => ok === false)).toEqual([]);
    expect(report.messages.map(({ indication }) => indication)).toEqual(['INDETERMINATE']);
    expect(report.indication).toBe('INDETERMINATE');
    if (page !== undefined) expect(page.indication).toBe('INDETERMINATE');
  });
});
