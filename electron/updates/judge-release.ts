import { AppError } from '../../shared/errors.ts';
import { openEnvelope } from './envelope.ts';
import type { PinnedKeys } from './pinned-keys.ts';
import { compareVersions, type Installer, PAYLOAD_TYPE, type Release, release as schema } from './release.ts';

/** What runs here. */
export interface Installed {
  readonly version: string;
  readonly platform: Installer['platform'];
  readonly arch: string;
  readonly kind: Installer['kind'];
}

export interface JudgeOptions {
  readonly pinned: PinnedKeys;
  readonly installed: Installed;
  /** The highest number of a release that was ever judged good here; 0 before the first. */
  readonly seen: number;
  readonly now: Date;
}

/** A release that may be installed here, and the one file of it that may be. */
export interface JudgedRelease {
  readonly release: Release;
  readonly installer: Installer;
}

/**
 * Judges the signed description of a release. Nothing of it is read before a pinned key has signed it; what is older than what runs or than what was seen is
 * refused, whoever signed it: an old release is how an old hole comes back.
 *
 * @throws AppError UPDATE_OFF (this build pins no key), UPDATE_MALFORMED, UPDATE_KEY_UNKNOWN, UPDATE_TAMPERED, UPDATE_CHANNEL, UPDATE_EXPIRED, UPDATE_CURRENT,
 *   UPDATE_OLDER, UPDATE_PLATFORM
 */
export function judgeRelease(bytes: Buffer, { pinned, installed, seen, now }: JudgeOptions): JudgedRelease {
  if (pinned.keys.length === 0) throw new AppError('UPDATE_OFF');
  const payload = openEnvelope(PAYLOAD_TYPE, bytes, pinned.keys);
  if (payload === null) throw new AppError('UPDATE_KEY_UNKNOWN');
  const release = parse(payload);
  if (release.channel !== pinned.channel) throw new AppError('UPDATE_CHANNEL', { channel: release.channel });
  if (new Date(release.expiresAt) <= now) throw new AppError('UPDATE_EXPIRED', { at: release.expiresAt.slice(0, 10) });
  const step = compareVersions(release.version, installed.version);
  if (step < 0 || release.release < seen) throw new AppError('UPDATE_OLDER', { version: release.version });
  if (step === 0) throw new AppError('UPDATE_CURRENT', { version: release.version });
  const installer = release.installers.find(
    ({ platform, arch, kind }) => platform === installed.platform && arch === installed.arch && kind === installed.kind,
  );
  if (installer === undefined) {
    throw new AppError('UPDATE_PLATFORM', { platform: `${installed.platform} ${installed.arch} ${installed.kind}` });
  }
  return { release, installer };
}

function parse(payload: Buffer): Release {
  try {
    return schema.parse(JSON.parse(payload.toString('utf8')));
  } catch (error) {
    throw new AppError('UPDATE_MALFORMED', { part: 'release' }, error);
  }
}
