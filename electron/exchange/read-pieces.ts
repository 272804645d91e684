import { AppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import type { ByteSource } from '../files/bytes.ts';

const PIECE: Bytes = 256 * 1024;

/** The bytes of a source from `start` to `end` as pieces that belong to whoever takes them. @throws AppError CANCELLED, FILE_CHANGED */
export async function* readPieces(
  source: ByteSource,
  start: Bytes,
  end: Bytes,
  pace: (bytes: Bytes) => Promise<void>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  for (let position = start; position < end; ) {
    if (signal?.aborted === true) throw new AppError('CANCELLED');
    const piece = Buffer.allocUnsafe(Math.min(PIECE, end - position));
    await pace(piece.length);
    const got = await source.read(piece, position);
    if (got !== piece.length) throw new AppError('FILE_CHANGED');
    yield piece;
    position += got;
  }
}
