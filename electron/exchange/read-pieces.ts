import { AppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import type { ByteSource } from '../files/bytes.ts';

const PIECE: Bytes = 512 * 1024;

/**
 * The bytes of a source from `start` to `end` as pieces that belong to whoever takes them; the next one is read while the last is on its way.
 *
 * @throws AppError CANCELLED, FILE_CHANGED
 */
export async function* readPieces(
  source: ByteSource,
  start: Bytes,
  end: Bytes,
  pace: (bytes: Bytes) => Promise<void>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const read = async (position: Bytes): Promise<Buffer> => {
    if (signal?.aborted === true) throw new AppError('CANCELLED');
    const piece = Buffer.allocUnsafeSlow(Math.min(PIECE, end - position));
    await pace(piece.length);
    if ((await source.read(piece, position)) !== piece.length) throw new AppError('FILE_CHANGED');
    return piece;
  };
  let next = start < end ? read(start) : null;
  for (let position = start; next !== null; ) {
    const piece: Buffer = await next;
    position += piece.length;
    next = position < end ? read(position) : null;
    // It is awaited in the next turn; whoever takes no more pieces must not leave its failure to nobody.
    next?.catch(() => {});
    yield piece;
  }
}
