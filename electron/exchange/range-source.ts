import { AppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import type { ByteSource } from '../files/bytes.ts';

const SMALLEST: Bytes = 1024 * 1024;
/** The beginning is read several times over: its length, its header, then the whole. It is asked for once, and all of most messages with it. */
const BEGINNING: Bytes = 256 * 1024;
/** A whole answer may wait in the buffers of the line while the disk is busy, and a cut costs it all, with what was not yet synced: under 32 MiB together. */
const LARGEST: Bytes = 16 * 1024 * 1024;

/** Bytes from `position` on, exactly `length` of them, in order. */
export type OpenRange = (position: Bytes, length: Bytes) => Promise<AsyncIterable<Uint8Array>>;

interface Cursor {
  position: Bytes;
  readonly end: Bytes;
  readonly bytes: AsyncIterator<Uint8Array>;
  rest: Uint8Array;
}

/**
 * A source over requests for ranges. Who reads on where the last read ended gets one long answer after the other, each twice as long, so that a look at
 * the header costs one short request, a small file no more than that, and a large one few.
 */
export function createRangeSource(size: Bytes, openRange: OpenRange): ByteSource {
  let cursor: Cursor | null = null;
  let span = SMALLEST;
  let beginning: Buffer | null = null;

  const drop = async (): Promise<void> => {
    const dropped = cursor;
    cursor = null;
    await dropped?.bytes.return?.().catch(() => {});
  };
  const readBeginning = async (): Promise<Buffer> => {
    const length = Math.min(BEGINNING, size);
    const bytes = (await openRange(0, length))[Symbol.asyncIterator]();
    const whole: Cursor = { position: 0, end: length, bytes, rest: new Uint8Array(0) };
    const target = Buffer.allocUnsafe(length);
    try {
      while (whole.position < length) await take(whole, target.subarray(whole.position));
    } finally {
      await bytes.return?.().catch(() => {});
    }
    return target;
  };
  const startAt = async (position: Bytes): Promise<Cursor> => {
    await drop();
    const length = Math.min(span, size - position);
    const bytes = (await openRange(position, length))[Symbol.asyncIterator]();
    return { position, end: position + length, bytes, rest: new Uint8Array(0) };
  };

  return {
    size,
    read: async (target, position) => {
      const wanted = Math.max(0, Math.min(target.length, size - position));
      let done = 0;
      if (wanted > 0 && position < BEGINNING) {
        beginning ??= await readBeginning();
        done = beginning.copy(target, 0, position, position + wanted);
      }
      if (cursor !== null && cursor.position !== position + done && done < wanted) {
        span = SMALLEST;
        await drop();
      }
      while (done < wanted) {
        if (cursor === null) cursor = await startAt(position + done);
        const got = await take(cursor, target.subarray(done, wanted));
        done += got;
        if (cursor.position < cursor.end) continue;
        span = Math.min(LARGEST, span * 2);
        await drop();
      }
      return wanted;
    },
    close: drop,
  };
}

async function take(cursor: Cursor, target: Buffer): Promise<Bytes> {
  while (cursor.rest.length === 0) {
    const next = await cursor.bytes.next();
    if (next.done === true) throw new AppError('ROUTE_UNAVAILABLE', { reason: 'cut' });
    cursor.rest = next.value;
  }
  const length = Math.min(target.length, cursor.rest.length, cursor.end - cursor.position);
  if (length === 0) throw new AppError('ROUTE_MISBEHAVES', { reason: 'range' });
  target.set(cursor.rest.subarray(0, length));
  cursor.rest = cursor.rest.subarray(length);
  cursor.position += length;
  return length;
}
