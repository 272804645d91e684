import type { Bytes } from '../../shared/model/brand.ts';

/** Takes the next bytes of the container; they are the writer's again once the promise settles. */
export type Emit = (chunk: Buffer) => Promise<void>;

/**
 * Takes `bytes` from `start` to `end`, which are the caller's again once what it returns settled. Null where nothing is to be awaited: a document comes in
 * tens of thousands of pieces, and a promise for each costs a third of the time.
 *
 * Bounds in place of subarrays, because Buffer.copy of a part is a plain memmove, but of a whole buffer over shared memory copies word by word (V8).
 */
export type Append = (bytes: Buffer, start?: Bytes, end?: Bytes) => Promise<void> | null;

export interface Stage {
  readonly append: Append;
  /** Emits what is left. */
  flush(): Promise<void>;
}

/** Gathers the many small pieces of a container: `emit` gets `capacity` bytes at a time, each of which was copied once. */
export function stagedEmit(capacity: Bytes, emit: Emit): Stage {
  const stage = Buffer.allocUnsafeSlow(capacity);
  let filled = 0;
  const flush = async (): Promise<void> => {
    const full = stage.subarray(0, filled);
    filled = 0;
    if (full.length > 0) await emit(full);
  };
  const appendAndFlush = async (bytes: Buffer, start: Bytes, end: Bytes): Promise<void> => {
    for (let at = start; at < end; ) {
      const copied = bytes.copy(stage, filled, at, end);
      at += copied;
      filled += copied;
      if (filled === capacity) await flush();
    }
  };
  return {
    flush,
    append(bytes, start = 0, end = bytes.length) {
      if (filled + end - start >= capacity) return appendAndFlush(bytes, start, end);
      filled += bytes.copy(stage, filled, start, end);
      return null;
    },
  };
}
