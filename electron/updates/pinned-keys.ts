import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { CHANNELS } from './release.ts';

/** Whose releases a build takes. It lies in the archive of the app (build/release-keys.json), so it changes only with a release that the keys before it signed. */
const pinned = z.strictObject({
  channel: z.enum(CHANNELS),
  /** SubjectPublicKeyInfo of Ed25519 keys, DER in base64. None: this build takes no updates. */
  keys: z.array(z.base64()).max(4),
});

export interface PinnedKeys {
  readonly channel: (typeof CHANNELS)[number];
  readonly keys: readonly KeyObject[];
}

/** @throws Error where the file of the archive is not as it was built, or a key is of another kind */
export function readPinnedKeys(text: string): PinnedKeys {
  const { channel, keys } = pinned.parse(JSON.parse(text));
  return { channel, keys: keys.map(readKey) };
}

function readKey(base64: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(base64, 'base64'), type: 'spki', format: 'der' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`a release key is ${key.asymmetricKeyType}, not Ed25519`);
  return key;
}
