import { open } from 'node:fs/promises';
import type { Bytes } from '../../shared/model/brand.ts';

/** Random access to bytes that do not change while they are read. */
export interface ByteSource {
  readonly size: Bytes;
  /** Fills `target` from `position` and says how many bytes it got: less than asked for only at the end. */
  read(target: Buffer, position: Bytes): Promise<Bytes>;
  close(): Promise<void>;
}

/** Takes bytes in order. The chunk belongs to the caller again once the promise settles. */
export interface ByteSink {
  write(chunk: Buffer): Promise<void>;
}

export function bufferSource(buffer: Buffer): ByteSource {
  return {
    size: buffer.length,
    read: async (target, position) => buffer.copy(target, 0, position, position + target.length),
    close: async () => {},
  };
}

export async function fileSource(path: string): Promise<ByteSource> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  return {
    size,
    read: async (target, position) => {
      let done = 0;
      while (done < target.length) {
        const { bytesRead } = await file.read(target, done, target.length - done, position + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return done;
    },
    close: () => file.close(),
  };
}

/** The bytes from `position`, at most `length`, less only at the end of the source. */
export async function readRange(source: ByteSource, position: Bytes, length: Bytes): Promise<Buffer> {
  const target = Buffer.allocUnsafe(Math.max(0, Math.min(length, source.size - position)));
  const got = await source.read(target, position);
  return target.subarray(0, got);
}

export async function readAll(source: ByteSource, limit: Bytes): Promise<Buffer> {
  if (source.size > limit) throw new RangeError(`source of ${source.size} bytes is over ${limit}`);
  return readRange(source, 0, source.size);
}
