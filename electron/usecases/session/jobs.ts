import { randomUUID } from 'node:crypto';
import { AppError, type ErrorCode, type ErrorParams, isAppError } from '../../../shared/errors.ts';
import type { Bytes, Instant, M, MatterId, Milliseconds } from '../../../shared/model/brand.ts';
import { instantOf } from '../uuid-v7.ts';

export type JobKind = 'stage' | 'send' | 'backup' | 'export' | 'verify' | 'update';

export interface JobFailure {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** What became of one draft of a signed list. */
export interface SentDraft {
  readonly draft: string;
  readonly m: M | null;
  readonly failure: JobFailure | null;
}

/** Work that outlasts the question that began it. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: Bytes;
  readonly total: Bytes;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly failure: JobFailure | null;
  readonly document: string | null;
  readonly matter: MatterId | null;
  readonly sent: readonly SentDraft[];
  readonly verification: string | null;
  readonly label: string;
}

export interface JobHandle {
  readonly signal: AbortSignal;
  progress(done: Bytes, total: Bytes): void;
  /** What else a listing shows of it. */
  set(change: Partial<Pick<Job, 'sent' | 'verification'>>): void;
}

export interface Jobs {
  start(
    what: Pick<Job, 'kind' | 'label'> & Partial<Pick<Job, 'document' | 'matter'>>,
    work: (handle: JobHandle) => Promise<void>,
  ): Job;
  list(): Job[];
  /** @throws AppError JOB_UNKNOWN */
  get(id: string): Job;
  /** Nothing happens where it has ended. @throws AppError JOB_UNKNOWN */
  cancel(id: string): void;
  /** Cancels all and waits until they have let go. */
  stop(): Promise<void>;
}

/** A window that is told of every chunk does nothing else. */
const TELL_EVERY: Milliseconds = 200;
/** Ended ones that are remembered. */
const KEEP = 200;

interface Running {
  job: Job;
  readonly control: AbortController;
  readonly ended: Promise<void>;
}

export function toFailure(error: unknown): JobFailure {
  return isAppError(error) ? { code: error.code, params: error.params } : { code: 'INTERNAL', params: {} };
}

export function createJobs(now: () => Date, changed: (job: Job) => void): Jobs {
  const all = new Map<string, Running>();
  const find = (id: string): Running => {
    const found = all.get(id);
    if (found === undefined) throw new AppError('JOB_UNKNOWN');
    return found;
  };
  return {
    start: ({ kind, label, document = null, matter = null }, work) => {
      const running = begin({ kind, label, document, matter }, work, now, changed);
      all.set(running.job.id, running);
      forgetOldest(all);
      return running.job;
    },
    list: () => [...all.values()].map(({ job }) => job).reverse(),
    get: (id) => find(id).job,
    cancel: (id) => find(id).control.abort(),
    stop: async () => {
      for (const { control } of all.values()) control.abort();
      await Promise.all([...all.values()].map(({ ended }) => ended));
    },
  };
}

function begin(
  what: Pick<Job, 'kind' | 'label' | 'document' | 'matter'>,
  work: (handle: JobHandle) => Promise<void>,
  now: () => Date,
  changed: (job: Job) => void,
): Running {
  const control = new AbortController();
  const ended = Promise.withResolvers<void>();
  const fresh = {
    state: 'running',
    done: 0,
    total: 0,
    endedAt: null,
    failure: null,
    sent: [],
    verification: null,
  } as const;
  const running: Running = {
    job: { id: randomUUID(), ...what, ...fresh, startedAt: instantOf(now()) },
    control,
    ended: ended.promise,
  };
  let told = 0;
  const update = (change: Partial<Job>): void => {
    running.job = { ...running.job, ...change };
    const time = performance.now();
    if (running.job.state === 'running' && change.sent === undefined && time - told < TELL_EVERY) return;
    told = time;
    changed(running.job);
  };
  const handle: JobHandle = {
    signal: control.signal,
    progress: (done, total) => update({ done, total }),
    set: update,
  };
  // Its listing stands before its first step.
  queueMicrotask(() => {
    work(handle)
      .then(
        () => update({ state: 'done', endedAt: instantOf(now()) }),
        (error: unknown) => {
          const state = control.signal.aborted ? 'cancelled' : 'failed';
          update({ state, failure: toFailure(error), endedAt: instantOf(now()) });
        },
      )
      .finally(ended.resolve);
  });
  return running;
}

function forgetOldest(all: Map<string, Running>): void {
  for (const [id, { job }] of all) {
    if (all.size <= KEEP) return;
    if (job.state !== 'running') all.delete(id);
  }
}
