import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyBundle } from '../../../electron/evidence/verify-bundle.ts';
import { cardFingerprint } from '../../../electron/exchange/card-trust.ts';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { findCurrentCard } from '../../../electron/vault/repositories/cards.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import { exported } from '../../fixtures/evidence-material.ts';
import { CHROMIUM, type EvidencePage, openEvidencePage } from '../../fixtures/evidence-page.ts';
import {
  createLab,
  introduce,
  type Lab,
  makeParty,
  OFFICES,
  type Party,
  send,
  settle,
} from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

/** Three offices whose clocks went right when they were set up, and then went wrong: the firm's three days ahead, the leading office's two days behind. */
const DAY = 24 * 3600_000;
const WRONG = { firm: 3 * DAY, lead: -2 * DAY, pickUp: 0 };

let lab: Lab;
let all: Party[];
let matter: MatterId;
let viewer: EvidencePage | null = null;
const off = { firm: 0, lead: 0, pickUp: 0 };

beforeAll(async () => {
  lab = createLab(new Date().toISOString());
  const add = (name: keyof typeof off, office: Party['office']) =>
    makeParty(join(lab.dir, name), office, () => new Date(lab.clock.now.getTime() + off[name]));
  const firm = await add('firm', OFFICES.firm);
  const lead = await add('lead', OFFICES.procuratorate);
  const pickUp = await add('pickUp', OFFICES.pickUp);
  all = [firm, lead, pickUp];
  mkdirSync(lab.share, { recursive: true });
  await introduce(lab.share, all);
  lab.later(10 * DAY);
  Object.assign(off, WRONG);
  const target = { type: 'file-review', to: [lead.office.id, pickUp.office.id] } as const;
  ({ matter } = await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {} }));
  await settle(all);
  await send(pickUp, { target: { matter }, act: 'receipt', form: FILE_REVIEW['firstCheck'] ?? {} });
  await settle(all);
  await send(lead, { target: { matter }, act: 'decision', form: FILE_REVIEW['granted'] ?? {} });
  await settle(all);
  if (existsSync(CHROMIUM)) viewer = await openEvidencePage();
});
afterAll(async () => {
  await viewer?.close();
  for (const { context } of all ?? []) await context.vault.close();
  await lab?.close();
});

describe('a bundle of offices whose clocks are days apart', () => {
  test.each([0, 1, 2])(
    'does not verify as exported by office %i, in its order and with claimed times called claimed',
    async (index) => {
      const exporter = all[index];
      if (exporter === undefined) throw new Error('no office');
      const bundle = await exported(exporter, matter);
      const fingerprints = all.map(({ context, office }) => {
        const card = findCurrentCard(context.vault.read, office.id);
        return card === null ? '' : cardFingerprint(card.body);
      });
      // by a clock that is right
      const at = new Date(lab.clock.now.getTime() + 60_000);
      const source = bufferSource(bundle);
      const report = await verifyBundle({ bundle: source, anchors: [], fingerprints, at, revocation: 'require' });
      expect(report.checks.filter(({ ok }) => ok === false)).toEqual([]);
      expect(report).toMatchObject({ indication: 'TOTAL_PASSED', completeUpTo: 3 });
      expect(report.messages.map(({ act, pos }) => [act, pos])).toEqual([
        ['submit', 1],
        ['first-check', 2],
        ['granted', 3],
      ]);
      const [submitted, , decided] = report.messages;
      // the answer is dated before the question, and neither counts as a time
      expect((decided?.createdAt ?? '') < (submitted?.createdAt ?? '')).toBe(true);
      expect(report.messages.every(({ provenAt }) => provenAt === null)).toBe(true);
      await viewer?.page.locator('#at').fill(at.toISOString().slice(0, 19));
      const page = await viewer?.verify(bundle, null, fingerprints);
      if (page === undefined) return;
      expect([page.indication, page.text]).toEqual([
        'TOTAL_PASSED',
        expect.stringContaining('No timestamp proves a time'),
      ]);
    },
  );
});
