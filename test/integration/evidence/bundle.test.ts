import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePem } from '../../../electron/pki/pem.ts';
import { type EvidenceMaterial, judge, makeEvidence } from '../../fixtures/evidence-material.ts';
import { MUTATIONS } from '../../fixtures/evidence-mutations.ts';
import { CHROMIUM, type EvidencePage, openEvidencePage } from '../../fixtures/evidence-page.ts';

let made: EvidenceMaterial;
let viewer: EvidencePage | null = null;
const anchors = () => Buffer.from(writePem('CERTIFICATE', made.trust.root.certificate.der));
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

  test.each(MUTATIONS)('passes with $name', async ({ make }) => {
    const bundle = await make(made);
    expect(bundle.equals(made.bundle)).toBe(false);
    const report = await judge(bundle, made);
    const page = await viewer?.verify(bundle, anchors());
    expect.soft(report.indication, 'command').not.toBe('TOTAL_PASSED');
    expect.soft(page?.indication ?? 'ERROR', `page: ${page?.text.slice(0, 300)}`).not.toBe('TOTAL_PASSED');
    if (page !== undefined) expect(page.indication).toBe(report.indication);
  });
});
