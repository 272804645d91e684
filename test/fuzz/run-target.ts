import { Worker } from 'node:worker_threads';
import type { Finding, WorkerInput, WorkerReport } from './worker-types.ts';

export interface TargetBudget {
  readonly seed: number;
  readonly milliseconds: number;
  readonly executions: number;
}

/** A case hangs when it takes more of the processor, or waits longer. The processor may be busy with others. Milliseconds. */
const HANG = 5_000;
const WAITS = 60_000;
const LOOK_EVERY = 250;
const LARGEST_INPUT = 4 * 1024 * 1024;

/** This thread sleeps: what the process spends, the watched thread spends. */
function now(): { readonly processor: number; readonly clock: number } {
  const { user, system } = process.cpuUsage();
  return { processor: (user + system) / 1000, clock: performance.now() };
}

/** Runs one target in a thread and watches it; what makes the thread hang, die or run out of memory is a finding too. */
export async function runTarget(
  target: string,
  { seed, milliseconds, executions }: TargetBudget,
): Promise<WorkerReport> {
  const board = new SharedArrayBuffer(8);
  const input = new SharedArrayBuffer(LARGEST_INPUT);
  const workerData: WorkerInput = { target, seed, milliseconds, executions, board, input };
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  const progress = new Int32Array(board);
  const begun = () => Atomics.load(progress, 0);
  const current = (problem: string): Finding => ({
    problem,
    input: Buffer.from(Buffer.from(input, 0, Math.min(LARGEST_INPUT, Atomics.load(progress, 1)))),
  });
  const broken = (problem: string): WorkerReport => ({
    executions: begun(),
    accepted: 0,
    findings: [current(problem)],
  });
  const report = await new Promise<WorkerReport>((resolve) => {
    let seen = 0;
    let since = now();
    const end = (result: WorkerReport): void => {
      clearInterval(timer);
      resolve(result);
    };
    const timer = setInterval(() => {
      const cases = begun();
      const spent = now();
      if (cases !== seen) {
        seen = cases;
        since = spent;
      } else if (cases > 0 && (spent.processor - since.processor > HANG || spent.clock - since.clock > WAITS)) {
        end(broken(`hangs for more than ${HANG / 1000} s`));
      }
    }, LOOK_EVERY);
    worker.on('message', (result: WorkerReport) => end(result));
    worker.on('error', (error: unknown) =>
      end(broken(`the thread died: ${error instanceof Error ? error.stack : error}`)),
    );
    worker.on('exit', (code) => end(broken(`the thread ended with ${code}`)));
  });
  await worker.terminate();
  return report;
}
