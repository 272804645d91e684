/** What npm's scripts call, on whatever Node is there: sets up, then starts the target on the project's own Node. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setup } from './setup.mjs';

/** @type {Readonly<Record<string, readonly string[]>>} target -> suites whose foreign tools it wants */
const SUITES = { test: ['unit', 'integration', 'transports', 'interop', 'e2e'], bench: ['bench', 'transports'] };

const NAMES_FILES = new Set(['lexpost', 'demo']);

const [target = '', ...given] = process.argv.slice(2);
setup(given.includes('--quick') ? [] : (SUITES[target] ?? []));

const ownNode = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
const runtime = [ownNode, `${ownNode}.exe`].find((path) => existsSync(path)) ?? process.execPath;
const child = spawn(runtime, [fileURLToPath(new URL('./start.mjs', import.meta.url)), target, ...given], {
  stdio: 'inherit',
  // npm runs scripts in the project: files that a person names are meant from where they stand
  ...(NAMES_FILES.has(target) && process.env['INIT_CWD'] !== undefined ? { cwd: process.env['INIT_CWD'] } : {}),
});
process.on('SIGINT', () => child.kill('SIGINT'));
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
});
