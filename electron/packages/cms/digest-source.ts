import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { ByteSource } from '../../files/bytes.ts';
import type { DigestName } from '../../pki/signature-algorithm.ts';

const CHUNK = 1024 * 1024;

/** The digests of a whole source in one pass, whatever its size. @throws AppError CANCELLED */
export async function digestSource(
  source: ByteSource,
  names: ReadonlySet<DigestName>,
  signal?: AbortSignal | undefined,
): Promise<Map<DigestName, Buffer>> {
  const hashes = [...names].map((name) => ({ name, hash: createHash(name) }));
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(1, source.size)));
  for (let position = 0; ; ) {
    if (signal?.aborted) throw new AppError('CANCELLED');
    const got = await source.read(buffer, position);
    if (got === 0) break;
    for (const { hash } of hashes) hash.update(buffer.subarray(0, got));
    position += got;
  }
  return new Map(hashes.map(({ name, hash }) => [name, hash.digest()]));
}
