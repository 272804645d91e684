import { cpSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url));

/** Machine and system as Node names them, e.g. `linux` and `x64`. */
export interface Target {
  readonly platform: string;
  readonly arch: string;
}

interface LoosePackage {
  readonly name: string;
  /** Files that run, relative to the package; sources, build files and binaries of other systems stay behind. */
  readonly files: (target: Target) => readonly RegExp[];
}

const PACKAGES: readonly LoosePackage[] = [
  {
    name: 'better-sqlite3',
    files: ({ platform, arch }) => [
      /^lib\/(?:index|database|binding|sqlite-error|util)\.js$/,
      /^lib\/methods\/\w+\.js$/,
      new RegExp(`^prebuilds/${platform}(?:musl)?-${arch}\\.node$`),
    ],
  },
  // Built on the machine that packs: an installer for another system is packed there
  { name: 'pkcs11js', files: () => [/^index\.js$/, /^build\/Release\/pkcs11\.node$/] },
  // Fonts that papers are set in: read from their packages, as from source
  { name: '@expo-google-fonts/noto-serif-sc', files: () => [/^(?:400Regular|700Bold)\/[\w]+\.ttf$/] },
  { name: '@expo-google-fonts/noto-serif-jp', files: () => [/^(?:400Regular|700Bold)\/[\w]+\.ttf$/] },
];

/** npm packages that are no code to bundle, or cannot be: they lie beside the bundle as they are. */
export const LOOSE_PACKAGES: readonly string[] = PACKAGES.map(({ name }) => name);

/** Puts what runs of them into `folder`/node_modules. */
export function copyLoosePackages(folder: string, target: Target): void {
  for (const { name, files } of PACKAGES) {
    const from = join(MODULES, name);
    const wanted = [/^package\.json$/, /^LICENSE(?:_FONT)?$/, ...files(target)];
    const found = readdirSync(from, { recursive: true })
      .map((path) => String(path).split(sep).join('/'))
      .filter((path) => wanted.some((pattern) => pattern.test(path)));
    for (const pattern of wanted) {
      if (!found.some((path) => pattern.test(path)))
        throw new Error(`${name} has no ${pattern.source}: was it built here?`);
    }
    for (const path of found) cpSync(join(from, path), join(folder, 'node_modules', name, path));
  }
}
