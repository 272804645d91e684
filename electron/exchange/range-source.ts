import { AppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import type { ByteSource } from '../files/bytes.ts';

const SMALLEST: Bytes = 1024 * 1024;
const LARGEST: Bytes = 32 * 1024 * 1024;

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
 * the header costs one short request and a whole file few.
 */
export function createRangeSource(size: Bytes, openRange: OpenRange): ByteSource {
  let cursor: Cursor | null = null;
  let span = SMALLEST;

  const drop = async (): Promise<void> => {
    const dropped = cursor;
    cursor = null;
    await dropped?.bytes.return?.().catch(() => {});
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
      if (cursor !== null && cursor.position !== position) {
        span = SMALLEST;
        await drop();
      }
      for (let done = 0; done < wanted; ) {
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
