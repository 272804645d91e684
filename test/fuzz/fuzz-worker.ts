/** Runs the cases of one target in a thread: the other side sees how far it is and what it is at, even when it hangs. */
import { parentPort, workerData } from 'node:worker_threads';
import { ERROR_KINDS, isAppError } from '../../shared/errors.ts';
import { mutateBytes } from './mutate/bytes.ts';
import { createRandom } from './random.ts';
import type { Target } from './target.ts';
import { TARGETS } from './targets/all.ts';
import type { WorkerInput, WorkerReport } from './worker-types.ts';

const { target: name, seed, milliseconds, executions, board, input: shown } = workerData as WorkerInput;
const progress = new Int32Array(board);
const window = Buffer.from(shown);
/** What one case may leave behind. Bytes. */
const MEMORY_MARGIN = 768 * 1024 * 1024;

function show(input: Buffer): void {
  input.copy(window, 0, 0, Math.min(input.length, window.length));
  Atomics.store(progress, 1, input.length);
  Atomics.add(progress, 0, 1);
}

/** Null where all is well, else what went wrong. */
async function attempt(target: Target, input: Buffer): Promise<{ accepted: boolean; problem: string | null }> {
  try {
    return { accepted: (await target.run(input)) === 'accepted', problem: null };
  } catch (error) {
    const known = isAppError(error) && error.code in ERROR_KINDS && error.code !== 'INTERNAL';
    return { accepted: false, problem: known ? null : describe(error) };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 6).join('\n') : String(error);
}

const make = TARGETS[name];
if (make === undefined) throw new RangeError(`no target ${name}`);
const target = await make();
const random = createRandom(seed);
const report: WorkerReport = { executions: 0, accepted: 0, findings: [] };
const base = process.memoryUsage.rss();
const until = performance.now() + milliseconds;
// A target that refuses even what is good would test nothing
const good = target.seeds[0] ?? Buffer.alloc(0);
const first = await attempt(target, good);
if (!first.accepted)
  report.findings.push({ problem: `the seed is refused: ${first.problem}`, input: Buffer.from(good) });
while (report.executions < executions && performance.now() < until) {
  const start = random.pick(target.seeds);
  const input = random.oneIn(3) ? mutateBytes(start, random) : target.mutate(start, random);
  show(input);
  const { accepted, problem } = await attempt(target, input);
  report.executions++;
  if (accepted) report.accepted++;
  const grown = process.memoryUsage.rss() - base > MEMORY_MARGIN ? 'memory grew without bound' : null;
  const found = problem ?? grown;
  if (found !== null) report.findings.push({ problem: found, input: Buffer.from(input) });
  if (grown !== null || report.findings.length >= 20) break;
}
await target.close?.();
parentPort?.postMessage(report);
