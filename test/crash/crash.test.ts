import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAll } from '../../electron/files/bytes.ts';
import { listBlobs } from '../../electron/vault/blobs/blob-rows.ts';
import { openBlob } from '../../electron/vault/blobs/blob-store.ts';
import { createLab, introduce, type Lab, OFFICES, type Party, reopen, syncAll } from '../fixtures/exchange-lab.ts';
import { filesBelow, filesWith } from '../fixtures/vault-material.ts';
import { SECRET } from './crash-events.ts';
import { findFaults } from './find-faults.ts';
import { findStrays } from './find-strays.ts';
import { killOften, type Ledger } from './kill-often.ts';

/** Kills in all, over both sets of vaults; each interrupts a send, a sync or an opening. */
const KILLS = Number(process.env['CRASH_RUNS'] ?? 300);
const SEED = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** Looks for plaintext so often in between. */
const LOOKS = 4;

const OFFICE_NAMES = Object.values(OFFICES).map(({ name }) => name);
const KNOWN = [...Object.values(SECRET), '补交原件扫描件', ...Object.values(OFFICES).map(({ id }) => id)];

interface Cast {
  readonly label: string;
  readonly share: number;
  readonly setUp: (lab: Lab) => Promise<Party[]>;
}

const CASTS: readonly Cast[] = [
  {
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
      await play(cast, lab).catch((error: unknown) => {
        if (error instanceof Error) error.message = `${seed}, ${cast.label}: ${error.message}`;
        throw error;
      });
    },
  );
});

async function play(cast: Cast, lab: Lab): Promise<void> {
  const temporary = join(lab.dir, 'temporary');
  mkdirSync(temporary);
  const parties = await cast.setUp(lab);
  await closeAll(parties);
  expect(findPlaintext(lab.dir)).toEqual([]);
  const ledger = await killAll(cast, lab, parties, temporary);
  await openAll(parties);
  await syncAll(parties, 40);
  // Openings sweep, and read whether the database was rolled back.
  await closeAll(parties);
  await openAll(parties);
  await syncAll(parties);
  report(cast, ledger, parties);
  expect(findFaults(parties, ledger).slice(0, 40)).toEqual([]);
  expect(await findStrays(lab.share, parties, new Date())).toEqual([]);
  expect(filesBelow(temporary)).toEqual([]);
  for (const party of parties) await readEveryBlob(party);
  expect(findPlaintext(lab.dir)).toEqual([]);
  await closeAll(parties);
  expect(findPlaintext(lab.dir)).toEqual([]);
  const { send, sync, open } = ledger.hits;
  if (cast.share >= 100) expect(Math.min(send, sync, open)).toBeGreaterThan(2);
}

function killAll(cast: Cast, lab: Lab, parties: readonly Party[], temporary: string): Promise<Ledger> {
  const number = CASTS.indexOf(cast);
  const every = Math.ceil(cast.share / LOOKS);
  return killOften({
    job: {
      vaults: parties.map(({ dir, credentials }) => ({ dir, person: credentials.person })),
      offices: [...new Set(parties.map(({ office }) => office.id))],
    },
    kills: cast.share,
    seed: SEED + number,
    label: `${number}.`,
    temporary,
    cache,
    afterKill: (kills) => {
      if (kills % every === 0) expect(findPlaintext(lab.dir)).toEqual([]);
    },
  });
}

async function openAll(parties: readonly Party[]): Promise<void> {
  for (const party of parties) await reopen(party, () => new Date());
}

async function closeAll(parties: readonly Party[]): Promise<void> {
  for (const { context } of parties) await context.vault.close();
}

/** The header of a vault shows its own office's name, by design. */
function findPlaintext(dir: string): string[] {
  return [...filesWith(dir, KNOWN), ...filesWith(dir, OFFICE_NAMES).filter((path) => basename(path) !== 'vault.json')];
}

/** Reads to the end, where every chunk is authenticated. */
async function readEveryBlob({ context: { vault } }: Party): Promise<void> {
  for (const { id, size } of listBlobs(vault.read)) {
    const source = await openBlob(vault, id);
    expect((await readAll(source, size)).length).toBe(size);
    await source.close();
  }
}

function report(
  { label }: Cast,
  { kills, misses, hits, sent, begun, refused, swept }: Ledger,
  parties: readonly Party[],
): void {
  const { read } = (parties[0] as Party).context.vault;
  const stored = read.get<{ n: number }>('SELECT count(*) AS n FROM messages')?.n;
  console.log(
    `crash, ${label}: ${kills} kills (${misses} more hit nothing) in ${hits.send} sends, ${hits.sync} syncs, ${hits.open} openings; ` +
      `${begun.size} sends begun, ${sent.size} reported, ${refused.size} refused; ${stored} messages stored; ${swept} half blobs swept`,
  );
}
