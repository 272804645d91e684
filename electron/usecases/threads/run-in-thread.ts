import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/errors.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import { type ByteSource, readRange } from '../../files/bytes.ts';
import type { TaskKind, ThreadAnswer, ThreadSaying, ThreadTasks, TrustData } from './thread-messages.ts';

/** What a thread may ask its owner for. */
export interface ThreadServices {
  readonly source?: ByteSource;
  readonly trust?: (office: OfficeId | null) => TrustData;
  readonly signal?: AbortSignal;
}

/** At once; others wait. Each takes a core, and as much memory as its file makes it take. */
const MOST = 2;
let running = 0;
const queue: (() => void)[] = [];

/**
 * Runs one task beside main, whose loop goes on: a big or hostile file costs whoever asked for it time, and the window none.
 *
 * @throws AppError of the task, CANCELLED, what `source` threw, INTERNAL where the thread ended by itself
 */
export async function runInThread<Kind extends TaskKind>(
  kind: Kind,
  asks: ThreadTasks[Kind]['asks'],
  services: ThreadServices = {},
): Promise<ThreadTasks[Kind]['gives']> {
  // Whoever ends hands its place on: one who came in between would make a third
  if (running < MOST) running += 1;
  else await new Promise<void>((resolve) => queue.push(resolve));
  try {
    if (services.signal?.aborted === true) throw new AppError('CANCELLED');
    return (await inThread({ kind, ...asks }, services)) as ThreadTasks[Kind]['gives'];
  } finally {
    const next = queue.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

async function inThread(workerData: object, services: ThreadServices): Promise<unknown> {
  const { signal } = services;
  const worker = new Worker(new URL('./desk-worker.ts', import.meta.url), { workerData });
  const ended = Promise.withResolvers<unknown>();
  const cancel = (): void => ended.reject(new AppError('CANCELLED'));
  signal?.addEventListener('abort', cancel, { once: true });
  worker.on('error', (error) => ended.reject(new AppError('INTERNAL', { reason: 'thread ended' }, error)));
  worker.on('exit', () => ended.reject(new AppError('INTERNAL', { reason: 'thread ended' })));
  worker.on('message', (saying: ThreadSaying) => {
    if (saying.kind === 'done') ended.resolve(saying.value);
    else if (saying.kind === 'failed') ended.reject(new AppError(saying.code, saying.params));
    else
      void answer(saying, services).then(
        (value) => worker.postMessage({ id: saying.id, value } satisfies ThreadAnswer),
        (error: unknown) => ended.reject(error),
      );
  });
  try {
    return await ended.promise;
  } finally {
    signal?.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}

async function answer(
  saying: Exclude<ThreadSaying, { kind: 'done' | 'failed' }>,
  { source, trust }: ThreadServices,
): Promise<unknown> {
  if (saying.kind === 'trust') return trust?.(saying.office) ?? null;
  return source === undefined ? null : readRange(source, saying.position, saying.length);
}
