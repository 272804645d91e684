/** The one way into everything that runs TypeScript from source: node build/start.mjs TARGET [ARGUMENT …] */
import './require-node.mjs';
import { fileURLToPath } from 'node:url';

const COMMAND = ['../electron/cli/main.ts'];
/** @type {Readonly<Record<string, readonly string[]>>} target -> module and its first arguments */
const TARGETS = {
  lexpost: COMMAND,
  demo: [...COMMAND, 'demo'],
  test: ['./test.ts'],
  check: ['./check.ts'],
  bench: ['../test/bench/run.ts'],
  fuzz: ['../test/fuzz/run.ts'],
  bundle: ['./bundle.ts'],
  start: ['./start-electron.ts'],
  pack: ['./pack.ts'],
  'sign-release': ['./sign-release.ts'],
  'sign-viewer': ['./sign-viewer.ts'],
  screenshots: ['../test/host/screenshots.ts'],
  preview: ['../test/host/preview.ts'],
  'evidence-viewer': ['./evidence-viewer.ts'],
};

const [target = '', ...given] = process.argv.slice(2);
const [module, ...first] = TARGETS[target] ?? [];
if (module === undefined) {
  process.stderr.write(`usage: start.mjs ${Object.keys(TARGETS).join(' | ')}\n`);
  process.exit(2);
}
const entry = new URL(module, import.meta.url);
process.argv.splice(1, process.argv.length, fileURLToPath(entry), ...first, ...given);
await import(entry.href);
