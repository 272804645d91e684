import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findViolations, ROOMS, WRAPPED } from '../../../build/layers.ts';

/** The specifier by which a file directly in `from` reaches a file of `to`. */
function specifier(from: string, to: string): string {
  const up = from.endsWith('.ts') ? from.split('/').length - 1 : from.split('/').length;
  return `${'../'.repeat(up)}${to.endsWith('.ts') ? to : `${to}/x.ts`}`.replace(/^(?!\.)/, './');
}

const fileIn = (room: string) => (room.endsWith('.ts') ? room : `${room}/a.ts`);
const texts = (room: string, line: string) => findViolations(fileIn(room), line).map(({ text }) => text);
const allowed = (from: string, to: string) => ROOMS.find(({ room }) => room === from)?.mayImport.includes(to);

/** Every arrow that the architecture draws; the table of rooms must say neither more nor less. */
const FORBIDDEN: readonly (readonly [string, string])[] = [
  ['electron/pki', 'electron/packages'],
  ['electron/pki', 'electron/usecases'],
  ['electron/packages', 'electron/vault'],
  ['electron/packages', 'electron/exchange'],
  ['electron/packages', 'electron/usecases'],
  ['electron/vault', 'electron/exchange'],
  ['electron/vault', 'electron/packages'],
  ['electron/vault', 'electron/pki'],
  ['electron/vault', 'renderer'],
  ['electron/exchange', 'electron/vault'],
  ['electron/exchange', 'electron/packages'],
  ['electron/exchange', 'renderer'],
  ['electron/files', 'electron/log'],
  ['electron/files', 'electron/vault'],
  ['electron/log', 'electron/usecases'],
  ['electron/usecases', 'electron/ipc'],
  ['electron/usecases', 'electron/cli'],
  ['electron/ipc', 'electron/vault'],
  ['electron/cli', 'electron/exchange'],
  ['electron/cli', 'electron/ipc'],
  ['electron/workers', 'electron/vault'],
  ['electron/preload.ts', 'electron/ipc'],
  ['renderer', 'electron/usecases'],
  ['shared', 'electron/files'],
  ['shared', 'renderer'],
  ['electron/usecases', 'test'],
  ['electron/usecases', 'build'],
];

describe('layers inside the window', () => {
  test('a screen may import its own files and no other screen', () => {
    const judge = (line: string) => findViolations('renderer/features/home/home.tsx', line).map(({ text }) => text);
    expect(judge("import { x } from './groups.ts';")).toEqual([]);
    expect(judge("import { x } from '../matters/columns.tsx';")).toEqual([
      'renderer/features keeps home and matters apart: ../matters/columns.tsx',
    ]);
  });

  test('only bridge.ts touches what the preload exposes', () => {
    const line = 'const value = await window.lexpost.invoke();';
    expect(findViolations('renderer/bridge.ts', line)).toEqual([]);
    expect(findViolations('renderer/ui/status.tsx', line)).toHaveLength(1);
    expect(findViolations('renderer/app.tsx', line)).toHaveLength(1);
  });
});

describe('layers between rooms', () => {
  test.each(FORBIDDEN)('%s may not import %s', (from, to) => {
    expect(texts(from, `import { x } from '${specifier(from, to)}';`)).toEqual([
      `${from} may not import ${to}: ${specifier(from, to)}`,
    ]);
  });

  const pairs = ROOMS.flatMap((from) => ROOMS.filter((to) => to !== from).map((to) => [from.room, to.room] as const));
  test.each(pairs.filter(([from]) => from !== 'test'))('%s → %s is judged by the table', (from, to) => {
    const found = texts(from, `import { x } from '${specifier(from, to)}';`);
    expect(found.length).toBe(allowed(from, to) ? 0 : 1);
  });

  test('a file outside every room is refused', () => {
    expect(findViolations('electron/misc/a.ts', '')).toHaveLength(1);
  });

  test.each([
    "import type { X } from '../packages/x.ts';",
    "import {\n  a,\n  b,\n} from '../packages/x.ts';",
    "import '../packages/x.ts';",
    "export { x } from '../packages/x.ts';",
    "export type { X } from '../packages/x.ts';",
    "const x = await import('../packages/x.ts');",
    "type X = import('../packages/x.ts').X;",
    "const x = createRequire(import.meta.url); require('../packages/x.ts');",
    "new Worker(new URL('../packages/x.ts', import.meta.url));",
  ])('sees the import in %j', (line) => {
    expect(texts('electron/vault', line)).toEqual([
      'electron/vault may not import electron/packages: ../packages/x.ts',
    ]);
  });

  test('names the line', () => {
    expect(findViolations('electron/vault/a.ts', "\n\nimport '../packages/x.ts';\n")[0]?.line).toBe(3);
  });
});

describe('layers towards the outside', () => {
  test.each(['shared', 'renderer', 'electron/preload.ts'])('%s knows no Node', (room) => {
    expect(texts(room, "import { readFile } from 'node:fs/promises';")).toEqual([
      `${room} knows no Node: node:fs/promises`,
    ]);
    expect(texts(room, "import fs from 'fs';")).toEqual([`${room} knows no Node: fs`]);
  });

  const withElectron = ['electron/main.ts', 'electron/preload.ts', 'electron/shell', 'electron/ipc', 'test'];
  test.each(ROOMS.map(({ room }) => room))('%s imports electron only where it may', (room) => {
    const found = texts(room, "import { app } from 'electron';");
    expect(found).toEqual(withElectron.includes(room) ? [] : [`${room} knows no Electron: electron`]);
  });

  test.each(['electron/main.ts', 'electron/preload.ts', 'electron/shell'])(
    '%s leaves ipcMain to electron/ipc',
    (room) => {
      expect(texts(room, "import { ipcMain } from 'electron';")).toHaveLength(1);
      expect(texts(room, "import * as all from 'electron';\nall.ipcMain.handle('x', run);")).toHaveLength(1);
    },
  );

  test('electron/ipc may use ipcMain', () => {
    expect(texts('electron/ipc', "import { ipcMain } from 'electron';")).toEqual([]);
  });

  test.each(Object.entries(WRAPPED))('%s is imported by %s alone', (name, owners) => {
    for (const owner of owners) expect(texts(owner, `import x from '${name}';`)).toEqual([]);
    expect(texts('electron/usecases', `import x from '${name}';`)).toEqual([
      `electron/usecases leaves ${name} to ${owners.join(' and ')}: ${name}`,
    ]);
  });
});

describe('layers of the house as it stands', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const folders = ['shared', 'electron', 'renderer', 'build'].filter((folder) => existsSync(join(root, folder)));
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => `${folder}/${String(name).replaceAll('\\', '/')}`)
      .filter((path) => /\.(?:ts|tsx|mjs)$/.test(path)),
  );

  test('no file imports what its room may not', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap((path) => findViolations(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  test.each(['setup.mjs', 'run.mjs', 'require-node.mjs', 'start.mjs', 'lexpost.mjs'])(
    'build/%s imports nothing that has to be installed or compiled',
    (name) => {
      const imports = [...readFileSync(join(root, 'build', name), 'utf8').matchAll(/^import .*?'([^']+)';$/gm)];
      expect(
        imports.map(([, specifier]) => specifier ?? '').filter((one) => !/^node:|^\.\/.*\.mjs$/.test(one)),
      ).toEqual([]);
    },
  );
});
