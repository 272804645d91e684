/** `npm run bench [-- --quick]`: one table from one run. Everything it writes lies in a temporary folder, which it removes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchBulk } from './bulk.ts';
import { benchDesk } from './desk.ts';
import { benchMemory } from './memory.ts';
import { benchRevocation } from './revocation.ts';
import { benchSmall } from './small.ts';
import { formatTable, type Section } from './table.ts';
import { benchTransports } from './transports.ts';
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
};
const QUICK = {
  bulk: 64e6,
  rounds: 5,
  small: 200,
  chains: 300,
  memory: [20e6, 200e6],
  memoryRounds: 1,
  messages: 5_000,
};

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
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
  window: () => benchWindow(folder, sizes.bulk, sizes.rounds),
  transports: () => benchTransports(folder, sizes.bulk, Math.min(3, sizes.rounds)),
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
