import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardFingerprint } from '../../../electron/exchange/card-trust.ts';
import { fileSource } from '../../../electron/files/bytes.ts';
import { exportEvidence } from '../../../electron/usecases/evidence/export-evidence.ts';
import { findCurrentCard } from '../../../electron/vault/repositories/cards.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { CHROMIUM, type EvidencePage, openEvidencePage } from '../../fixtures/evidence-page.ts';
import { createLab, introduce, OFFICES, type Party, send, settle } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { writeRandomFile } from '../../fixtures/random-file.ts';

const MiB = 1024 * 1024;
/** Of the one dossier in the bundle. */
const SIZE: Bytes = Number(process.env['EVIDENCE_MEGABYTES'] ?? 8) * MiB;
/** A bundle is read slice by slice: what its size adds to the page is what the collector has not taken away yet. */
const MOST_MEMORY: Bytes = 384 * MiB;
const MINUTES = 60_000;

let dir: string;
let bundle: string;
let fingerprints: string[];
let viewer: EvidencePage;
const hasBrowser = existsSync(CHROMIUM);

describe.skipIf(!hasBrowser)(`the evidence page with a dossier of ${SIZE / MiB} MiB`, () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'lexpost-large-page-'));
    bundle = join(dir, 'x.evidence');
    fingerprints = await exportWithDossier();
    viewer = await openEvidencePage();
  }, 30 * MINUTES);
  afterAll(async () => {
    await viewer?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test(
    'cannot verify it, or holds it in memory',
    async () => {
      const before = await viewer.peakMemory();
      const start = performance.now();
      const { indication } = await viewer.verify(bundle, null, fingerprints);
      const seconds = (performance.now() - start) / 1000;
      const more = (await viewer.peakMemory()) - before;
      console.log(`page: ${SIZE / MiB} MiB in ${seconds.toFixed(1)} s, ${(more / MiB).toFixed(0)} MiB more than empty`);
      expect([indication, viewer.asked, viewer.complaints]).toEqual(['TOTAL_PASSED', [], []]);
      expect(more).toBeLessThan(MOST_MEMORY);
    },
    60 * MINUTES,
  );

  test(
    'passes over one changed byte in its middle',
    async () => {
      // A browser gives no byte of a chosen file that was written to since.
      const altered = join(dir, 'altered.evidence');
      await rename(bundle, altered);
      const file = await open(altered, 'r+');
      const byte = Buffer.alloc(1);
      await file.read(byte, 0, 1, SIZE >> 1);
      await file.write(Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, SIZE >> 1);
      await file.close();
      expect((await viewer.verify(altered, null, fingerprints)).indication).toBe('TOTAL_FAILED');
    },
    60 * MINUTES,
  );
});

/** A file review with a dossier, its evidence as the firm exports it. @returns the fingerprints of both cards */
async function exportWithDossier(): Promise<string[]> {
  const lab = createLab(new Date().toISOString());
  try {
    const firm = await lab.addOffice(OFFICES.firm);
    const lead = await lab.addOffice(OFFICES.procuratorate);
    await introduce(lab.share, [firm, lead]);
    writeRandomFile(join(dir, 'dossier'), SIZE);
    const source = await fileSource(join(dir, 'dossier'));
    const { matter } = await send(firm, {
      target: { type: 'file-review', to: [lead.office.id] },
      act: 'submit',
      form: FILE_REVIEW['submit'] ?? {},
      documents: [{ source, name: '卷宗.bin', kind: 'other', mediaType: 'application/octet-stream' }],
    });
    await source.close();
    await settle([firm, lead]);
    const file = await open(bundle, 'w');
    const sink = { write: (chunk: Buffer) => file.appendFile(chunk) };
    await exportEvidence(firm.context, { matter, sink, by: 'test', program: 'test' });
    await file.close();
    return [firm, lead].map(({ office }) => fingerprintAt(firm, office.id));
  } finally {
    await lab.close();
  }
}

function fingerprintAt({ context }: Party, office: Party['office']['id']): string {
  const card = findCurrentCard(context.vault.read, office);
  return card === null ? '' : cardFingerprint(card.body);
}
