import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './app-test.ts';
import { createVault, invoke } from './bridge.ts';

test('a file is judged as of now although the person typed a time that is still to come', async ({ app }) => {
  const { page } = app;
  const file = join(app.userData, 'contract.txt');
  writeFileSync(file, 'no container');
  expect(await createVault(page)).toMatchObject({ ok: true });
  await page.reload();
  await page.getByRole('link', { name: '核验' }).click();
  const time = page.locator('input[type=datetime-local]');
  const choose = async (): Promise<void> => {
    await app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [file] });
    await page.locator('.verify-drop').click();
  };

  await time.fill('2099-01-01T00:00');
  await choose();
  await expect(page.getByRole('alert')).toContainText('不晚于现在');
  await expect(page.getByRole('heading', { name: '核验报告' })).toHaveCount(0);

  await time.fill('');
  await choose();
  await expect(page.getByRole('heading', { name: '核验报告' })).toBeVisible();
  const jobs = await invoke(page, 'job:list', {});
  expect(jobs.ok && jobs.value.items.filter(({ kind }) => kind === 'verify'), 'the second alone').toHaveLength(1);
});
