/**
 * Builds what Electron loads into dist/app: `main.mjs` with its workers, `preload.cjs` and `window/`. Everything else runs from source.
 *
 *     node build/start.mjs bundle [--watch]
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig, type Plugin } from 'vite';
import { collectLicences, writeLicences } from './licences.ts';
import { LOOSE_PACKAGES } from './loose-packages.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const APP_FOLDER = join(ROOT, 'dist', 'app');
/** The Chromium and the Node inside the Electron that package.json pins. */
const CHROMIUM = 'chrome140';
const NODE = 'node24';
/** electron/shell/serve-bundle.ts puts a fresh number in its place whenever the page is served. */
const NONCE_PLACEHOLDER = 'LEXPOST-NONCE';
/** What runs beside main, in a thread or a process of its own. */
const WORKERS: Readonly<Record<string, string>> = {
  'digest-worker': 'electron/workers/digest-worker.ts',
  'token-process': 'electron/pki/token/token-process.ts',
};

/** Workers are named by their source, relative to the file that starts them; in the bundle they lie beside main.mjs. */
function workersBesideMain(): Plugin {
  return {
    name: 'lexpost:workers-beside-main',
    transform(code) {
      if (!code.includes('import.meta.url')) return null;
      return code.replace(
        /new URL\((['"])[^'"]*\/(?<name>[\w-]+-(?:worker|process))\.ts\1, import\.meta\.url\)/g,
        (_all, _quote, name: string) => {
          if (WORKERS[name] === undefined) throw new Error(`build/bundle.ts does not know the worker ${name}`);
          return `new URL('./${name}.mjs', import.meta.url)`;
        },
      );
    },
  };
}

/** ssh2 asks for machine code that npm may not build here (package.json, allowScripts), and goes on without where asking fails. */
function leaveOptionalOut(): Plugin {
  const absent = '\0lexpost:absent';
  return {
    name: 'lexpost:leave-optional-out',
    enforce: 'pre',
    resolveId: (id) => (/^cpu-features$|sshcrypto\.node$/.test(id) ? absent : null),
    load: (id) => (id === absent ? "throw new Error('not part of the bundle'); export default null;" : null),
  };
}

const COMMON: InlineConfig = { configFile: false, logLevel: 'warn', root: ROOT, publicDir: false };

const MAIN: InlineConfig = {
  ...COMMON,
  plugins: [workersBesideMain(), leaveOptionalOut(), collectLicences()],
  // Bundled, so that the archive carries no tree of packages; what has machine code stays as it is
  ssr: { noExternal: true, external: [...LOOSE_PACKAGES] },
  build: {
    ssr: true,
    target: NODE,
    outDir: APP_FOLDER,
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      input: { main: join(ROOT, 'electron/main.ts'), ...WORKERS },
      external: ['electron', ...LOOSE_PACKAGES, ...builtinModules, /^node:/],
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunk-[name]-[hash].mjs' },
    },
  },
};

/** One file of CommonJS: a sandboxed preload can require nothing of its own. */
const PRELOAD: InlineConfig = {
  ...COMMON,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: CHROMIUM,
    outDir: APP_FOLDER,
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      input: join(ROOT, 'electron/preload.ts'),
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: 'preload.cjs' },
    },
  },
};

export const WINDOW: InlineConfig = {
  ...COMMON,
  root: join(ROOT, 'renderer'),
  base: './',
  plugins: [react(), collectLicences()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    target: CHROMIUM,
    outDir: join(APP_FOLDER, 'window'),
    emptyOutDir: true,
    // A data: URL would need a hole in the policy of the page
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096,
  },
};

/** The package.json of the app: what Electron reads, and the versions of the packages that are not bundled. */
function writeManifest(): void {
  const { name, productName, version, description, license } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  const manifest = { name, productName, version, description, license, type: 'module', main: 'main.mjs' };
  writeFileSync(join(APP_FOLDER, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** With `watch` the promise is fulfilled after the first round and the builds go on. */
export async function bundle(options: { readonly watch: boolean }): Promise<void> {
  if (!options.watch) rmSync(APP_FOLDER, { recursive: true, force: true });
  const configs = [MAIN, PRELOAD, WINDOW];
  await Promise.all(
    configs.map((config) => build(options.watch ? { ...config, build: { ...config.build, watch: {} } } : config)),
  );
  writeManifest();
  writeLicences(join(APP_FOLDER, 'licences.json'), LOOSE_PACKAGES);
  cpSync(join(ROOT, 'build/icons/tray.png'), join(APP_FOLDER, 'tray.png'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { watch: { type: 'boolean', default: false } } });
  await bundle({ watch: values.watch });
}
