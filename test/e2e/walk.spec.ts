import { expect, type Page } from '@playwright/test';
import { test } from './app-test.ts';
import { createVault, invoke } from './bridge.ts';

/** Through every screen that an office without a matter has, and whatever opens over it; app-test.ts holds that the policy of the page refused nothing on the way. */

const RAIL = ['事项', '收件箱', '签名夹', '通讯录', '核验', '审计日志', '设置', '首页'];

/** Everything in view that opens something over the page is opened, and closed again. */
async function openAll(page: Page): Promise<number> {
  const openers = page.locator(
    'main [role="combobox"]:visible, main [aria-haspopup]:visible, main button:visible:has-text("…")',
  );
  const count = await openers.count();
  let opened = 0;
  for (let index = 0; index < count; index++) {
    const opener = openers.nth(index);
    if (!(await opener.isVisible())) continue;
    await opener.click({ timeout: 2_000, force: true });
    await page.waitForTimeout(60);
    opened += 1;
    await page.keyboard.press('Escape');
    await page
      .locator('.ant-modal-wrap:visible')
      .waitFor({ state: 'detached', timeout: 2_000 })
      .catch(() => {});
    const back = page.getByRole('dialog').getByRole('button', { name: '返回' });
    if (await back.isVisible()) await back.click();
  }
  return opened;
}

test('every screen, every dialog and every list, from an office without a matter to the lock', async ({ app }) => {
  const { page } = app;
  // Whatever a button wants to choose or write: every dialog of the system is closed
  await app.evaluate(({ dialog }) => {
    const closed = async () => ({ canceled: true, filePaths: [], filePath: '' });
    Object.assign(dialog, { showOpenDialog: closed, showSaveDialog: closed });
  }, null);
  expect(await createVault(page)).toMatchObject({ ok: true });
  await page.reload();
  await page.getByRole('navigation', { name: '主导航' }).waitFor();

  let opened = 0;
  for (const name of RAIL) {
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name }).click();
    await page.locator('h1').first().waitFor();
    opened += await openAll(page);
  }
  await page.getByRole('link', { name: '设置' }).click();
  const sections = page.getByRole('navigation', { name: '设置分类' }).getByRole('link');
  await sections.first().waitFor();
  for (const section of await sections.all()) {
    const name = (await section.textContent()) ?? '';
    await section.click();
    await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
    opened += await openAll(page);
  }
  await page.getByRole('link', { name: '新建请求' }).click();
  await page.getByRole('button', { name: /律师异地阅卷/ }).click();
  await page.locator('[id="f-charge"]').waitFor();
  opened += await openAll(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  expect(opened).toBeGreaterThan(20);

  await invoke(page, 'vault:lock', {});
  await page.getByLabel('主口令', { exact: true }).waitFor();
  await page.getByRole('button', { name: '用恢复密钥打开' }).click();
  await page.getByRole('textbox').first().fill('7QXM-K4PD-W2RT');
});
