import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import type { ByteSink } from '../files/bytes.ts';
import type { Installer } from './release.ts';

export interface CopyOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (done: Bytes, total: Bytes) => void;
}

/**
 * Reads an installer to its end and hands it on. What was handed on counts only where this returns; no byte beyond the signed size is taken.
 *
 * @throws AppError UPDATE_INSTALLER_CHANGED where it is not, to the byte, what the release names; CANCELLED
 */
export async function copyInstaller(
  chunks: AsyncIterable<Buffer>,
  { size, sha256 }: Pick<Installer, 'size' | 'sha256'>,
  sink: ByteSink,
  { signal, progress }: CopyOptions = {},
): Promise<void> {
  const digest = createHash('sha256');
  let done = 0;
  for await (const chunk of chunks) {
    if (signal?.aborted === true) throw new AppError('CANCELLED');
    done += chunk.length;
    if (done > size) break;
    digest.update(chunk);
    await sink.write(chunk);
    progress?.(done, size);
  }
  if (done !== size || digest.digest('hex') !== sha256) throw new AppError('UPDATE_INSTALLER_CHANGED');
}
