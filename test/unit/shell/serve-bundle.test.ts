import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ protocol: {} }));
const { findBundled, serveBundle } = await import('../../../electron/shell/serve-bundle.ts');

const root = mkdtempSync(join(tmpdir(), 'lexpost-bundle-'));
const folder = join(root, 'window');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(root, 'main.js'), 'secret');
writeFileSync(join(folder, 'index.html'), '<meta nonce="LEXPOST-NONCE"><link nonce="LEXPOST-NONCE">');
writeFileSync(join(folder, 'assets/a.js'), '1');
writeFileSync(join(folder, 'assets/notes.txt'), 'not part of a build');
afterAll(() => rmSync(root, { recursive: true }));

const serve = (url: string, method = 'GET') => serveBundle(folder, { url, method }, () => 'n0nce');

test('the page gets a policy with the nonce that its styles carry', async () => {
  const response = await serve('app://bundle/index.html');
  expect(await response.text()).toBe('<meta nonce="n0nce"><link nonce="n0nce">');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("style-src 'self' 'nonce-n0nce'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
});

test.each(['index.html', 'assets/a.js'])('%s is served without sniffing, sharing or caching', async (path) => {
  const { status, headers } = await serve(`app://bundle/${path}`);
  expect(status).toBe(200);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(headers.get('cache-control')).toBe('no-store');
});

test.each([
  'app://bundle/../main.js',
  'app://bundle/assets/../../main.js',
  'app://bundle/%2e%2e/main.js',
  'app://bundle/%2e%2e%2fmain.js',
  'app://bundle/..%5cmain.js',
  'app://bundle/assets/..%2f..%2fmain.js',
  'app://bundle//main.js',
  'app://bundle/index.html%00.js',
  'app://bundle/assets/notes.txt',
  'app://bundle/assets/',
  'app://bundle/',
  'app://bundle/none.js',
  'app://bundle.example/index.html',
  'app://user@bundle/index.html',
  'app://bundle:80/index.html',
  'app://other/index.html',
  'file:///etc/passwd',
  'https://bundle/index.html',
  'no address',
])('%s is not found', async (url) => {
  const response = await serve(url);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('');
});

test('nothing is taken from the page', async () => {
  for (const method of ['POST', 'PUT', 'HEAD', 'OPTIONS'])
    expect((await serve('app://bundle/index.html', method)).status).toBe(404);
});

test('an address stays inside the folder, whatever it is called', () => {
  symlinkSync(root, join(folder, 'assets/up'));
  for (const url of ['app://bundle/a/b/c.js', 'app://bundle/.../x.js', 'app://bundle/....//x.js']) {
    const found = findBundled(folder, url);
    expect(found === null || found.startsWith(`${folder}/`)).toBe(true);
  }
});
