import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { readAll } from '../../electron/files/bytes.ts';
import { listBlobs } from '../../electron/vault/blobs/blob-rows.ts';
import { openBlob } from '../../electron/vault/blobs/blob-store.ts';
import type { Milliseconds } from '../../shared/model/brand.ts';
import { type Lab, OFFICES, type Party, reopen, syncAll } from '../fixtures/exchange-lab.ts';
import { filesBelow, filesWith } from '../fixtures/vault-material.ts';
import { SECRET } from './crash-events.ts';
import { findFaults } from './find-faults.ts';
import { killOften, LEAST_HITS, type Ledger } from './kill-often.ts';

export const SEED = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** Looks for plaintext so often in between. */
const LOOKS = 4;

const OFFICE_NAMES = Object.values(OFFICES).map(({ name }) => name);
const KNOWN = [...Object.values(SECRET), '补交原件扫描件', ...Object.values(OFFICES).map(({ id }) => id)];

/** Who sends and syncs while being killed. */
export interface Cast {
  readonly label: string;
  /** Kills. */
  readonly share: number;
  readonly setUp: (lab: Lab) => Promise<Party[]>;
  /** What lies about in the mailboxes in the end. */
  readonly findStrays: (lab: Lab, parties: readonly Party[]) => Promise<string[]>;
  /** How long the route takes from posting to listing; absent: no time. */
  readonly delay?: Milliseconds;
}

/** Kills, lets everything come to rest, and looks for what was lost, done twice or left readable. */
export async function playCrash(cast: Cast, lab: Lab, number: number, cache: string): Promise<void> {
  const temporary = join(lab.dir, 'temporary');
  mkdirSync(temporary);
  const parties = await cast.setUp(lab);
  await closeAll(parties);
  expect(findPlaintext(lab.dir)).toEqual([]);
  const ledger = await killAll(cast, lab, parties, { temporary, cache, number });
  await openAll(parties);
  await settle(cast, parties);
  // Openings sweep, and read whether the database was rolled back.
  await closeAll(parties);
  await openAll(parties);
  await settle(cast, parties);
  report(cast, ledger, parties);
  expect(findFaults(parties, ledger).slice(0, 40)).toEqual([]);
  expect(await cast.findStrays(lab, parties)).toEqual([]);
  expect(filesBelow(temporary)).toEqual([]);
  for (const party of parties) await readEveryBlob(party);
  expect(findPlaintext(lab.dir)).toEqual([]);
  await closeAll(parties);
  expect(findPlaintext(lab.dir)).toEqual([]);
  const { send, sync, open } = ledger.hits;
  if (cast.share >= 100) expect(Math.min(send, sync, open)).toBeGreaterThanOrEqual(LEAST_HITS);
}

/** Until nothing moves, and nothing that was under way arrives any more. */
async function settle({ delay }: Cast, parties: readonly Party[]): Promise<void> {
  await syncAll(parties, 40);
  for (let quiet = 0; delay !== undefined && quiet < 5; quiet++) {
    await sleep(delay);
    await syncAll(parties, 40);
  }
}

interface Killing {
  readonly temporary: string;
  readonly cache: string;
  readonly number: number;
}

function killAll(
  cast: Cast,
  lab: Lab,
  parties: readonly Party[],
  { temporary, cache, number }: Killing,
): Promise<Ledger> {
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
