/**
 * Describes and signs what was packed, away from the network and outside the tree (electron/updates/RELEASE.md).
 *
 *     node build/start.mjs sign-release --new-key FILE
 *     node build/start.mjs sign-release --key FILE [--key FILE] --release N [--days 90] [--channel stable] [--version X.Y.Z] FOLDER
 *
 * A key file holds one Ed25519 private key as PKCS#8 PEM; where it is encrypted, RELEASE_KEY_PASSPHRASE opens it. The description is written into FOLDER beside
 * the installers, once it has been opened by what the app will open it with.
 */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openEnvelope, sealEnvelope } from '../electron/updates/envelope.ts';
import {
  type Installer,
  type KINDS,
  PAYLOAD_TYPE,
  PRODUCT,
  RELEASE_SUFFIX,
  type Release,
  release,
} from '../electron/updates/release.ts';
import { outsideTree, readReleaseKey, releaseKeyPassphrase } from './release-key.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DAY = 24 * 3600_000;
/** As build/pack.ts names installers. */
const NAME =
  /^LexPost-(?<version>\d+\.\d+\.\d+)-(?<os>win|mac|linux)-(?<arch>x64|arm64)\.(?<ending>exe|dmg|AppImage|deb)$/;
const PLATFORMS = { win: 'win32', mac: 'darwin', linux: 'linux' } as const;
const KIND_OF = { exe: 'nsis', dmg: 'dmg', AppImage: 'AppImage', deb: 'deb' } as const satisfies Record<
  string,
  (typeof KINDS)[number]
>;

export interface SignOptions {
  readonly folder: string;
  readonly version: string;
  readonly channel: Release['channel'];
  readonly release: number;
  readonly days: number;
  readonly keys: readonly KeyObject[];
  readonly now: Date;
}

/** @returns where the signed description lies. @throws Error where there is nothing to sign, or nobody to sign it */
export async function signRelease({ folder, version, channel, release: number, days, keys, now }: SignOptions) {
  const installers = await Promise.all(readdirSync(folder).flatMap((name) => describe(folder, name, version)));
  if (installers.length === 0) throw new Error(`${folder} holds no installer of version ${version}`);
  const described = release.parse({
    schema: 1,
    product: PRODUCT,
    channel,
    release: number,
    version,
    publishedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + days * DAY).toISOString(),
    installers,
  });
  const sealed = sealEnvelope(PAYLOAD_TYPE, Buffer.from(JSON.stringify(described)), keys);
  openEnvelope(PAYLOAD_TYPE, sealed, keys.map(createPublicKey));
  const path = join(folder, `${channel}${RELEASE_SUFFIX}`);
  writeFileSync(path, sealed);
  return path;
}

function describe(folder: string, name: string, version: string): Promise<Installer>[] {
  const found = NAME.exec(name)?.groups as { version: string; os: 'win'; arch: 'x64'; ending: 'exe' } | undefined;
  if (found === undefined || found.version !== version) return [];
  const { os, arch, ending } = found;
  const { size } = statSync(join(folder, name));
  const named = { platform: PLATFORMS[os], arch, kind: KIND_OF[ending], name, size } as const;
  return [digest(join(folder, name)).then((sha256) => ({ ...named, sha256: sha256 as Installer['sha256'] }))];
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function writeNewKey(path: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const passphrase = releaseKeyPassphrase();
  const cipher = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher });
  writeFileSync(outsideTree(path), pem, { mode: 0o600, flag: 'wx' });
  console.log(`for build/release-keys.json: ${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'new-key': { type: 'string' },
      key: { type: 'string', multiple: true, default: [] },
      release: { type: 'string', default: '' },
      days: { type: 'string', default: '90' },
      channel: { type: 'string', default: 'stable' },
      version: { type: 'string' },
    },
  });
  if (values['new-key'] !== undefined) writeNewKey(values['new-key']);
  else {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const written = await signRelease({
      folder: resolve(positionals[0] ?? join(ROOT, 'dist', 'release')),
      version: values.version ?? version,
      channel: values.channel as Release['channel'],
      release: Number(values.release),
      days: Number(values.days),
      keys: values.key.map(readReleaseKey),
      now: new Date(),
    });
    console.log(written);
  }
}
