import { z } from 'zod';
import { LIMITS } from '../../shared/limits.ts';
import { sha256 } from '../../shared/model/schemas.ts';

/** What is signed about one release; RELEASE.md says each member in words. */

/** The `appId` that the app is packed under: an update of another product signed with the same key is not ours. */
export const PRODUCT = 'org.lexpost.client';
export const PAYLOAD_TYPE = 'application/vnd.lexpost.release+json';
/** Ending of the signed description's file; its beginning is the channel. */
export const RELEASE_SUFFIX = '.lexpost-update';

export const CHANNELS = ['stable', 'beta'] as const;
export const KINDS = ['nsis', 'dmg', 'AppImage', 'deb'] as const;

/** Three numbers: what comes earlier than a version travels in a channel of its own. */
export const version = z.string().regex(/^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$/);
/** Counts the releases of a channel. */
export const releaseNumber = z
  .int()
  .min(1)
  .max(2 ** 31);
const time = z.iso.datetime({ precision: 3 });

const installer = z.strictObject({
  platform: z.enum(['win32', 'darwin', 'linux']),
  arch: z.enum(['x64', 'arm64']),
  kind: z.enum(KINDS),
  /** A plain name beside the signed file; never a path. */
  name: z.string().regex(/^[A-Za-z0-9][\w.-]{0,120}\.(?:exe|dmg|AppImage|deb)$/),
  size: z.int().min(1).max(LIMITS.updateInstaller),
  sha256,
});
export type Installer = z.infer<typeof installer>;

export const release = z
  .strictObject({
    schema: z.literal(1),
    product: z.literal(PRODUCT),
    channel: z.enum(CHANNELS),
    release: releaseNumber,
    version,
    publishedAt: time,
    /** Not offered from then on: who holds back newer releases must not keep an office on this one for ever. */
    expiresAt: time,
    installers: z.array(installer).min(1).max(32),
  })
  .refine(({ publishedAt, expiresAt }) => publishedAt < expiresAt);
export type Release = z.infer<typeof release>;

/** Less than 0 where `a` is the older one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  const differences = [0, 1, 2].map((part) => (left?.[part] ?? 0) - (right?.[part] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
