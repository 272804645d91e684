import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import type { Bytes, Sha256 } from '../../shared/model/brand.ts';
import type { DigestReply, DigestRequest, DigestRing } from '../workers/digest-messages.ts';

/**
 * SHA-256 of contents one after the other, over buffers that it owns: ask for one, fill it, hand it back with {@link ContentDigest.update}. It stays
 * readable until it is asked for again.
 */
export interface ContentDigest {
  buffer(): Promise<Buffer>;
  update(buffer: Buffer, length: Bytes): void;
  finish(): Promise<Sha256>;
  close(): Promise<void>;
}

/** In this thread: two buffers, so that one can be filled while the other is worked on. */
export function localDigest(bufferSize: Bytes): ContentDigest {
  const buffers = [Buffer.allocUnsafeSlow(bufferSize), Buffer.allocUnsafeSlow(bufferSize)] as const;
  let hash = createHash('sha256');
  let turn = 0;
  return {
    buffer: async () => buffers[(turn++ % 2) as 0 | 1],
    update: (buffer, length) => {
      hash.update(buffer.subarray(0, length));
    },
    finish: async () => {
      const digest = hash.digest('hex') as Sha256;
      hash = createHash('sha256');
      return digest;
    },
    close: async () => {},
  };
}

/** Slots of the ring: reader and worker may be this far apart. */
const SLOTS = 4;

/** In a worker thread: pays from a few megabytes on, since a thread takes some 30 ms and 10 MB to start. */
export function workerDigest(bufferSize: Bytes): ContentDigest {
  const ring: DigestRing = { memory: new SharedArrayBuffer(bufferSize * SLOTS), slotSize: bufferSize, slots: SLOTS };
  const bytes = Buffer.from(ring.memory);
  const worker = new Worker(new URL('../workers/digest-worker.ts', import.meta.url), { workerData: ring });
  let taken = 0;
  let freed = 0;
  let failure: unknown = null;
  let onFree: (() => void) | null = null;
  let onDigest: { resolve(digest: Sha256): void; reject(error: unknown): void } | null = null;

  const fail = (error: unknown): void => {
    failure = error;
    onDigest?.reject(error);
    onFree?.();
  };
  worker.on('message', (reply: DigestReply) => {
    if (reply.kind === 'digest') {
      onDigest?.resolve(reply.digest as Sha256);
      return;
    }
    freed++;
    onFree?.();
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new AppError('INTERNAL', { reason: 'digest worker ended' })));
  const post = (request: DigestRequest): void => worker.postMessage(request);

  return {
    async buffer() {
      while (failure === null && taken - freed >= SLOTS) {
        await new Promise<void>((resolve) => {
          onFree = resolve;
        });
      }
      if (failure !== null) throw failure;
      const slot = taken % SLOTS;
      return bytes.subarray(slot * bufferSize, (slot + 1) * bufferSize);
    },
    update(_, length) {
      post({ kind: 'update', slot: taken % SLOTS, length });
      taken++;
    },
    finish: () =>
      new Promise<Sha256>((resolve, reject) => {
        if (failure !== null) reject(failure);
        onDigest = { resolve, reject };
        post({ kind: 'finish' });
      }),
    async close() {
      worker.removeAllListeners('exit');
      await worker.terminate();
    },
  };
}
