/**
 * `npm run fuzz -- --minutes N [--target NAME] [--seed N]`: shares the time among the targets, in turns, each turn with another seed.
 * Exit 1 on findings; their inputs are kept in test-results/fuzz.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runTarget } from './run-target.ts';
import { TARGETS } from './targets/all.ts';
import type { Finding } from './worker-types.ts';

const KEPT_IN = fileURLToPath(new URL('../../test-results/fuzz', import.meta.url));
const TURN = 20_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    target: { type: 'string', multiple: true, default: Object.keys(TARGETS) },
  },
});
const until = performance.now() + Number(values.minutes) * 60_000;
const firstSeed = Number(values.seed);
const names = values.target;
const unknown = names.filter((name) => !(name in TARGETS));
if (unknown.length > 0 || !(Number(values.minutes) > 0) || !Number.isInteger(firstSeed)) {
  console.error(`usage: fuzz --minutes N --seed N --target ${Object.keys(TARGETS).join(' | ')}`);
  process.exit(2);
}

interface Total {
  executions: number;
  accepted: number;
  readonly findings: Finding[];
}

function keep(target: string, { problem, input }: Finding): string {
  mkdirSync(KEPT_IN, { recursive: true });
  const path = join(KEPT_IN, `${target}-${createHash('sha256').update(input).digest('hex').slice(0, 16)}`);
  writeFileSync(`${path}.bin`, input);
  writeFileSync(`${path}.txt`, `${problem}\n`);
  return `${path}.bin`;
}

const totals = new Map<string, Total>(names.map((name) => [name, { executions: 0, accepted: 0, findings: [] }]));
console.log(`seed ${firstSeed}, ${values.minutes} minutes, ${names.length} targets`);
for (let turn = 0; performance.now() < until; turn++) {
  const name = names[turn % names.length] ?? '';
  const left = until - performance.now();
  const share = left / (names.length - (turn % names.length));
  const milliseconds = Math.min(TURN, share);
  const result = await runTarget(name, { seed: firstSeed + turn, milliseconds, executions: Number.POSITIVE_INFINITY });
  const total = totals.get(name);
  if (total === undefined) continue;
  total.executions += result.executions;
  total.accepted += result.accepted;
  for (const finding of result.findings) {
    total.findings.push(finding);
    console.log(`FINDING ${name}: ${finding.problem}\n  ${keep(name, finding)}`);
  }
}
let found = 0;
for (const [name, { executions, accepted, findings }] of totals) {
  found += findings.length;
  console.log(
    `${name.padEnd(16)} ${String(executions).padStart(9)} executions ${String(accepted).padStart(8)} accepted ${findings.length} findings`,
  );
}
process.exitCode = found > 0 ? 1 : 0;
