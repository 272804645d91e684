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
 * Hands an installer on as it is read. What was handed on counts only where this returns; no byte beyond the signed size is taken.
 *
 * @param read writes the installer, from its first byte to its last
 * @throws AppError UPDATE_INSTALLER_CHANGED where it is not, to the byte, what the release names; CANCELLED; and of `read`
 */
export async function copyInstaller(
  read: (sink: ByteSink) => Promise<void>,
  { size, sha256 }: Pick<Installer, 'size' | 'sha256'>,
  sink: ByteSink,
  { signal, progress }: CopyOptions = {},
): Promise<void> {
  const digest = createHash('sha256');
  let done = 0;
  await read({
    write: async (chunk) => {
      if (signal?.aborted === true) throw new AppError('CANCELLED');
      done += chunk.length;
      if (done > size) throw new AppError('UPDATE_INSTALLER_CHANGED');
      digest.update(chunk);
      await sink.write(chunk);
      progress?.(done, size);
    },
  });
  if (done !== size || digest.digest('hex') !== sha256) throw new AppError('UPDATE_INSTALLER_CHANGED');
}
