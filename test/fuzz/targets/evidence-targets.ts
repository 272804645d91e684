import { hash } from 'node:crypto';
import { readBundle } from '../../../electron/evidence/read-bundle.ts';
import { readPool } from '../../../electron/evidence/read-pool.ts';
import { verifyBundle } from '../../../electron/evidence/verify-bundle.ts';
import { bufferSource } from '../../../electron/files/bytes.ts';
import type { EvidenceReport } from '../../../shared/model/evidence-report.ts';
import { canonicalZip, readEntries, rebuildBundle, type ZipEntry } from '../../fixtures/evidence-material.ts';
import { makeTrialEvidence } from '../../fixtures/evidence-trial.ts';
import { mutateBytes } from '../mutate/bytes.ts';
import { mutateJson } from '../mutate/text.ts';
import { mutateEntries } from '../mutate/zip.ts';
import { type Outcome, type Target, Violation } from '../target.ts';

interface Sample {
  readonly bundle: Buffer;
  readonly entries: readonly ZipEntry[];
  /** A verdict that believes must speak of the very acts that were exported. */
  readonly judge: (input: Buffer) => Promise<Outcome>;
}

async function createSample(): Promise<Sample> {
  const { bundle, fingerprints } = await makeTrialEvidence(undefined, 'opening alone');
  const at = new Date(Date.now() + 60_000);
  const verify = (input: Buffer) =>
    verifyBundle({ bundle: bufferSource(input), anchors: [], fingerprints, at, revocation: 'require' });
  const good = await verify(bundle);
  if (good.indication !== 'TOTAL_PASSED') throw new Error(`the sample is ${good.indication} ${good.code}`);
  const facts = ({ matter, messages }: EvidenceReport): string =>
    JSON.stringify([matter, messages.map(({ m, office, pos, documents }) => [m, office, pos, documents])]);
  return {
    bundle,
    entries: await readEntries(bundle),
    judge: async (input) => {
      const report = await verify(input);
      if (report.indication !== 'TOTAL_PASSED') return 'refused';
      if (facts(report) !== facts(good)) throw new Violation('an altered bundle was TOTAL_PASSED');
      return 'accepted';
    },
  };
}

/** A bundle as somebody hands it over, its own bytes altered. */
export async function evidence(): Promise<Target> {
  const { bundle, entries, judge } = await createSample();
  return {
    seeds: [bundle],
    mutate: (seed, random) => (random.oneIn(2) ? mutateEntries(entries, random) : mutateBytes(seed, random)),
    run: judge,
  };
}

/** One part altered under a list that was made right, or the list itself: as somebody would who knows the format. The input is the number of the part and its content. */
export async function evidenceParts(): Promise<Target> {
  const { bundle, entries, judge } = await createSample();
  const numbered = (index: number, content: Buffer): Buffer => Buffer.concat([Buffer.of(index), content]);
  return {
    seeds: entries.map(({ content }, index) => numbered(index, content)),
    mutate: (seed, random) => {
      const index = seed[0] ?? 0;
      const content = seed.subarray(1);
      const isJson = entries[index]?.name.endsWith('.json') === true;
      return numbered(index, isJson ? mutateJson(content, random) : mutateBytes(content, random));
    },
    run: async (input) => {
      const part = entries[input[0] ?? 0];
      if (part === undefined) return 'refused';
      const content = input.subarray(1);
      const put = (all: readonly ZipEntry[]): ZipEntry[] =>
        all.map((entry) => (entry.name === part.name ? { ...entry, content } : entry));
      const altered = part === entries.at(-1) ? await canonicalZip(put(entries)) : await rebuildBundle(bundle, put);
      const { files } = await readBundle(bufferSource(altered));
      await readPool(files);
      // judging all signatures anew takes a hundred times as long as reading: one case of eight goes so far
      const goesOn = content.equals(part.content) || hash('sha256', content, 'buffer').readUInt8(0) < 32;
      return goesOn ? judge(altered) : 'refused';
    },
  };
}
