import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Lints `files` (path -> source) in a folder of their own under the project's configuration: "path rule" of each problem. */
function lint(files: Readonly<Record<string, string>>): string[] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lexpost-lint-')));
  try {
    const { vcs: _, ...configuration } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(configuration));
    for (const [path, source] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=github'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return [...stdout.matchAll(/^::error title=lint\/\w+\/(\w+),file=([^,]+),/gm)].map(
      ([, rule, path]) => `${relative(folder, path ?? '')} ${rule}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const REFUSED = {
  noExplicitAny: 'export const x = (y: any): number => y;\n',
  noNonNullAssertion: 'export const x = (y: string | null): number => y!.length;\n',
  useImportType: "import { Y } from './y.ts';\nexport const x = (y: Y): Y => y;\n",
  noConsole: "export const x = (): void => console.log('x');\n",
  noDefaultExport: 'export default 1;\n',
  noFloatingPromises: 'async function f(): Promise<void> {}\nexport function g(): void {\n  f();\n}\n',
  useThrowOnlyError: "export function x(): void {\n  throw 'x';\n}\n",
  noUndeclaredDependencies: "import { x } from 'left-pad';\nexport const y: number = x;\n",
};
const CONSOLE_ROOMS = ['electron/log', 'electron/cli', 'build', 'test'];

describe('linter', () => {
  const refused = Object.entries(REFUSED).map(([rule, source]) => [
    `electron/usecases/${rule.toLowerCase()}.ts`,
    source,
  ]);
  const talking = CONSOLE_ROOMS.map((room) => [`${room}/talk.ts`, REFUSED.noConsole]);
  const problems = lint(Object.fromEntries([...refused, ...talking]));

  test.each(Object.keys(REFUSED))('%s is enforced', (rule) => {
    expect(problems).toContain(`electron/usecases/${rule.toLowerCase()}.ts ${rule}`);
  });

  test.each(CONSOLE_ROOMS)('%s may use the console', (room) => {
    expect(problems.filter((problem) => problem.startsWith(room))).toEqual([]);
  });
});
