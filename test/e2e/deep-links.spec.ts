import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { launchSecond } from '../host/launch-second.ts';
import { test } from './app-test.ts';
import { createVault, invoke } from './bridge.ts';
import { specFolder } from './spec-folder.ts';

const file = join(specFolder(), 'received.lexpost.p7m');
test.beforeAll(() => writeFileSync(file, 'not a package'));

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

test('what a person sees: a question that names the files, and a report once they said so', async ({ app }) => {
  const { page } = app;
  expect(await createVault(page)).toMatchObject({ ok: true });
  await page.reload();
  await page.getByRole('navigation', { name: '主导航' }).waitFor();
  const asked = page.getByRole('dialog', { name: '其他程序交来文件' });

  expect(await launchSecond(app, REFUSED)).toBe(0);
  expect(await launchSecond(app, [`lexpost://import?file=${encodeURIComponent(file)}`])).toBe(0);
  await expect(asked).toBeVisible();
  await expect(asked.locator('.document-row')).toHaveCount(1);
  await expect(asked.getByRole('button', { name: '不处理' })).toBeFocused();
  await asked.getByRole('button', { name: '不处理' }).click();
  await expect(asked).toBeHidden();
  await expect(page.getByRole('link', { name: '首页' })).toHaveAttribute('aria-current', 'page');

  expect(await launchSecond(app, [file])).toBe(0);
  await asked.getByRole('button', { name: '核验' }).click();
  await expect(page.getByRole('heading', { name: '核验报告' })).toBeVisible();
  await expect(page.getByText('received.lexpost.p7m').first()).toBeVisible();
  const inbox = await invoke(page, 'inbox:list', { limit: 10, after: null });
  expect(inbox).toMatchObject({ ok: true, value: { items: [] } });
});

test('while locked, files wait behind the lock, and the screen does not name them', async ({ app }) => {
  const { page } = app;
  expect(await createVault(page)).toMatchObject({ ok: true });
  await invoke(page, 'vault:lock', {});
  await page.reload();
  expect(await launchSecond(app, [file])).toBe(0);
  await expect(page.getByRole('textbox')).toBeVisible();
  await expect(page.getByText('received.lexpost.p7m')).toHaveCount(0);
  await page.getByRole('textbox').fill('correct horse battery staple lantern');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: '其他程序交来文件' })).toBeVisible();
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
