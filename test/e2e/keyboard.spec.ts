import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { FIRM, PROCURATORATE } from '../fixtures/fake-bridge/cast.ts';
import { onePagePdf } from '../fixtures/fake-bridge/pdf.ts';
import { keepReviewPair } from './office-pair.ts';
import { actName, field, optionName, picture, TODAY } from './office-steps.ts';
import { type OfficeWindow, settle } from './office-window.ts';

/** From the locked window to a request that is signed and sent, and at the other office from the inbox to the answer: no pointer touches either window. */

const REVIEW = 'file-review';
/** More stops than any screen has. */
const STOPS = 150;

let firm: OfficeWindow;
let office: OfficeWindow;
test.describe.configure({ mode: 'serial' });
const folder = keepReviewPair(async (one, other) => {
  [firm, office] = [one, other];
  for (const { page } of [one, other]) {
    await page.evaluate(() => {
      for (const type of ['pointerdown', 'mousedown', 'touchstart', 'wheel']) {
        addEventListener(type, () => document.documentElement.setAttribute('data-pointer', type), true);
      }
    });
  }
});

test.afterEach(async () => {
  for (const { page } of [firm, office]) expect(await page.locator('html').getAttribute('data-pointer')).toBeNull();
});

/** Tab, as often as it takes; what Tab does not come to cannot be used. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  for (let stop = 0; stop < STOPS; stop++) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no stop of Tab: ${target}`);
}

async function press(page: Page, name: string | RegExp, within: Page | Locator = page): Promise<void> {
  await tabTo(page, within.getByRole('button', { name }));
  await page.keyboard.press('Enter');
}

async function type(window: OfficeWindow, path: string, text: string): Promise<void> {
  await tabTo(window.page, field(window, path));
  await window.page.keyboard.insertText(text);
}

async function pick(window: OfficeWindow, path: string, option: string): Promise<void> {
  const { page } = window;
  await tabTo(page, field(window, path));
  await page.keyboard.press('ArrowDown');
  const active = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active');
  await active.waitFor();
  for (let step = 0; step < 30 && (await active.textContent()) !== option; step++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await active.waitFor({ state: 'detached' }).catch(() => {});
}

/** A day as a person types it, part by part, in the order that the field shows: that is the system's. */
async function typeDay(window: OfficeWindow, path: string, day: string): Promise<void> {
  const { page } = window;
  const input = field(window, path);
  await tabTo(page, input);
  const [year = '', month = '', date = ''] = day.split('-');
  for (const order of [
    [year, month, date],
    [month, date, year],
    [date, month, year],
  ]) {
    for (let part = 0; part < 3; part++) await page.keyboard.press('ArrowLeft');
    for (const part of order) {
      await page.keyboard.type(part);
      if (part === year) await page.keyboard.press('ArrowRight');
    }
    if ((await input.inputValue()) === day) return;
  }
  await expect(input).toHaveValue(day);
}

async function reviewAndSign({ app, page, passphrase, t }: OfficeWindow): Promise<void> {
  await expect(page.getByRole('complementary', { name: t('window.compose.envelope') })).toContainText(
    t('window.compose.canSign'),
  );
  await page.keyboard.press('Control+Enter');
  const review = page.getByRole('dialog', { name: t('window.review.title') });
  await tabTo(page, review.getByLabel(t('window.passphrase.signing')));
  await page.keyboard.insertText(passphrase);
  await app.queueAnswer('showMessageBox', { response: 1 });
  await page.keyboard.press('Enter');
  await review.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: t('window.matter.timeline') }).waitFor();
}

test('the window is unlocked, a request filled in with its papers, reviewed, signed and sent', async () => {
  const { app, page, passphrase, t } = firm;
  await page.keyboard.press('Control+l');
  await page.getByLabel(t('window.unlock.passphrase'), { exact: true }).waitFor();
  await page.keyboard.insertText(passphrase);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: t('window.frame.main') }).waitFor();

  await page.keyboard.press('Control+n');
  await press(page, /律师异地阅卷/);
  await press(page, '添加律师');
  await type(firm, 'lawyers.0.name', '张三');
  await type(firm, 'lawyers.0.licence', '13401201810123456');
  await type(firm, 'lawyers.0.firm', FIRM.name);
  await type(firm, 'lawyers.0.phone', '0551-60000000');
  await pick(firm, 'role', optionName(firm, REVIEW, 'role', 'defender'));
  await pick(firm, 'basis', optionName(firm, REVIEW, 'basis', 'entrusted'));
  await type(firm, 'party.name', '李四');
  await pick(firm, 'party.standing', optionName(firm, REVIEW, 'party.standing', 'suspect'));
  await type(firm, 'charge', '诈骗罪');
  await pick(firm, 'stage', optionName(firm, REVIEW, 'stage', 'prosecution-review'));
  await pick(firm, 'mode', optionName(firm, REVIEW, 'mode', 'remote'));
  await tabTo(page, page.getByRole('checkbox', { name: '查阅' }));
  await page.keyboard.press('Space');
  for (const [slot, name] of [
    ['lawyer-licence', '律师执业证.pdf'],
    ['firm-letter', '律师事务所证明.pdf'],
    ['authority', '委托书.pdf'],
  ] as const) {
    const path = join(folder, name);
    writeFileSync(path, onePagePdf(name));
    await app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [path] });
    await tabTo(page, page.locator(`#slot-${slot} .slot-drop`));
    await page.keyboard.press('Enter');
    await page.locator(`#slot-${slot} .digest`).waitFor();
  }
  await pick(firm, 'to', `${PROCURATORATE.name}上海 · ${t('window.officeType.procuratorate')}`);
  await picture(page, 'keyboard-filled');
  await reviewAndSign(firm);
  await settle(firm, office, firm);
  await page.getByText(t('window.track.delivered')).waitFor();
});

test('the other office opens it from its inbox, looks at a paper, and answers', async () => {
  const { page, t } = office;
  await page.keyboard.press('Control+3');
  await tabTo(page, page.locator('.inbox-row', { hasText: '李四' }));
  await page.keyboard.press('Enter');
  await press(page, t('window.matters.openMatter'));
  await page.getByRole('region', { name: t('window.matter.timeline') }).waitFor();
  await press(page, '律师执业证.pdf', page.getByRole('article', { name: '申请阅卷' }));
  const preview = page.getByRole('dialog', { name: '律师执业证.pdf' });
  await preview.locator('canvas').first().waitFor();
  await page.keyboard.press('Escape');
  await preview.waitFor({ state: 'detached' });

  await press(page, t('window.matter.act', { act: actName(office, REVIEW, 'granted') }));
  await typeDay(office, 'on', TODAY);
  await reviewAndSign(office);
  await settle(office, firm, office);
  await firm.page.getByRole('article', { name: '准予阅卷' }).waitFor();
});
