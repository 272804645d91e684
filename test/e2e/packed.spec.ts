import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { type ArchivedFile, readAsar } from '../fixtures/read-asar.ts';
import { launchApp } from '../host/launch.ts';
import { createVault, invoke } from './bridge.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FUSES = Object.values(FuseV1Options).filter((value) => typeof value === 'number');
/** Where Electron's binary keeps its fuses: this text, a version, how many there are, and one letter for each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** All that may be in the archive. */
const ALLOWED: readonly RegExp[] = [
  /^(?:main|digest-worker|desk-worker|token-process|chunk-[\w.-]+)\.mjs$/,
  /^(?:preload\.cjs|package\.json|licences\.json|release-keys\.json|tray\.png)$/,
  /^window\/index\.html$/,
  /^window\/assets\/[\w.-]+\.(?:js|mjs|css|woff2|ttf|pfb|svg|png|wasm|bcmap)$/,
  /^node_modules\/better-sqlite3\/(?:package\.json|LICENSE|lib\/[\w-]+\.js|lib\/methods\/\w+\.js)$/,
  /^node_modules\/better-sqlite3\/prebuilds\/linux(?:musl)?-(?:x64|arm64)\.node$/,
  /^node_modules\/pkcs11js\/(?:package\.json|LICENSE|index\.js|build\/Release\/pkcs11\.node)$/,
  /^node_modules\/@expo-google-fonts\/noto-serif-(?:sc|jp)\/(?:package\.json|LICENSE(?:_FONT)?|(?:400Regular|700Bold)\/\w+\.ttf)$/,
];
const NEEDED = [
  'main.mjs',
  'digest-worker.mjs',
  'desk-worker.mjs',
  'preload.cjs',
  'package.json',
  'licences.json',
  'release-keys.json',
  'window/index.html',
];

/** A stand-in for Electron's distribution: nothing of it runs, its fuses can be set. */
function makeStub(folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const wire = Buffer.concat([
    Buffer.from(SENTINEL),
    Buffer.from([1, FUSES.length]),
    Buffer.from('1'.repeat(FUSES.length)),
  ]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('\x7fELF stand-in '), wire, Buffer.from(' end')]));
  chmodSync(join(folder, 'electron'), 0o755);
  for (const locale of ['zh-CN', 'en-GB', 'en-US', 'de', 'fr'])
    writeFileSync(join(folder, 'locales', `${locale}.pak`), '');
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) writeFileSync(join(folder, name), 'stand-in');
}

function unpack(files: readonly ArchivedFile[], beside: string, target: string): void {
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    if (bytes !== null) writeFileSync(join(target, path), bytes);
  }
  cpSync(beside, target, { recursive: true });
}

let folder: string;
let packed: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexpost-packed-'));
  makeStub(join(folder, 'stub'));
  const output = join(folder, 'out');
  const args = [
    'build/start.mjs',
    'pack',
    '--dir',
    '--built',
    '--electron-dist',
    join(folder, 'stub'),
    '--output',
    output,
  ];
  execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'pipe' });
  packed = join(output, `linux${process.arch === 'x64' ? '' : `-${process.arch}`}-unpacked`);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the archive holds what is needed and nothing else', () => {
  const files = readAsar(join(packed, 'resources/app.asar')).map(({ path }) => path);
  expect(files.filter((path) => !ALLOWED.some((pattern) => pattern.test(path)))).toEqual([]);
  expect(NEEDED.filter((path) => !files.includes(path))).toEqual([]);
  expect(readdirSync(join(packed, 'locales')).sort()).toEqual(['en-GB.pak', 'en-US.pak', 'zh-CN.pak']);
  expect(readdirSync(join(packed, 'resources')).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
  expect(statSync(join(packed, 'resources/app.asar')).size).toBeLessThan(120 * 1024 * 1024);
});

test('every fuse is as build/fuses.ts states it', async () => {
  const { version: _, ...wire } = await getCurrentFuseWire(join(packed, 'lexpost'));
  const isOn = Object.fromEntries(Object.entries(wire).map(([fuse, state]) => [fuse, state === FuseState.ENABLE]));
  expect(isOn).toEqual({
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  });
});

test('the window runs from what was packed', async () => {
  const target = join(folder, 'extracted');
  unpack(readAsar(join(packed, 'resources/app.asar')), join(packed, 'resources/app.asar.unpacked'), target);
  const app = await launchApp({ main: join(target, 'main.mjs') });
  test.info().annotations.push({ type: 'runtime', description: app.runtime });
  try {
    await expect(app.page.getByRole('heading', { name: '开始使用律函' })).toBeVisible();
    expect(await createVault(app.page)).toMatchObject({ ok: true });
    expect(await invoke(app.page, 'vault:state', {})).toMatchObject({ ok: true, value: { state: 'open' } });
    const licences = await invoke(app.page, 'app:licences', {});
    expect(licences.ok && licences.value.items.some(({ name }) => name === 'react')).toBe(true);
  } finally {
    await app.close();
  }
});
