/** `npm run bench [-- --quick]`: one table from one run. Everything it writes lies in a temporary folder, which it removes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchBulk } from './bulk.ts';
import { benchDesk } from './desk.ts';
import { benchHub } from './hub.ts';
import { benchMemory } from './memory.ts';
import { benchRevocation } from './revocation.ts';
import { benchSmall } from './small.ts';
import { formatTable, type Section } from './table.ts';
import { benchTransports, ROUTES } from './transports.ts';
import { benchTrust } from './trust.ts';
import { benchVault } from './vault.ts';
import { benchWindow } from './window.ts';

const FULL = {
  bulk: 1e9,
  rounds: 5,
  small: 1000,
  chains: 2000,
  memory: [100e6, 5e9],
  memoryRounds: 5,
  messages: 100_000,
  offices: 1000,
  hub: 20_000,
  cephHub: 2_000,
};
const QUICK = {
  bulk: 64e6,
  rounds: 5,
  small: 200,
  chains: 300,
  memory: [20e6, 200e6],
  memoryRounds: 1,
  messages: 5_000,
  offices: 100,
  hub: 1_000,
  cephHub: 200,
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    /** Of the hub: the full run is --only hub --messages 100000. */
    offices: { type: 'string' },
    messages: { type: 'string' },
    /** Of one document that the transports deliver, in MB. */
    size: { type: 'string' },
    route: { type: 'string' },
  },
});
const numberOf = (given: string | undefined, otherwise: number): number => {
  if (given === undefined) return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new Error(`not a number: ${given}`);
  return Number(given);
};
const sizes = values.quick ? QUICK : FULL;
const folder = mkdtempSync(join(tmpdir(), 'lx-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const parts: Record<string, () => Promise<Section[]>> = {
  bulk: () => benchBulk(folder, sizes.bulk, sizes.rounds),
  memory: async () => [await benchMemory(folder, sizes.memory, sizes.memoryRounds)],
  small: async () => [await benchSmall(folder, sizes.rounds, sizes.small)],
  revocation: async () => [benchRevocation(folder, 50_000, sizes.rounds)],
  trust: () => benchTrust(folder, sizes.rounds, sizes.chains),
  vault: async () => [benchVault(folder, sizes.messages)],
  window: () => benchWindow(folder, sizes.bulk, sizes.rounds, sizes.messages),
  transports: () =>
    benchTransports(
      folder,
      numberOf(values.size, sizes.bulk / 1e6) * 1e6,
      Math.min(3, sizes.rounds),
      (Object.keys(ROUTES) as (keyof typeof ROUTES)[]).filter(
        (kind) => values.route === undefined || kind === values.route,
      ),
    ),
  hub: () =>
    benchHub(folder, {
      offices: numberOf(values.offices, sizes.offices),
      messages: numberOf(values.messages, sizes.hub),
      cephMessages: sizes.cephHub,
      kept: [0, 1_000, 100_000],
      cephKept: [0, sizes.cephHub / 2, 5 * sizes.cephHub],
    }),
  desk: async () => [await benchDesk(folder, sizes.messages)],
};
const sections: Section[] = [];
for (const [name, run] of Object.entries(parts)) {
  if (values.only !== undefined && values.only !== name) continue;
  process.stderr.write(`${name} …\n`);
  sections.push(...(await run()));
}
console.log(
  `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? ''}\n`,
);
console.log(formatTable(sections));
