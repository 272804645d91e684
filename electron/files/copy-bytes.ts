import type { Bytes } from '../../shared/model/brand.ts';
import type { ByteSink, ByteSource } from './bytes.ts';

const CHUNK: Bytes = 1024 * 1024;

/** Writes all of a source to a sink, in order; a source that ends early has given what it had. */
export async function copyBytes(source: ByteSource, sink: ByteSink): Promise<void> {
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK, source.size));
  for (let position = 0; position < source.size; ) {
    const got = await source.read(chunk, position);
    if (got === 0) return;
    position += got;
    await sink.write(chunk.subarray(0, got));
  }
}
