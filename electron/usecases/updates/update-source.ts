import { dirname, join } from 'node:path';
import { AppError, hasCode } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { ByteSink } from '../../files/bytes.ts';
import { copyBytes } from '../../files/copy-bytes.ts';
import type { Fetcher } from '../../network/fetcher.ts';
import { type Installer, RELEASE_SUFFIX } from '../../updates/release.ts';
import { openChosen, readChosen } from '../chosen-files.ts';

/** Where a release comes from. It is not believed, wherever that is. */
export interface UpdateSource {
  /** The signed description of the release. */
  readRelease(signal?: AbortSignal): Promise<Buffer>;
  /** Writes the installer. @throws AppError UPDATE_INSTALLER_MISSING, and of the sink */
  readInstaller(installer: Installer, sink: ByteSink, signal?: AbortSignal): Promise<void>;
}

/** A file that a person chose, with the installer beside it: a USB stick, a shared folder. */
export function updateFromFile(path: string): UpdateSource {
  return {
    readRelease: () => readChosen(path, LIMITS.updateRelease),
    readInstaller: async ({ name }, sink) => {
      const { source } = await openChosen(join(dirname(path), name)).catch((error: unknown) => {
        throw hasCode(error, 'FILE_NOT_READABLE') ? new AppError('UPDATE_INSTALLER_MISSING', { name }, error) : error;
      });
      try {
        await copyBytes(source, sink);
      } finally {
        await source.close();
      }
    },
  };
}

/** The address that the office configured; the fetcher asks no other. @param base ends in a slash */
export function updateFromFeed(fetch: Fetcher, base: string, channel: string): UpdateSource {
  return {
    readRelease: (signal) =>
      fetch({
        kind: 'release',
        url: `${base}${channel}${RELEASE_SUFFIX}`,
        ...(signal === undefined ? {} : { signal }),
      }),
    readInstaller: async ({ name }, sink, signal) => {
      await fetch({ kind: 'installer', url: `${base}${name}`, sink, ...(signal === undefined ? {} : { signal }) });
    },
  };
}
