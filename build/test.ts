/**
 * `npm test`: every suite, one after another, each in its own process. The last line is exactly "N passed, N failed, N skipped";
 * the status is not 0 where a test failed, a suite broke off or nothing ran.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SUITES, type Suite } from './suites.ts';
import type { SuiteCounts } from './summary-reporter.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** A suite that goes on for so long hangs. Milliseconds. */
const LONGEST_SUITE = 45 * 60_000;
const BROKEN_OFF: SuiteCounts = { passed: 0, failed: 1, skipped: 0 };

function hasTests(suite: Suite): boolean {
  const folder = join(ROOT, 'test', suite.folder ?? suite.name);
  const ending = suite.runner === 'playwright' ? '.spec.ts' : '.test.ts';
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith(ending));
}

function argumentsOf(suite: Suite): readonly string[] {
  if (suite.runner === 'playwright') {
    return ['node_modules/@playwright/test/cli.js', 'test', '--config', 'build/playwright.config.ts'];
  }
  const project = ['--config', 'build/vitest.config.ts', '--project', suite.name, '--passWithNoTests'];
  return ['node_modules/vitest/vitest.mjs', 'run', ...project, '--reporter', './build/summary-reporter.ts'];
}

function runTests(suite: Suite, countsFile: string, filters: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [...argumentsOf(suite), ...filters], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, LEXPOST_COUNTS: countsFile, NO_COLOR: '1' },
    timeout: LONGEST_SUITE,
    killSignal: 'SIGKILL',
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code));
  });
}

async function runSuite(suite: Suite, folder: string, filters: readonly string[]): Promise<SuiteCounts> {
  const started = performance.now();
  const countsFile = join(folder, `${suite.name}.json`);
  const code = await runTests(suite, countsFile, filters);
  const counts: SuiteCounts = existsSync(countsFile) ? JSON.parse(readFileSync(countsFile, 'utf8')) : BROKEN_OFF;
  if (code !== 0 && counts.failed === 0) {
    console.log(`  ${suite.name} broke off with status ${code}`);
    return { ...counts, failed: 1 };
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const { passed, failed, skipped } = counts;
  console.log(`${suite.name}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds} s`);
  return counts;
}

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, suite: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const chosen = SUITES.filter(
  (suite) => hasTests(suite) && (values.suite?.includes(suite.name) ?? (!values.quick || suite.quick !== false)),
);
const folder = mkdtempSync(join(tmpdir(), 'lexpost-test-'));
const all: SuiteCounts[] = [];
for (const suite of chosen) {
  const quickPaths = values.quick && typeof suite.quick !== 'boolean' ? suite.quick : [];
  all.push(await runSuite(suite, folder, [...quickPaths, ...positionals]));
}
rmSync(folder, { recursive: true, force: true });

const sum = (key: keyof SuiteCounts) => all.reduce((total, counts) => total + counts[key], 0);
const ranNothing = sum('passed') + sum('failed') === 0;
if (ranNothing) console.log('No test ran.');
process.exitCode = ranNothing || sum('failed') > 0 ? 1 : 0;
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
