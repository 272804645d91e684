/**
 * node test/host/run.ts MAIN [ARGUMENT …]
 *
 * Runs a built main file as Electron would, with the module `electron` replaced by the host (README.md beside this file).
 */
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const host = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: host, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
const { start } = await import('./electron.ts');
// As Electron: the executable, then the app
process.argv.splice(1, 1);
await import(pathToFileURL(resolve(process.argv[1] ?? '')).href);
await start();
