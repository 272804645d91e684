import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Office } from '../../shared/model/office-card.ts';
import { onePagePdf } from '../fixtures/fake-bridge/pdf.ts';
import { choose, field, introduce, type OfficeWindow, openOffice, settle, signAndSend } from './office-window.ts';

/** Two offices, each a process with its own vault and window, and a folder between them. */

const FIRM = {
  id: '31340000MD0000001T',
  name: '安徽示例律师事务所',
  type: 'law-firm',
  region: '340100',
} as unknown as Office;
const PROCURATORATE = {
  id: '11310000MB0000002F',
  name: '上海示例人民检察院',
  type: 'procuratorate',
  region: '310000',
} as unknown as Office;

const folder = mkdtempSync(join(tmpdir(), 'lexpost-offices-'));
const paper = (name: string): string => {
  const path = join(folder, name);
  writeFileSync(path, onePagePdf(name.replace('.pdf', '')));
  return path;
};

let firm: OfficeWindow;
let office: OfficeWindow;
test.beforeAll(async () => {
  mkdirSync(join(folder, 'share'));
  firm = await openOffice(FIRM, '张三');
  office = await openOffice(PROCURATORATE, '案管示例');
  await introduce(firm, office, folder);
  await introduce(office, firm, folder);
});
test.afterAll(async () => {
  await firm?.app.close();
  await office?.app.close();
  rmSync(folder, { recursive: true, force: true });
});

async function attach({ app, page }: OfficeWindow, slot: string, name: string): Promise<void> {
  await app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [paper(name)] });
  await page.locator(`#slot-${slot} .slot-drop`).click();
  await page.locator(`#slot-${slot} .digest`).waitFor();
}

test('a request is drafted with its papers, signed and sent; the other office reads it and asks for more; the firm answers', async () => {
  const { page } = firm;
  await page.getByRole('link', { name: '新建请求' }).click();
  await page.getByRole('button', { name: /律师异地阅卷/ }).click();
  await page.getByRole('button', { name: '添加律师' }).click();
  await field(page, 'lawyers.0.name').fill('张三');
  await field(page, 'lawyers.0.licence').fill('13401201810123456');
  await field(page, 'lawyers.0.firm').fill(FIRM.name);
  await field(page, 'lawyers.0.phone').fill('0551-60000000');
  await choose(page, 'role', '辩护人');
  await choose(page, 'basis', '委托');
  await field(page, 'party.name').fill('李四');
  await choose(page, 'party.standing', '犯罪嫌疑人');
  await field(page, 'charge').fill('诈骗罪');
  await choose(page, 'stage', '审查起诉');
  await choose(page, 'mode', '异地');
  await page.getByRole('checkbox', { name: '查阅' }).check();
  await choose(page, 'to', PROCURATORATE.name);
  await attach(firm, 'lawyer-licence', '律师执业证.pdf');
  await attach(firm, 'firm-letter', '律师事务所证明.pdf');
  await attach(firm, 'authority', '委托书.pdf');
  await signAndSend(firm);
  await page.getByRole('article', { name: '申请阅卷' }).waitFor();
  await settle(firm, office, firm);
  await page.getByText('对方已签收').waitFor();

  const theirs = office.page;
  await theirs.getByRole('link', { name: /收件箱/ }).click();
  await theirs.locator('.inbox-row', { hasText: '李四' }).click();
  await theirs.getByRole('button', { name: '律师执业证.pdf' }).click();
  await theirs.getByRole('dialog').getByText('律师执业证').last().waitFor({ state: 'attached' });
  await theirs.keyboard.press('Escape');
  await theirs.getByRole('button', { name: '打开事项' }).click();
  await theirs.getByRole('button', { name: '通知补正…' }).click();
  await field(theirs, 'items.0.item').fill('委托书');
  await field(theirs, 'items.0.wanted').fill('补交原件扫描件');
  await field(theirs, 'by').fill('2027-01-08');
  await choose(theirs, 'effect', '不影响期限');
  await signAndSend(office);
  await settle(office, firm, office);

  await page.getByRole('article', { name: '通知补正' }).waitFor();
  await page.getByRole('button', { name: '补正…' }).click();
  await field(page, 'answers.0.item').fill('委托书');
  await attach(firm, 'supplement', '委托书原件扫描.pdf');
  await signAndSend(firm);
  await settle(firm, office, firm);

  const acts = (window: OfficeWindow) =>
    window.page.locator('[data-message]').evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label')));
  await expect.poll(() => acts(office)).toEqual(['补正', '通知补正', '申请阅卷']);
  await expect.poll(() => acts(firm)).toEqual(['补正', '通知补正', '申请阅卷']);

  await page.getByRole('button', { name: '送达证明' }).click();
  await page.getByRole('dialog', { name: /送达/ }).locator('canvas').first().waitFor();
});
