import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Certificate } from '../../../electron/pki/certificate.ts';
import { writePem } from '../../../electron/pki/pem.ts';
import { type EvidenceMaterial, judge, makeEvidence, rebuildBundle } from '../../fixtures/evidence-material.ts';
import { MUTATIONS, withoutTail } from '../../fixtures/evidence-mutations.ts';
import { CHROMIUM, type EvidencePage, openEvidencePage } from '../../fixtures/evidence-page.ts';

let made: EvidenceMaterial;
let viewer: EvidencePage | null = null;
const pem = (all: readonly Certificate[]) => Buffer.from(all.map(({ der }) => writePem('CERTIFICATE', der)).join(''));
const anchors = () => pem([made.trust.root.certificate]);
beforeAll(async () => {
  made = await makeEvidence();
  if (existsSync(CHROMIUM)) viewer = await openEvidencePage();
});
afterAll(async () => {
  await viewer?.close();
  await made?.close();
});

describe('a bundle of a file review', () => {
  test('does not verify with the anchor alone, or folds to another state than its offices have', async () => {
    const report = await judge(made.bundle, made);
    expect(report.checks.filter(({ ok }) => ok === false)).toEqual([]);
    expect([...report.messages, ...report.cards].filter(({ indication }) => indication !== 'TOTAL_PASSED')).toEqual([]);
    expect(report.gaps).toMatchObject({
      unresolved: [],
      sequence: [],
      positions: [],
      unacknowledged: [],
      uncounted: [],
    });
    expect(report).toMatchObject({
      indication: 'TOTAL_PASSED',
      code: null,
      completeUpTo: 7,
      state: 'closed',
      procedure: 'file-review',
    });
    expect(report.cards.map(({ restsOn }) => restsOn)).toEqual(['anchor', 'anchor', 'anchor']);
    expect(report.messages.every(({ provenAt }) => provenAt !== null)).toBe(true);
  });

  test.skipIf(!existsSync(CHROMIUM))(
    'does not verify in the page without a network, or the page asks for something',
    async () => {
      const found = await viewer?.verify(made.bundle, anchors());
      expect(found?.text).toContain('complete up to place 7');
      expect(found?.indication).toBe('TOTAL_PASSED');
      expect(viewer?.asked).toEqual([]);
    },
  );

  test('passes in the command or in the page with an anchor that is another’s', async () => {
    const report = await judge(made.bundle, { ...made, trust: { ...made.trust, root: made.trust.tsa } });
    expect(report.indication).not.toBe('TOTAL_PASSED');
  });

  test.each(MUTATIONS)('passes with $name', async ({ make, anchors: entered, indication }) => {
    const bundle = await make(made);
    expect(bundle.equals(made.bundle)).toBe(false);
    const trusted = entered?.(made) ?? [made.trust.root.certificate];
    const report = await judge(bundle, made, { anchors: trusted });
    const page = await viewer?.verify(bundle, pem(trusted));
    expect.soft(report.indication, 'command').not.toBe('TOTAL_PASSED');
    expect.soft(page?.indication ?? 'ERROR', `page: ${page?.text.slice(0, 300)}`).not.toBe('TOTAL_PASSED');
    if (indication !== undefined) expect.soft(report.indication, JSON.stringify(report.checks)).toBe(indication);
    if (page !== undefined) expect(page.indication).toBe(report.indication);
  });

  test('says that it is complete where its tail and all that names it were taken away', async () => {
    const { messages } = await judge(made.bundle, made);
    const [before, last] = messages.slice(-2);
    const gone = [last?.m ?? '', ...(last?.receipts.map(({ m }) => m) ?? [])];
    const shortened = await rebuildBundle(made.bundle, withoutTail(gone), (list) => ({ ...list, heads: [before?.m] }));
    const report = await judge(shortened, made);
    expect(report).toMatchObject({ indication: 'TOTAL_PASSED', completeUpTo: 6, state: 'collected' });
    const page = await viewer?.verify(shortened, anchors());
    if (page === undefined) return;
    expect(page.text).toContain('complete up to place 6');
    expect(page.text).toContain('Whether anything came later, nobody can tell');
  });

  test('takes the word of a printed report that was replaced', async () => {
    const replaced = await rebuildBundle(made.bundle, (all) =>
      all.map((entry) => (entry.name === 'report.pdf' ? { ...entry, content: Buffer.from('%PDF-1.7 other') } : entry)),
    );
    const report = await judge(replaced, made);
    expect(report.checks.find(({ id }) => id === 'printed-report')).toMatchObject({ ok: null });
    const page = await viewer?.verify(replaced, anchors());
    if (page !== undefined) expect(page.text).toContain('Printed report in the bundle (not relied on)');
  });
});
