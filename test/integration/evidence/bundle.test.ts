import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Certificate } from '../../../electron/pki/certificate.ts';
import { writePem } from '../../../electron/pki/pem.ts';
import { createI18n } from '../../../shared/i18n/create-i18n.ts';
import type { EvidenceReport } from '../../../shared/model/evidence-report.ts';
import { describeEvidence } from '../../../shared/report/describe-evidence.ts';
import {
  type EvidenceMaterial,
  judge,
  makeEvidence,
  readEntries,
  rebuildBundle,
} from '../../fixtures/evidence-material.ts';
import { entriesOf, exchangeTokens, MUTATIONS, withoutTail } from '../../fixtures/evidence-mutations.ts';
import { CHROMIUM, type EvidencePage, openEvidencePage } from '../../fixtures/evidence-page.ts';

let made: EvidenceMaterial;
let viewer: EvidencePage | null = null;
const pem = (all: readonly Certificate[]) => Buffer.from(all.map(({ der }) => writePem('CERTIFICATE', der)).join(''));
const { t } = createI18n('en');
/** The verdict in words, as command and page show it. */
const linesOf = (report: EvidenceReport): string[] =>
  describeEvidence(report, t, (at) => at).sections.flatMap(({ rows }) =>
    rows.flatMap(({ label, lines }) => [label, ...lines.map((line) => (typeof line === 'string' ? line : line.text))]),
  );
/** Where the verdict puts its finger. */
const namedIn = ({ checks, messages, cards, gaps }: EvidenceReport): unknown[] => [
  ...checks.filter(({ ok }) => ok === false),
  ...[...messages, ...messages.flatMap(({ receipts }) => receipts), ...cards].filter(
    ({ indication }) => indication !== 'TOTAL_PASSED',
  ),
  ...[...gaps.unresolved, ...gaps.sequence, ...gaps.positions],
];
const anchors = () => pem([made.trust.root.certificate]);
beforeAll(async () => {
  made = await makeEvidence();
  if (existsSync(CHROMIUM)) viewer = await openEvidencePage();
  // Three offices play a whole matter, with every proof renewed: beside four other files on two cores it took two minutes
}, 300_000);
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
    expect(report.cards.map(({ restsOn }) => restsOn)).toEqual(['anchor', 'anchor', 'anchor', 'anchor']);
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

  test('names a CA, a list, an answer or an anchor of an office that has no part in it, or carries a file of no use', async () => {
    const entries = await readEntries(made.bundle);
    const all = Buffer.concat(entries.map(({ content }) => content)).toString('latin1');
    const names = entries.map(({ name }) => name).join('\n');
    expect(made.foreign.filter((one) => names.includes(one) || all.includes(one))).toEqual([]);
    const { snapshot } = await judge(made.bundle, made);
    expect(snapshot.map(({ sha256 }) => sha256)).toEqual([made.trust.root.certificate.sha256]);
    const kinds = new Set(entries.map(({ name }) => name.replace(/[0-9a-f]{64}(?:-\d{3})?/, '*')));
    expect([...kinds].sort()).toEqual([
      'archives/*.p7s',
      'archives/*.tst',
      'archives/*.xml',
      'calendar.json',
      'cards/*.asice',
      'evidence.json',
      'messages/*.asice',
      'proofs/*.tst',
      'receipts/*.asice',
      'report.pdf',
      'rules.json',
      'trust.json',
      'values/*.cer',
      'values/*.crl',
      'values/*.ors',
    ]);
  });

  test('takes the order of its files for the order of its acts', async () => {
    const turned = await rebuildBundle(made.bundle, (all) => all.toReversed());
    const report = await judge(turned, made);
    expect(report).toMatchObject({ indication: 'TOTAL_PASSED', completeUpTo: 7, state: 'closed' });
    const before = await judge(made.bundle, made);
    expect(report.messages.map(({ m, pos }) => [m, pos])).toEqual(before.messages.map(({ m, pos }) => [m, pos]));
  });

  test('counts acts that an earlier export has no places for, or is silent of them', async () => {
    const receipts = (await entriesOf(made.earlier)).filter(({ name }) => name.startsWith('receipts'));
    const spliced = await rebuildBundle(made.bundle, (all) => [
      ...all.filter(({ name }) => !name.startsWith('receipts')),
      ...receipts,
    ]);
    const report = await judge(spliced, made);
    expect(report).toMatchObject({ completeUpTo: 2, state: 'first-checked' });
    expect(report.gaps.uncounted).toHaveLength(5);
    expect(report.gaps.unacknowledged).toEqual(report.gaps.uncounted);
    const page = await viewer?.verify(spliced, anchors());
    if (page !== undefined) expect(page.indication).toBe(report.indication);
  });

  test('takes a time from a timestamp of another message inside a signature, or does not name it', async () => {
    const exchanged = await exchangeTokens(made);
    const before = await judge(made.bundle, made);
    const named = /bundle-proof \w+\/[0-9a-f]{64}\.asice, inside: timestamp HASH_FAILURE/;
    // its own stands beside it: nothing is lost
    const beside = await judge(await rebuildBundle(made.bundle, () => exchanged), made);
    expect(beside.messages.map(({ provenAt }) => provenAt)).toEqual(before.messages.map(({ provenAt }) => provenAt));
    expect(beside.checks.filter(({ ok, id }) => ok === null && id === 'bundle-proof')).toHaveLength(2);
    const alone = await rebuildBundle(made.bundle, () =>
      exchanged.filter(({ name }) => !/^(?:proofs|archives)/.test(name)),
    );
    const report = await judge(alone, made);
    expect(linesOf(report).join('\n')).toMatch(named);
    const spoiled = report.checks
      .filter(({ ok, id }) => ok === null && id === 'bundle-proof')
      .map(({ detail }) => detail);
    const all = [...report.messages, ...report.messages.flatMap(({ receipts }) => receipts)];
    const touched = all.filter(({ m }) => spoiled.some((detail) => detail.includes(m)));
    expect(touched.map(({ provenAt }) => provenAt)).toEqual([null, null]);
    const page = await viewer?.verify(alone, anchors());
    if (page === undefined) return;
    expect(page.indication).toBe(report.indication);
    expect(page.text).toMatch(named);
  });

  test('passes in the command or in the page with an anchor that is another’s', async () => {
    const report = await judge(made.bundle, { ...made, trust: { ...made.trust, root: made.trust.tsa } });
    expect(report.indication).not.toBe('TOTAL_PASSED');
  });

  test.each(MUTATIONS)('passes with $name', async ({ make, anchors: entered, indication, line }) => {
    const bundle = await make(made);
    expect(bundle.equals(made.bundle)).toBe(false);
    const trusted = entered?.(made) ?? [made.trust.root.certificate];
    const report = await judge(bundle, made, { anchors: trusted });
    const page = await viewer?.verify(bundle, pem(trusted));
    expect.soft(report.indication, 'command').not.toBe('TOTAL_PASSED');
    expect.soft(page?.indication ?? 'ERROR', `page: ${page?.text.slice(0, 300)}`).not.toBe('TOTAL_PASSED');
    if (indication !== undefined) expect.soft(report.indication, JSON.stringify(report.checks)).toBe(indication);
    expect.soft(namedIn(report), 'nothing in the verdict says what it is').not.toEqual([]);
    if (line !== undefined) {
      expect.soft(linesOf(report).join('\n')).toMatch(line);
      if (page !== undefined) expect.soft(page.text).toMatch(line);
    }
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
