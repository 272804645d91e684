import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Opens the key files of releases where they are encrypted, and encrypts new ones. */
export const releaseKeyPassphrase = (): string | undefined => process.env['RELEASE_KEY_PASSPHRASE'];

/** A key inside the tree would be committed one day. @throws Error */
export function outsideTree(path: string): string {
  const absolute = resolve(path);
  const way = relative(ROOT, absolute);
  // Between two drives there is no relative way
  if (!way.startsWith('..') && !isAbsolute(way)) throw new Error(`${path} lies in the tree: keep the key elsewhere`);
  return absolute;
}

/** A release key: Ed25519 (RFC 8032) as PKCS#8 PEM. @throws Error where it lies in the tree, does not open, or is of another kind */
export function readReleaseKey(path: string): KeyObject {
  const passphrase = releaseKeyPassphrase();
  const pem = readFileSync(outsideTree(path), 'utf8');
  const key = createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${path} holds no Ed25519 key`);
  return key;
}
