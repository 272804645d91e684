import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export const MiB = 1024 * 1024;

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1);
  return sorted[Math.max(0, index)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export interface Timing {
  readonly milliseconds: number;
  /** Peak resident set. Bytes; null where the system does not tell. */
  readonly peak: number | null;
  readonly stdout: string;
}

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Runs a program to its end, which must be a good one. Its peak is watched from outside: good to a few per cent. */
export async function timeProgram(
  command: string,
  args: readonly string[],
  { env = process.env, cwd }: ProgramOptions = {},
): Promise<Timing> {
  const started = performance.now();
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], ...(cwd === undefined ? {} : { cwd }) });
  const peak = watchPeak(child);
  const output: Buffer[] = [];
  const problems: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => problems.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const milliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${status}\n${Buffer.concat(problems)}`);
  return { milliseconds, peak: peak(), stdout: Buffer.concat(output).toString('utf8') };
}

const WATCH_EVERY = 20;

function watchPeak(child: ChildProcess): () => number | null {
  let peak: number | null = null;
  const look = (): void => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'latin1');
      const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
      if (kibibytes !== undefined) peak = Math.max(peak ?? 0, Number(kibibytes) * 1024);
    } catch {
      // It has ended, or there is no /proc
    }
  };
  const timer = setInterval(look, WATCH_EVERY);
  child.on('close', () => clearInterval(timer));
  return () => peak;
}
