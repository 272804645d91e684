/** `npm run check`: types, lint and format, layers. Prints problems and nothing else. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findAllViolations } from './layers.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Runs a tool from node_modules; its output is shown only where it fails. */
function passes(tool: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const script = fileURLToPath(new URL(`../node_modules/${tool}`, import.meta.url));
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('close', (code) => {
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

function keepLayers(): boolean {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  const violations = findAllViolations(listed.split('\0').filter((path) => path.includes('/') && existsSync(path)));
  for (const { path, line, text } of violations) console.log(`${path}:${line} ${text}`);
  return violations.length === 0;
}

const results = await Promise.all([
  passes('typescript/bin/tsc', ['-b']),
  passes('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--max-diagnostics=50']),
  keepLayers(),
]);
process.exitCode = results.every(Boolean) ? 0 : 1;
