/**
 * Builds what Electron loads into dist/app: `main.mjs` with its workers, `preload.cjs` and `window/`. Everything else runs from source.
 *
 *     node build/start.mjs bundle [--watch]
 */
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  'desk-worker': 'electron/usecases/threads/desk-worker.ts',
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

const describeMain = (folder: string): InlineConfig => ({
  ...COMMON,
  plugins: [workersBesideMain(), leaveOptionalOut(), collectLicences()],
  // Bundled, so that the archive carries no tree of packages; what has machine code stays as it is
  ssr: { noExternal: true, external: [...LOOSE_PACKAGES] },
  build: {
    ssr: true,
    target: NODE,
    outDir: folder,
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      input: { main: join(ROOT, 'electron/main.ts'), ...WORKERS },
      external: ['electron', ...LOOSE_PACKAGES, ...builtinModules, /^node:/],
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunk-[name]-[hash].mjs' },
    },
  },
});

/** One file of CommonJS: a sandboxed preload can require nothing of its own. */
const describePreload = (folder: string): InlineConfig => ({
  ...COMMON,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: CHROMIUM,
    outDir: folder,
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      input: join(ROOT, 'electron/preload.ts'),
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: 'preload.cjs' },
    },
  },
});

/** antd stops the page behind a dialog by a style sheet that the policy of the page refuses; ours sets a class. */
function lockScrollByClass(): Plugin {
  const standIn = '\0lexpost:scroll-lock';
  const own = JSON.stringify(join(ROOT, 'renderer/theme/use-scroll-lock.ts'));
  return {
    name: 'lexpost:lock-scroll-by-class',
    enforce: 'pre',
    resolveId: (id, importer) =>
      id === './useScrollLocker' && /@rc-component\/portal\/es\/[^/]+$/.test(importer ?? '') ? standIn : null,
    load: (id) => (id === standIn ? `export { useScrollLock as default } from ${own};` : null),
  };
}

export const describeWindow = (folder: string): InlineConfig => ({
  ...COMMON,
  root: join(ROOT, 'renderer'),
  base: './',
  plugins: [react(), lockScrollByClass(), collectLicences()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    target: CHROMIUM,
    outDir: join(folder, 'window'),
    emptyOutDir: true,
    // A data: URL would need a hole in the policy of the page
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096,
  },
});

/** The window as it is bundled, for whoever serves it alone. */
export const WINDOW: InlineConfig = describeWindow(APP_FOLDER);

/** The package.json of the app: what Electron reads, and nothing of how it was made. */
function writeManifest(folder: string): void {
  const { name, productName, version, description, license } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  const manifest = { name, productName, version, description, license, type: 'module', main: 'main.mjs' };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** With `watch` the promise is fulfilled after the first round and the builds go on. */
export async function bundle({ watch }: { readonly watch: boolean }): Promise<void> {
  // Built beside and moved as a whole: what runs from the old one must not find half of the new one
  const folder = watch ? APP_FOLDER : `${APP_FOLDER}-${process.pid}`;
  const configs = [describeMain(folder), describePreload(folder), describeWindow(folder)];
  try {
    await Promise.all(
      configs.map((config) => build(watch ? { ...config, build: { ...config.build, watch: {} } } : config)),
    );
    writeManifest(folder);
    writeLicences(join(folder, 'licences.json'), LOOSE_PACKAGES);
    cpSync(join(ROOT, 'build/icons/tray.png'), join(folder, 'tray.png'));
    cpSync(join(ROOT, 'build/release-keys.json'), join(folder, 'release-keys.json'));
    if (watch) return;
    rmSync(APP_FOLDER, { recursive: true, force: true });
    renameSync(folder, APP_FOLDER);
  } finally {
    if (!watch) rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { watch: { type: 'boolean', default: false } } });
  await bundle({ watch: values.watch });
}
