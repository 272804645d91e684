import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import type { Bytes, Milliseconds, Sha256 } from '../../shared/model/brand.ts';
import type { DigestReply, DigestRequest, DigestRing } from '../workers/digest-messages.ts';
import type { ContentDigest } from './content-digest.ts';

/** Slots of the ring: reader and worker may be this far apart. */
const SLOTS = 6;
/** Free slots from which on the writer goes on: more than what one write of 1 MiB takes. */
const READY = 3;
const KEEP_FOR: Milliseconds = 10_000;

interface Thread {
  readonly worker: Worker;
  readonly ring: DigestRing;
  /** Slots that nobody uses. */
  readonly free: number[];
  expiry: NodeJS.Timeout | null;
}

/** One thread waits for the next work, for a while; it does not keep the process alive. */
let idle: Thread | null = null;

/** SHA-256 in a thread of its own, over a ring of memory that both threads see. */
export function workerDigest(bufferSize: Bytes): ContentDigest {
  const thread = takeThread(bufferSize);
  const { worker, ring, free } = thread;
  const bytes = Buffer.from(ring.memory);
  const digests: PromiseWithResolvers<Sha256>[] = [];
  let waiting: PromiseWithResolvers<void> | null = null;
  let failure: unknown = null;
  let partial: { readonly slot: number; filled: Bytes } | null = null;

  const fail = (cause: unknown): void => {
    failure ??= new AppError('INTERNAL', { reason: 'digest worker ended' }, cause);
    for (const { reject } of digests.splice(0)) reject(failure);
    waiting?.reject(failure);
  };
  const onMessage = (reply: DigestReply): void => {
    if (reply.kind === 'digest') digests.shift()?.resolve(reply.digest as Sha256);
    else {
      free.push(reply.slot);
      waiting?.resolve();
    }
  };
  worker.removeAllListeners();
  worker.on('message', onMessage).on('error', fail).on('exit', fail);
  const post = (request: DigestRequest): void => worker.postMessage(request);
  const slotBytes = (slot: number): Buffer => bytes.subarray(slot * ring.slotSize, (slot + 1) * ring.slotSize);
  const freeSlots = async (count: number): Promise<void> => {
    while (failure === null && free.length < count) {
      waiting = Promise.withResolvers();
      await waiting.promise;
    }
    if (failure !== null) throw failure;
  };
  const flush = (): void => {
    if (partial !== null) post({ kind: 'update', slot: partial.slot, length: partial.filled });
    partial = null;
  };

  return {
    async buffer() {
      await freeSlots(1);
      return slotBytes(free.shift() ?? 0);
    },
    update: (buffer, length) => {
      const slot = Math.floor(buffer.byteOffset / ring.slotSize);
      post({ kind: 'update', slot, length });
    },
    write(content, start, end) {
      for (let at = start; at < end; ) {
        const slot = partial?.slot ?? free.shift();
        if (slot === undefined) return post({ kind: 'bytes', bytes: Uint8Array.from(content.subarray(at, end)) });
        partial ??= { slot, filled: 0 };
        const copied = content.copy(slotBytes(slot), partial.filled, at, end);
        at += copied;
        partial.filled += copied;
        if (partial.filled === ring.slotSize) flush();
      }
    },
    ready: () => freeSlots(READY),
    finish() {
      flush();
      const digest = Promise.withResolvers<Sha256>();
      // It may be awaited much later, or never where the work was given up
      digest.promise.catch(() => {});
      if (failure !== null) digest.reject(failure);
      else digests.push(digest);
      post({ kind: 'finish' });
      return digest.promise;
    },
    close() {
      if (failure === null) giveBack(thread);
      fail(null);
    },
  };
}

function takeThread(slotSize: Bytes): Thread {
  const thread = idle;
  idle = null;
  if (thread === null) return startThread(slotSize);
  if (thread.expiry !== null) clearTimeout(thread.expiry);
  thread.worker.ref();
  return thread;
}

function startThread(slotSize: Bytes): Thread {
  const ring: DigestRing = { memory: new SharedArrayBuffer(slotSize * SLOTS), slotSize, slots: SLOTS };
  const worker = new Worker(new URL('../workers/digest-worker.ts', import.meta.url), { workerData: ring });
  return { worker, ring, free: Array.from({ length: SLOTS }, (_, slot) => slot), expiry: null };
}

/** Keeps the thread where all its slots came back and no other one is kept; else it ends. */
function giveBack(thread: Thread): void {
  const { worker, free } = thread;
  worker.removeAllListeners();
  const end = (): void => {
    if (idle === thread) idle = null;
    void worker.terminate();
  };
  if (idle !== null || free.length < SLOTS) {
    end();
    return;
  }
  Buffer.from(thread.ring.memory).fill(0);
  worker.postMessage({ kind: 'reset' } satisfies DigestRequest);
  worker.on('error', end).on('exit', end);
  worker.unref();
  thread.expiry = setTimeout(end, KEEP_FOR).unref();
  idle = thread;
}
