import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { launchSecond } from '../host/launch-second.ts';
import { test } from './app-test.ts';
import { invoke } from './bridge.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexpost-links-'));
const file = join(folder, 'received.lexpost.p7m');
writeFileSync(file, 'not a package');

const REFUSED = [
  'lexpost://sign?draft=1',
  'lexpost://import/sign?file=%2Ftmp%2Fx.p7m',
  `lexpost://import?file=${encodeURIComponent(file)}&act=sign`,
  `lexpost://import?file=${encodeURIComponent(file)}&file=${encodeURIComponent(file)}`,
  'lexpost://import?file=%5C%5Cserver%5Cshare%5Cx.p7m',
  'lexpost://import?file=%2F%2Fserver%2Fshare%2Fx.p7m',
  'lexpost://import?file=relative.p7m',
  'lexpost://import?file=%2Fetc%2Fpasswd',
  `lexpost://import?file=${encodeURIComponent('https://example.com/x.p7m')}`,
  'javascript:alert(1)',
  '--accept=all',
];

test('a second start hands over its files and ends; a link that carries more than a file is nothing', async ({
  app,
}) => {
  await app.page.evaluate(() => {
    const counts: number[] = [];
    Object.assign(window, { counts });
    window.lexpost.on('app:proposals-came', ({ count }) => counts.push(count));
  });
  expect(await launchSecond(app, REFUSED)).toBe(0);
  expect(await invoke(app.page, 'app:take-proposals', {})).toEqual({ ok: true, value: { files: [] } });

  expect(await launchSecond(app, [`lexpost://import?file=${encodeURIComponent(file)}`, file])).toBe(0);
  await expect.poll(() => app.page.evaluate(() => (window as unknown as { counts: number[] }).counts)).toEqual([2]);
  const taken = await invoke(app.page, 'app:take-proposals', {});
  expect(taken).toMatchObject({ ok: true, value: { files: [{ name: 'received.lexpost.p7m' }, { size: 13 }] } });
  // Each is shown once
  expect(await invoke(app.page, 'app:take-proposals', {})).toEqual({ ok: true, value: { files: [] } });
});

test.describe('started by a double click', () => {
  test.use({ launch: { args: [file] } });
  test('the file is proposed when the window asks', async ({ app }) => {
    expect(await invoke(app.page, 'app:take-proposals', {})).toMatchObject({
      ok: true,
      value: { files: [{ name: 'received.lexpost.p7m' }] },
    });
  });
});
