/** `npm start`: builds the app and starts it in Electron. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { APP_FOLDER, bundle } from './bundle.ts';

const HOW_TO_GET_IT = `Electron's binary is not installed: npm brings the package only, and its install script is not run by itself. To get it:

    node node_modules/electron/install.js

It downloads from Electron's releases, or from the mirror that ELECTRON_MIRROR names, and compares digests with the package's own list.
Without it, "npm run preview" shows the same window in the Chromium of this system.`;

/** @returns null where nobody has fetched it */
function findBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const named = join(folder, 'path.txt');
  const binary = existsSync(named) ? join(folder, 'dist', readFileSync(named, 'utf8').trim()) : null;
  return binary !== null && existsSync(binary) ? binary : null;
}

const binary = findBinary();
if (binary === null) {
  console.error(HOW_TO_GET_IT);
  process.exitCode = 5;
} else {
  await bundle({ watch: false });
  const child = spawn(binary, [APP_FOLDER, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = await new Promise<number>((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
