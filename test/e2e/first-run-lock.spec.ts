import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { createI18n } from '../../shared/i18n/create-i18n.ts';
import { FIRM } from '../fixtures/fake-bridge/cast.ts';
import { test } from './app-test.ts';
import { invoke } from './bridge.ts';

const PASSPHRASE = '天鹅湖 correct horse 七月';
const { t } = createI18n('zh-CN');

test('a lock in the middle of the first run leaves the recovery key on the screen, or nobody a way back in', async ({
  app,
}) => {
  const { page } = app;
  await page.getByRole('button', { name: t('window.firstRun.choose.create') }).click();
  await page.getByLabel(t('window.office.name')).fill(FIRM.name);
  await page.getByLabel(t('window.office.uscc')).fill(FIRM.id);
  await page.getByLabel(t('window.office.type')).click();
  await page.locator('.ant-select-item-option', { hasText: t(`window.officeType.${FIRM.type}`) }).click();
  await page.getByLabel(t('window.office.region')).fill(FIRM.region);
  await page.getByRole('button', { name: t('window.firstRun.next') }).click();
  await page.getByLabel(t('window.firstRun.passphrase.label')).fill(PASSPHRASE);
  await page.getByLabel(t('window.passphrase.again')).fill(PASSPHRASE);
  await page.getByRole('button', { name: t('window.firstRun.passphrase.create') }).click();
  const key = page.getByRole('list', { name: t('window.firstRun.recoveryKey.label') });
  await key.waitFor();
  const [group = ''] = await key.locator('li > span').allInnerTexts();
  expect(await page.content()).toContain(group);

  await invoke(page, 'vault:lock', {});
  await page.getByLabel(t('window.unlock.passphrase')).waitFor();
  expect(await page.content()).not.toContain(group);
  await page.getByLabel(t('window.unlock.passphrase')).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: t('window.frame.main') }).waitFor();
});

test('a crash of the window’s main process leaves its memory on disk', async ({ app }) => {
  test.skip(process.platform !== 'linux', 'elsewhere dumps are off unless an administrator turns them on');
  const pid = await app.evaluate(() => process.pid, null);
  expect(readFileSync(`/proc/${pid}/coredump_filter`, 'utf8').trim()).toMatch(/^0+$/);
});
