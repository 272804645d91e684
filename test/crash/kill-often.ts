import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { M, Milliseconds } from '../../shared/model/brand.ts';
import { createRandom, type Random } from '../fuzz/random.ts';
import type { CrashEvent, CrashJob, CrashTask } from './crash-events.ts';

/** What a set of vaults has promised so far, over all runs of its child. */
export interface Ledger {
  /** Tags of sends that began. */
  readonly begun: Set<string>;
  /** Sends that were reported after their commit. */
  readonly sent: Map<string, { readonly m: M; readonly enclosures: readonly M[] }>;
  readonly refused: Set<string>;
  /** Kills by what they interrupted; one kill may interrupt several. */
  readonly hits: Record<CrashTask, number>;
  /** Kills in the middle of anything at all. */
  kills: number;
  /** Kills that found nothing under way; they count for nothing. */
  misses: number;
  /** Half-written blobs that openings removed. */
  swept: number;
}

export interface KillOften {
  readonly job: Omit<CrashJob, 'seed' | 'run'>;
  readonly kills: number;
  readonly seed: number;
  /** Begins every tag. */
  readonly label: string;
  /** Folder for the child's temporary files. */
  readonly temporary: string;
  /** Node keeps compiled modules here, which halves the start of the child. */
  readonly cache: string;
  /** After each kill, before the next child starts. */
  readonly afterKill: (kills: number) => void;
}

/** Each kind of task is to be interrupted so often, where 100 kills or more are asked for. */
export const LEAST_HITS = 3;
/** A run that is not killed by then hangs: ten children at once on two busy cores may need more than a minute. */
const LONGEST_RUN: Milliseconds = 240_000;
const SCRIPT = fileURLToPath(new URL('crash-child.ts', import.meta.url));

/** Starts the child on the same folders again and again and kills it each time. @throws Error where the child itself finds something wrong */
export async function killOften(options: KillOften): Promise<Ledger> {
  const random = createRandom(options.seed);
  const ledger: Ledger = {
    begun: new Set(),
    sent: new Map(),
    refused: new Set(),
    hits: { open: 0, send: 0, sync: 0 },
    kills: 0,
    misses: 0,
    swept: 0,
  };
  // A short task may be missed by chance: then some more are killed, up to as many again.
  const isShort = (): boolean => options.kills >= 100 && Math.min(...Object.values(ledger.hits)) < LEAST_HITS;
  for (let run = 0; ledger.kills < options.kills || (isShort() && ledger.kills < 2 * options.kills); run++) {
    if (ledger.misses > 20 + options.kills / 4) throw new Error(`${ledger.misses} kills hit nothing`);
    const wantsOpening = ledger.kills >= options.kills && ledger.hits.open < LEAST_HITS;
    const plan = planKill(random, wantsOpening || random.oneIn(8));
    const interrupted = await runOnce(options, `${options.label}${run}`, { random, plan }, ledger);
    if (interrupted.size === 0) ledger.misses++;
    else ledger.kills++;
    for (const task of interrupted) ledger.hits[task]++;
    if (interrupted.size > 0) options.afterKill(ledger.kills);
  }
  return ledger;
}

/** @returns what was under way when the child died */
async function runOnce(
  { job, temporary, cache }: KillOften,
  run: string,
  { random, plan }: { readonly random: Random; readonly plan: KillPlan },
  ledger: Ledger,
): Promise<Set<CrashTask>> {
  const full: CrashJob = { ...job, seed: random.below(2 ** 31), run };
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(full)], {
    env: { ...process.env, TMPDIR: temporary, NODE_COMPILE_CACHE: cache },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = (): boolean => child.kill('SIGKILL');
  const limit = setTimeout(kill, LONGEST_RUN);
  const underWay = new Map<string, CrashTask>();
  let planned = false;
  let broken: string | null = null;
  const closed = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    const event = parseEvent(line);
    if (event === null) continue;
    if (event.kind === 'broken') broken = event.reason;
    note(event, ledger, underWay);
    if (planned || !plan.isStart(event)) continue;
    planned = true;
    setTimeout(kill, plan.delay);
  }
  await closed;
  clearTimeout(limit);
  if (broken !== null) throw new Error(`run ${run}: ${broken}`);
  if (!planned) throw new Error(`run ${run} never came to its work (status ${child.exitCode}, ${child.signalCode})`);
  return new Set(underWay.values());
}

interface KillPlan {
  /** Asked for each event in turn: whether the clock of the kill starts now. */
  readonly isStart: (event: CrashEvent) => boolean;
  readonly delay: Milliseconds;
}

/**
 * One in eight dies while its vaults open, which is when the traces of the last death are put right; all others at work. They are given
 * a number of tasks rather than a time, so that a slow machine comes as far as a fast one.
 */
function planKill(random: Random, atOpening: boolean): KillPlan {
  if (atOpening) return { isStart: ({ kind }) => kind === 'begin', delay: random.below(200) };
  let left = random.below(5);
  let isReady = false;
  const isStart = ({ kind }: CrashEvent): boolean => {
    isReady ||= kind === 'ready';
    return isReady && (kind === 'ready' || kind === 'end') && left-- === 0;
  };
  return { isStart, delay: random.below(150) };
}

/** Null for a line that the kill cut short. */
function parseEvent(line: string): CrashEvent | null {
  try {
    return JSON.parse(line) as CrashEvent;
  } catch {
    return null;
  }
}

function note(event: CrashEvent, ledger: Ledger, underWay: Map<string, CrashTask>): void {
  switch (event.kind) {
    case 'begin':
      underWay.set(`${event.lane} ${event.task}`, event.task);
      if (event.task === 'send') ledger.begun.add(event.tag);
      return;
    case 'end':
      underWay.delete(`${event.lane} ${event.task}`);
      return;
    case 'sent':
      ledger.sent.set(event.tag, event);
      return;
    case 'refused':
      ledger.refused.add(event.tag);
      return;
    case 'swept':
      ledger.swept += event.removed;
      return;
    case 'ready':
    case 'broken':
      return;
  }
}
