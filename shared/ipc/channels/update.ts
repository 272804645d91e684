import { z } from 'zod';
import { updateAddress } from '../../model/update-address.ts';
import { channel } from '../channel.ts';
import { count, done, fileToken, instant, nothing, sha256, startedJob } from '../parts.ts';

/** Updates of the program itself. Nothing is asked or installed unless a person says so, each time. */

const ready = z.strictObject({
  version: z.string(),
  release: count,
  publishedAt: instant,
  expiresAt: instant,
  name: z.string(),
  size: count,
  sha256,
});
export type ReadyUpdate = z.infer<typeof ready>;

const updateState = z.strictObject({
  /** False: this build carries no release key, and takes none. */
  takes: z.boolean(),
  /** Which releases it takes. */
  channel: z.string(),
  /** Where it may ask; null: nowhere, and updates come by file. */
  address: z.string().nullable(),
  /** Verified to the last byte, and not installed. */
  ready: ready.nullable(),
});
export type UpdateStateView = z.infer<typeof updateState>;

export const updateChannels = {
  'update:state': channel('open', nothing, updateState),
  'update:set-address': channel('open', z.strictObject({ address: updateAddress.nullable() }), done),
  /** Asks the configured address once, and lays the installer ready where it offers a newer release. */
  'update:check': channel('open', nothing, startedJob),
  /** A file with the signed description of a release; the installer lies beside it. */
  'update:read-file': channel('open', z.strictObject({ file: fileToken }), startedJob),
  /** Main asks in a dialog of its own; then the system opens what lies ready. */
  'update:open': channel('open', nothing, z.strictObject({ opened: z.boolean() })),
};
