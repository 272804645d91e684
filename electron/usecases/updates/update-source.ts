import { dirname, join } from 'node:path';
import { AppError, hasCode } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { ByteSource } from '../../files/bytes.ts';
import type { Installer } from '../../updates/release.ts';
import { openChosen, readChosen } from '../chosen-files.ts';

/** Where a release comes from. It is not believed, wherever that is. */
export interface UpdateSource {
  /** The signed description of the release. */
  readRelease(): Promise<Buffer>;
  /** Runs `take` over the bytes of the installer. @throws AppError UPDATE_INSTALLER_MISSING, and of `take` */
  readInstaller(
    installer: Installer,
    take: (chunks: AsyncIterable<Buffer>) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void>;
}

const CHUNK = 1024 * 1024;

/** A file that a person chose, with the installer beside it: a USB stick, a shared folder. */
export function updateFromFile(path: string): UpdateSource {
  return {
    readRelease: () => readChosen(path, LIMITS.updateRelease),
    readInstaller: async ({ name }, take) => {
      const { source } = await openChosen(join(dirname(path), name)).catch((error: unknown) => {
        throw hasCode(error, 'FILE_NOT_READABLE') ? new AppError('UPDATE_INSTALLER_MISSING', { name }, error) : error;
      });
      try {
        await take(readInChunks(source));
      } finally {
        await source.close();
      }
    },
  };
}

/** Each chunk is gone with the next one. */
export async function* readInChunks(source: ByteSource): AsyncGenerator<Buffer> {
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (let position = 0; position < source.size; ) {
    const got = await source.read(chunk, position);
    if (got === 0) return;
    position += got;
    yield chunk.subarray(0, got);
  }
}
