import type { ByteSink, ByteSource } from '../files/bytes.ts';

const CHUNK = 1024 * 1024;

interface CopyOptions {
  readonly signal?: AbortSignal;
  /** Bytes copied so far, and in all. */
  readonly progress?: (done: number, total: number) => void;
}

/** Copies all of a source. @throws the signal's reason when it aborts */
export async function copySource(source: ByteSource, sink: ByteSink, { signal, progress }: CopyOptions): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(1, source.size)));
  for (let position = 0; position < source.size; ) {
    signal?.throwIfAborted();
    const got = await source.read(buffer, position);
    if (got === 0) throw new RangeError(`source ended at ${position} of ${source.size}`);
    await sink.write(buffer.subarray(0, got));
    position += got;
    progress?.(position, source.size);
  }
}
