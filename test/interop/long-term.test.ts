import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePem } from '../../electron/pki/pem.ts';
import { addAnchors } from '../../electron/usecases/add-trust.ts';
import { EXPORT_LEVELS, exportMessage } from '../../electron/usecases/export-message.ts';
import { issueCard } from '../../electron/usecases/issue-card.ts';
import { setTrustNetwork } from '../../electron/usecases/set-trust-network.ts';
import { sync } from '../../electron/usecases/sync.ts';
import { createLab, introduce, type Lab, OFFICES, send, textDocument } from '../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../fixtures/forms.ts';
import { memorySink } from '../fixtures/memory-bytes.ts';
import { startTrustServices, type TrustServices } from '../fixtures/trust-services.ts';
import { type Answer, findDss, startJavaPeer } from './java-peer.ts';

const dss = findDss();

/** Levels as EU DSS 6 names them, of copies that a vault exported, with the anchor and nothing else. */
describe.skipIf(dss === null)('EU DSS judges an exported copy', () => {
  let trust: TrustServices;
  let lab: Lab;
  let folder = '';
  const answers = new Map<string, Answer>();

  beforeAll(async () => {
    if (dss === null) return;
    folder = mkdtempSync(join(tmpdir(), 'lexpost-lt-'));
    trust = await startTrustServices();
    lab = createLab(new Date().toISOString());
    const lenient = { context: { revocation: 'off' } } as const;
    const firm = await lab.addOffice(OFFICES.firm, {
      ...lenient,
      identity: trust.identity(OFFICES.firm),
      withoutCard: true,
    });
    const lead = await lab.addOffice(OFFICES.procuratorate, lenient);
    for (const { context } of [firm, lead]) addAnchors(context, trust.root.certificate.der, 'test');
    await issueCard(firm.context, firm.credentials);
    await introduce(lab.share, [firm, lead]);
    setTrustNetwork(firm.context, { hosts: [trust.host], tsas: [{ url: trust.url('/tsa'), policy: null }] }, 'test');
    const { m } = await send(firm, {
      target: { type: 'file-review', to: [lead.office.id] },
      act: 'submit',
      form: FILE_REVIEW['submit'] ?? {},
      documents: [textDocument('卷宗.txt', '卷宗')],
    });
    // revocation data from after the stamp, as the field asks for
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await sync(firm.context);
    const anchor = join(folder, 'root.pem');
    const crl = join(folder, 'root.crl');
    writeFileSync(anchor, writePem('CERTIFICATE', trust.root.certificate.der));
    writeFileSync(crl, trust.list());
    const jobs: string[][] = [];
    for (const level of EXPORT_LEVELS) {
      const sink = memorySink();
      await exportMessage(firm.context, { m, level, sink, by: 'test' });
      const file = join(folder, `${level}.asice`);
      writeFileSync(file, sink.bytes());
      jobs.push(['validate', file, anchor, level === 'B' || level === 'T' ? crl : '-']);
    }
    const peer = startJavaPeer(dss);
    try {
      for (const [index, answer] of peer.run(jobs).entries()) answers.set(EXPORT_LEVELS[index] ?? '', answer);
    } finally {
      peer.close();
    }
  }, 120_000);
  afterAll(async () => {
    await lab?.close();
    await trust?.close();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    // the token came while sealing: the stored container is of level T itself
    ['B', 'T'],
    ['T', 'T'],
    ['LT', 'LT'],
    ['LTA', 'LTA'],
  ])('of level %s as less, or not as passed', (level, judged) => {
    expect(answers.get(level)?.text).toBe(`TOTAL_PASSED null CAdES-BASELINE-${judged} ASiC-E`);
  });
});
