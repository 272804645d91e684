import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { writeFileAtomic } from '../../files/atomic-write.ts';
import { copyBytes } from '../../files/copy-bytes.ts';
import { onFiles } from '../../files/file-error.ts';
import { type CopyOptions, copyInstaller } from '../../updates/copy-installer.ts';
import { type Installed, type JudgedRelease, judgeRelease } from '../../updates/judge-release.ts';
import type { PinnedKeys } from '../../updates/pinned-keys.ts';
import { releaseNumber } from '../../updates/release.ts';
import { openChosen, readChosen, withChosenTarget } from '../chosen-files.ts';
import type { UpdateSource } from './update-source.ts';

export interface UpdateDeskOptions {
  /** A folder of its own. */
  readonly folder: string;
  readonly pinned: PinnedKeys;
  readonly installed: Installed;
  readonly now: () => Date;
}

export interface UpdateState {
  /** Whether this build takes updates at all: it pins a key. */
  readonly takes: boolean;
  readonly channel: string;
  /** Verified to the last byte and laid ready; nothing is installed before a person opens it. */
  readonly ready: JudgedRelease | null;
}

/** Updates of the program itself: judged, copied to where nobody else writes, and opened only at a person's word. */
export interface UpdateDesk {
  state(): UpdateState;
  /**
   * Judges what a source offers and lays the installer ready.
   *
   * @throws AppError of judgeRelease and copyInstaller, UPDATE_INSTALLER_MISSING, and of the source
   */
  take(source: UpdateSource, options?: CopyOptions): Promise<void>;
  /** Where the installer lies, read once more to its last byte. @throws AppError UPDATE_NOT_READY, UPDATE_EXPIRED, UPDATE_INSTALLER_CHANGED */
  checkReady(): Promise<string>;
}

const seenFile = z.strictObject({ release: releaseNumber });
const SEEN_LIMIT = 1024;
const DROP = { write: async () => {} };

export function createUpdateDesk({ folder, pinned, installed, now }: UpdateDeskOptions): UpdateDesk {
  const kept = join(folder, 'installer');
  const seenAt = join(folder, 'seen.json');
  let ready: JudgedRelease | null = null;
  return {
    state: () => ({ takes: pinned.keys.length > 0, channel: pinned.channel, ready }),
    take: async (source, options = {}) => {
      const judged = judgeRelease(await source.readRelease(options.signal), {
        pinned,
        installed,
        seen: await readSeen(seenAt),
        now: now(),
      });
      ready = null;
      await onFiles(async () => {
        await rm(kept, { recursive: true, force: true });
        await mkdir(kept, { recursive: true, mode: 0o700 });
      });
      await writeFileAtomic(seenAt, Buffer.from(JSON.stringify({ release: judged.release.release })));
      const { installer } = judged;
      await withChosenTarget(
        join(kept, installer.name),
        (sink) => copyInstaller((to) => source.readInstaller(installer, to, options.signal), installer, sink, options),
        null,
      );
      ready = judged;
    },
    checkReady: async () => {
      const held = ready;
      if (held === null) throw new AppError('UPDATE_NOT_READY');
      const { release, installer } = held;
      if (new Date(release.expiresAt) <= now()) {
        throw new AppError('UPDATE_EXPIRED', { at: release.expiresAt.slice(0, 10) });
      }
      const path = join(kept, installer.name);
      const { source } = await openChosen(path);
      try {
        await copyInstaller((to) => copyBytes(source, to), installer, DROP);
      } finally {
        await source.close();
      }
      return path;
    },
  };
}

/** What was seen guards against a newer release being taken back. Lost, there is still the version that runs. */
async function readSeen(path: string): Promise<number> {
  try {
    return seenFile.parse(JSON.parse((await readChosen(path, SEEN_LIMIT)).toString('utf8'))).release;
  } catch {
    return 0;
  }
}
