import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { verifyContainer } from '../../../electron/packages/verify-container.ts';
import { parseCrl } from '../../../electron/pki/crl.ts';
import { addAnchors } from '../../../electron/usecases/add-trust.ts';
import { type ExportLevel, exportMessage } from '../../../electron/usecases/export-message.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { setTrustNetwork } from '../../../electron/usecases/set-trust-network.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import type { M } from '../../../shared/model/brand.ts';
import {
  createLab,
  introduce,
  type Lab,
  OFFICES,
  type Party,
  send,
  textDocument,
} from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { memorySink } from '../../fixtures/memory-bytes.ts';
import { flipBit, rebuildContainer } from '../../fixtures/stored-zip.ts';
import { startTrustServices, type TrustServices } from '../../fixtures/trust-services.ts';
import { hasTool } from '../../interop/foreign-tool.ts';

let trust: TrustServices;
let lab: Lab;
let firm: Party;
let m: M;
beforeAll(async () => {
  trust = await startTrustServices();
  lab = createLab(new Date().toISOString());
  const lenient = { context: { revocation: 'off' } } as const;
  firm = await lab.addOffice(OFFICES.firm, {
    ...lenient,
    identity: trust.identity(OFFICES.firm),
    withoutCard: true,
  });
  const lead = await lab.addOffice(OFFICES.procuratorate, lenient);
  for (const { context } of [firm, lead]) addAnchors(context, trust.root.certificate.der, 'test');
  await issueCard(firm.context, firm.credentials);
  await introduce(lab.share, [firm, lead]);
  setTrustNetwork(firm.context, { hosts: [trust.host], tsas: [{ url: trust.url('/tsa'), policy: null }] }, 'test');
  ({ m } = await send(firm, {
    target: { type: 'file-review', to: [lead.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
    documents: [textDocument('卷宗.txt', '卷宗 '.repeat(50_000))],
  }));
});
afterAll(async () => {
  await lab.close();
  await trust.close();
});

async function exported(level: ExportLevel): Promise<Buffer> {
  const sink = memorySink();
  const size = await exportMessage(firm.context, { m, level, sink, by: 'test' });
  expect(sink.bytes()).toHaveLength(size);
  return sink.bytes();
}

/** With the anchor and nothing else: what a copy does not bring along is not there. */
const verify = (bytes: Buffer, more: Buffer[] = []) =>
  verifyContainer({
    container: bufferSource(bytes),
    trust: { anchors: [trust.root.certificate], crls: more.map(parseCrl), revocation: 'require' },
    at: new Date(),
  });

describe.skipIf(!hasTool('openssl'))('a copy of a message', () => {
  test('of level LT leaves before its revocation data are known, or a message that nobody knows leaves', async () => {
    await expect(exported('LT')).rejects.toMatchObject({
      code: 'PROOF_MISSING',
      params: { missing: 'revocation-data' },
    });
    const unknown = { m: 'f'.repeat(64) as M, level: 'B', sink: memorySink(), by: 'test' } as const;
    await expect(exportMessage(firm.context, unknown)).rejects.toMatchObject({ code: 'MESSAGE_UNKNOWN' });
  });

  test.each(['B', 'T'] as const)('of level %s passes without revocation data, or fails with them', async (level) => {
    const bytes = await exported(level);
    expect((await verify(bytes)).report).toMatchObject({ m, subIndication: 'TRY_LATER' });
    expect((await verify(bytes, [trust.list()])).report).toMatchObject({
      m,
      indication: 'TOTAL_PASSED',
      signers: [{ timestamp: expect.any(String) }],
    });
  });

  test('of level LT does not verify with the anchor alone, or says another time', async () => {
    await sync(firm.context);
    const { report } = await verify(await exported('LT'));
    expect(report).toMatchObject({ m, indication: 'TOTAL_PASSED', signers: [{ revocation: { status: 'good' } }] });
    expect(report.signers[0]?.timestamp).not.toBeNull();
  });

  test('of level LTA does not verify with the anchor alone, or its stored container has changed', async () => {
    const before = findMessage(firm.context.vault.read, m)?.blob;
    const { report } = await verify(await exported('LTA'));
    expect(report.checks.filter(({ ok }) => ok === false)).toEqual([]);
    expect(report).toMatchObject({ m, indication: 'TOTAL_PASSED' });
    const [archive] = report.checks.filter(({ id }) => id === 'archive-timestamp');
    expect(archive).toMatchObject({ ok: true });
    // the verdict speaks of the time at which everything was stamped
    expect(archive?.detail.startsWith(report.validationTime.slice(0, 19))).toBe(true);
    expect(findMessage(firm.context.vault.read, m)?.blob).toBe(before);
  });

  test('of level LTA that is made again is stamped again', async () => {
    const stamps = () => trust.asked.filter((one) => one.startsWith('/tsa')).length;
    const first = await exported('LTA');
    const before = stamps();
    expect([await exported('LTA'), stamps()]).toEqual([first, before]);
  });

  test.each<readonly [string, RegExp]>([
    ['META-INF/ASiCArchiveManifest.xml', /archive-timestamp/],
    ['META-INF/timestamp001.tst', /archive-timestamp/],
    ['META-INF/signature001.p7s', /archive-timestamp/],
  ])('of level LTA counts as stamped with %s altered', async (name, id) => {
    const bytes = await exported('LTA');
    const altered = await rebuildContainer(bytes, (entries) =>
      entries.map((entry) => (entry.name === name ? { ...entry, content: flipBit(entry.content, -40) } : entry)),
    );
    const { report } = await verify(altered);
    expect(report.checks.filter((check) => id.test(check.id)).map(({ ok }) => ok)).not.toContain(true);
  });

  test('with archive timestamps is taken by exchange', async () => {
    const container = bufferSource(await exported('LTA'));
    const known = { anchors: [trust.root.certificate], crls: [], revocation: 'require' } as const;
    const verdict = await verifyContainer({ container, trust: known, at: new Date(), accept: 'profile' });
    expect([verdict.indication, verdict.code]).toEqual(['TOTAL_FAILED', 'CONTAINER_ENTRY_REFUSED']);
  });
});
