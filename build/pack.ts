/**
 * Packs the built app by electron-builder.
 *
 *     node build/start.mjs pack [--dir] [--built] [--electron-dist FOLDER] [--output FOLDER]
 *
 * `--dir` stops before the installers. `--electron-dist` takes Electron from a folder instead of downloading it; tests give a stand-in that carries nothing but
 * the fuses. Installers: NSIS on Windows, dmg on macOS, AppImage and deb on Linux; each is packed on its own system, for packages with machine code are built there.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { flipFuses } from '@electron/fuses';
import { type AfterPackContext, build, type Configuration } from 'electron-builder';
import { readPinnedKeys } from '../electron/updates/pinned-keys.ts';
import { APP_FOLDER, bundle } from './bundle.ts';
import { FUSES } from './fuses.ts';
import { copyLoosePackages } from './loose-packages.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Nothing is packed that no line here names. */
const FILES = [
  '*.mjs',
  'preload.cjs',
  'licences.json',
  'tray.png',
  'release-keys.json',
  'package.json',
  'window/index.html',
  'window/assets/*',
  // What is for debugging stays with us
  '!**/*.map',
];

export interface PackOptions {
  readonly dir: boolean;
  readonly electronDist: string | null;
  readonly output: string;
  /** Packs what is built already. */
  readonly built: boolean;
}

function describe({ electronDist, output, dir }: PackOptions, stage: string): Configuration {
  return {
    appId: 'org.lexpost.client',
    productName: 'LexPost',
    copyright: 'Apache-2.0',
    directories: { app: stage, output, buildResources: join(ROOT, 'build', 'icons') },
    files: [...FILES, { from: join(stage, 'node_modules'), to: 'node_modules', filter: ['**/*'] }],
    asar: true,
    asarUnpack: ['**/*.node'],
    // electron-builder neither builds nor gathers packages: copyLoosePackages has put there what is wanted
    beforeBuild: async () => false,
    ...(electronDist === null ? {} : { electronDist }),
    // Nothing is sent anywhere by packing, and no feed of electron-updater's is written: releases are signed by build/sign-release.ts, which knows these names
    publish: null,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders
    artifactName: 'LexPost-${version}-${os}-${arch}.${ext}',
    icon: join(ROOT, 'build', 'icons', 'icon.png'),
    // en-US is what Chromium falls back to; English dates are written as in en-GB
    electronLanguages: ['zh-CN', 'en-GB', 'en-US'],
    protocols: [{ name: 'LexPost', schemes: ['lexpost'], role: 'Viewer' }],
    fileAssociations: [
      { ext: 'p7m', name: 'LexPost package', mimeType: 'application/pkcs7-mime', role: 'Viewer', rank: 'Alternate' },
      {
        ext: 'asice',
        name: 'ASiC-E container',
        mimeType: 'application/vnd.etsi.asic-e+zip',
        role: 'Viewer',
        rank: 'Alternate',
      },
    ],
    afterPack,
    win: { target: dir ? 'dir' : 'nsis' },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
      differentialPackage: false,
    },
    mac: {
      target: dir ? 'dir' : 'dmg',
      category: 'public.app-category.business',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      extendInfo: {
        NSCameraUsageDescription: null,
        NSMicrophoneUsageDescription: null,
        NSBluetoothAlwaysUsageDescription: null,
      },
    },
    dmg: { writeUpdateInfo: false },
    linux: {
      target: dir ? 'dir' : ['AppImage', 'deb'],
      category: 'Office',
      executableName: 'lexpost',
      maintainer: 'LexPost',
    },
  };
}

/** Before signing, which covers the binary with its fuses. */
async function afterPack({ appOutDir, packager, electronPlatformName }: AfterPackContext): Promise<void> {
  const { productFilename } = packager.appInfo;
  const names: Readonly<Record<string, string>> = {
    darwin: `${productFilename}.app`,
    win32: `${productFilename}.exe`,
    linux: 'lexpost',
  };
  await flipFuses(join(appOutDir, names[electronPlatformName] ?? 'lexpost'), FUSES);
}

/** @throws Error where the app would not start with these keys, or installers would be packed that could never be updated */
function requireReleaseKey({ dir }: PackOptions): void {
  const { keys } = readPinnedKeys(readFileSync(join(ROOT, 'build', 'release-keys.json'), 'utf8'));
  if (!dir && keys.length === 0)
    throw new Error('build/release-keys.json pins no key: see electron/updates/RELEASE.md');
}

export async function pack(options: PackOptions): Promise<void> {
  requireReleaseKey(options);
  if (!options.built) await bundle({ watch: false });
  const stage = mkdtempSync(join(tmpdir(), 'lexpost-pack-'));
  try {
    cpSync(APP_FOLDER, stage, { recursive: true });
    copyLoosePackages(stage, { platform: process.platform, arch: process.arch });
    await build({ projectDir: ROOT, config: describe(options, stage) });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      dir: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
      'electron-dist': { type: 'string' },
      output: { type: 'string', default: join(ROOT, 'dist', 'release') },
    },
  });
  const electronDist = values['electron-dist'] === undefined ? null : resolve(values['electron-dist']);
  if (electronDist !== null && !existsSync(electronDist)) throw new Error(`${electronDist} is not there`);
  await pack({ dir: values.dir, built: values.built, electronDist, output: resolve(values.output) });
}
