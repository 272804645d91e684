/**
 * Signs the evidence page with a release key, so that who gets both from anywhere can tell it from another one by OpenSSL alone.
 *
 *     node build/start.mjs sign-viewer --key FILE [PAGE]
 *     openssl pkeyutl -verify -pubin -inkey release.pub -rawin -in evidence-viewer.html -sigfile evidence-viewer.html.sig
 *
 * The key is the one of build/sign-release.ts; where it is encrypted, RELEASE_KEY_PASSPHRASE opens it. Beside the page it writes the raw signature of 64 bytes, and
 * the public key as PEM. A page begins with `<!doctype`, what updates sign with `DSSEv1`: neither can pass for the other.
 */
import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readReleaseKey } from './release-key.ts';

const PAGE = fileURLToPath(new URL('../dist/evidence-viewer.html', import.meta.url));
const START = '<!doctype html>';

/** @returns the signature's file. @throws Error where the file is no page, or the key no Ed25519 key */
export function signViewer(path: string, key: KeyObject): string {
  const page = readFileSync(path);
  if (page.subarray(0, START.length).toString('latin1') !== START) throw new Error(`${path} is no page`);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`a release key is Ed25519, not ${key.asymmetricKeyType}`);
  writeFileSync(`${path}.sig`, sign(null, page, key));
  writeFileSync(join(path, '..', 'release.pub'), createPublicKey(key).export({ type: 'spki', format: 'pem' }));
  return `${path}.sig`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true });
  if (values.key === undefined) {
    console.error('usage: node build/start.mjs sign-viewer --key FILE [PAGE]');
    process.exit(2);
  }
  console.log(signViewer(positionals[0] ?? PAGE, readReleaseKey(values.key)));
}
