import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createLab, introduce, OFFICES, type Party } from '../fixtures/exchange-lab.ts';
import { findStrays } from './find-strays.ts';
import { type Cast, playCrash, SEED } from './play-crash.ts';

/** Kills in all, over both sets of vaults; each interrupts a send, a sync or an opening. */
const KILLS = Number(process.env['CRASH_RUNS'] ?? 300);
const inFolder: Pick<Cast, 'findStrays'> = {
  findStrays: (lab, parties) => findStrays(lab.share, parties),
};

const CASTS: readonly Cast[] = [
  {
    ...inFolder,
    label: 'three offices',
    share: Math.ceil(KILLS / 2),
    setUp: async (lab) => {
      const parties: Party[] = [];
      for (const office of [OFFICES.firm, OFFICES.procuratorate, OFFICES.pickUp])
        parties.push(await lab.addOffice(office));
      await introduce(lab.share, parties);
      return parties;
    },
  },
  {
    ...inFolder,
    label: 'two devices of one office and its counterpart',
    share: Math.floor(KILLS / 2),
    setUp: async (lab) => {
      const desk = await lab.addOffice(OFFICES.firm);
      const laptop = await lab.addDevice(desk, 'laptop');
      const counterpart = await lab.addOffice(OFFICES.procuratorate);
      await introduce(lab.share, [desk, counterpart]);
      await introduce(lab.share, [laptop, counterpart]);
      return [desk, laptop, counterpart];
    },
  },
];

let cache: string;
beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), 'lexpost-crash-cache-'));
  console.log(`crash: ${KILLS} kills, CRASH_SEED=${SEED}`);
});
afterAll(() => rmSync(cache, { recursive: true, force: true }));

const seed = `CRASH_SEED=${SEED}`;

describe('a process that is killed again and again while it sends and syncs', () => {
  test.concurrent.for(CASTS)(
    'loses nothing, applies nothing twice and leaves nothing readable: $label',
    async (cast, { onTestFinished }) => {
      const lab = createLab(new Date().toISOString());
      onTestFinished(() => lab.close());
      await playCrash(cast, lab, CASTS.indexOf(cast), cache).catch((error: unknown) => {
        if (error instanceof Error) error.message = `${seed}, ${cast.label}: ${error.message}`;
        throw error;
      });
    },
  );
});
