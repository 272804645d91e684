import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createCa } from '../../electron/pki/issue/create-ca.ts';
import { officeName } from '../../electron/pki/issue/create-identity.ts';
import { FIRM } from '../fixtures/fake-bridge/cast.ts';
import { certifyInToken, createSoftTokens, PIN, SOFT_MODULE, TOKEN_TOOLS } from '../fixtures/soft-token.ts';
import { hasTool } from '../interop/foreign-tool.ts';
import { invoke } from './bridge.ts';
import { keepPair } from './office-pair.ts';
import { compareCard, createByScreens, exportCard } from './office-setup.ts';
import { picture } from './office-steps.ts';
import { confirm, fingerprintOf, launchOffice, type OfficeWindow, openOffice } from './office-window.ts';

/** What an office does for itself: how its papers are numbered, a key on a token, a second device, a backup and what becomes of it. */

let firm: OfficeWindow;
let device: OfficeWindow;
test.describe.configure({ mode: 'serial' });
const folder = keepPair(
  [
    () => {
      makeToken();
      return openOffice(FIRM, '张三');
    },
    () => launchOffice(FIRM, 'zh-CN'),
  ],
  (one, other) => {
    [firm, device] = [one, other];
  },
);

const TOKEN = '律师证书';
const onToken = existsSync(SOFT_MODULE) && TOKEN_TOOLS.every(hasTool);

/** Before the app starts: the module that it loads finds its tokens by the environment. */
function makeToken(): void {
  if (!onToken) return;
  const now = new Date(Date.now() - 60_000);
  const subject = officeName({
    name: FIRM.name,
    officeType: FIRM.type,
    uscc: FIRM.id,
    region: FIRM.region,
    person: '张甲',
  });
  certifyInToken(createSoftTokens(folder).addToken(TOKEN), createCa({ name: '令牌测试根', algorithm: 'p256', now }), {
    id: '01',
    type: 'EC:prime256v1',
    usage: 'sign',
    purpose: 'sign',
    subject,
    now,
  });
}

type Section = 'papers' | 'identity' | 'office' | 'backup';

async function openSettings({ page, t }: OfficeWindow, section: Section): Promise<void> {
  await page.getByRole('link', { name: t('window.frame.settings') }).click();
  await page.getByRole('link', { name: t(`window.settings.section.${section}`) }).click();
  await page.getByRole('heading', { level: 2, name: t(`window.settings.section.${section}`), exact: true }).waitFor();
}

test('papers are numbered by the pattern that the office sets, and by no pattern that gives no number', async () => {
  const { page, t } = firm;
  await openSettings(firm, 'papers');
  const pattern = page.locator('.settings-row input').first();
  await pattern.fill('皖示函字');
  await pattern.press('Enter');
  await page.getByRole('alert').waitFor();
  await pattern.fill('（{year}）皖示函字第{n:3}号');
  await pattern.press('Enter');
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await openSettings(firm, 'identity');
  await openSettings(firm, 'papers');
  await expect(page.locator('.settings-row input').first()).toHaveValue('（{year}）皖示函字第{n:3}号');
  await page.getByRole('textbox', { name: t('window.settings.papers.search') }).fill('没有这种文书');
  await page.getByText(t('window.settings.papers.noHit')).waitFor();
});

test('a key on a token signs the next card, by its PIN', async () => {
  test.skip(!onToken, 'SoftHSM2 or OpenSC is not installed');
  const { app, page, t } = firm;
  await openSettings(firm, 'identity');
  await app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [SOFT_MODULE] });
  await page.getByRole('button', { name: t('window.settings.tokens.addModule') }).click();
  const token = page.getByRole('list', { name: TOKEN });
  await token.getByRole('button', { name: t('window.settings.tokens.sign') }).click();
  const asked = page.getByRole('dialog', { name: t('window.settings.tokens.signTitle') });
  for (const pin of ['000000', PIN]) {
    await asked.getByLabel(t('window.settings.tokens.pin')).fill(pin);
    await asked.getByRole('button', { name: t('window.settings.tokens.signVerb') }).click();
    if (pin !== PIN) await asked.getByRole('alert').waitFor();
  }
  await asked.waitFor({ state: 'detached' });
  await token.getByText(t('window.settings.tokens.used')).waitFor();

  // The next card lists the new person, by the word of one whom the last card lists; the one after that by the token's
  for (const [person, secret] of [
    ['张三', firm.passphrase],
    ['张甲', PIN],
  ] as const) {
    await openSettings(firm, 'identity');
    const chosen = page.getByRole('radio', { name: person });
    await chosen.click();
    await expect(chosen).toBeChecked();
    await openSettings(firm, 'office');
    await page.getByRole('button', { name: t('window.settings.office.issue') }).click();
    const dialog = page.getByRole('dialog', { name: t('window.settings.office.issueTitle') });
    await dialog.getByLabel(t('window.passphrase.signing')).fill(secret);
    await confirm(firm);
    await dialog.getByRole('button', { name: t('window.settings.office.issueVerb'), exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  await picture(page, 'token-card');
  const shown = await invoke(page, 'office:show', {});
  expect(shown).toMatchObject({ ok: true, value: { card: { version: 3 } } });
  expect(shown.ok && shown.value.card?.persons.map(({ name }) => name).sort()).toEqual(['张三', '张甲'].sort());
});

test('a second device asks to join, is compared and admitted, and takes the card that lists it', async () => {
  const { page, t } = device;
  await createByScreens(device);
  await page.getByRole('button', { name: t('window.firstRun.later') }).click();
  await page.getByRole('navigation', { name: t('window.frame.main') }).waitFor();
  await openSettings(device, 'office');
  const request = join(folder, 'join.json');
  await device.app.queueAnswer('showSaveDialog', { canceled: false, filePath: request });
  await page.getByRole('button', { name: t('window.settings.devices.join') }).click();
  await page.getByText(t('window.settings.devices.joined')).waitFor();
  const fingerprint = (await page.locator('.fingerprint span').allTextContents()).slice(-16).join('');

  await openSettings(firm, 'identity');
  const zhang = firm.page.getByRole('radio', { name: '张三' });
  await zhang.click();
  await expect(zhang).toBeChecked();
  await openSettings(firm, 'office');
  await firm.page.getByRole('button', { name: t('window.settings.devices.add') }).click();
  const dialog = firm.page.getByRole('dialog', { name: t('window.settings.devices.addTitle') });
  // What differs is refused before main asks
  await confirm(firm);
  for (const heard of ['0'.repeat(64), fingerprint]) {
    await firm.app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [request] });
    await dialog.getByLabel(t('window.settings.devices.request')).click();
    await expect(dialog.getByLabel(t('window.settings.devices.request'))).toHaveText('join.json');
    await dialog.getByLabel(t('window.settings.devices.fingerprint')).fill(heard);
    await dialog.getByLabel(t('window.passphrase.signing')).fill(firm.passphrase);
    await dialog.getByRole('button', { name: t('window.settings.devices.addVerb') }).click();
    if (heard !== fingerprint) await dialog.getByText('FINGERPRINT_MISMATCH').waitFor();
  }
  await dialog.waitFor({ state: 'detached' });
  await firm.page.getByText(t('window.settings.devices.other')).waitFor();

  await compareCard(device, firm, await exportCard(firm, folder));
  await openSettings(device, 'office');
  await page.getByText(t('window.settings.devices.other')).waitFor();
  await expect(page.getByText(t('window.settings.devices.unlisted'))).toHaveCount(0);
  await picture(page, 'devices');
  expect(await fingerprintOf(device)).toBe(await fingerprintOf(firm));
});

test('a backup is restored by the passphrase, and sends nothing before a person has fetched what it missed', async () => {
  const { app, page, t } = firm;
  const backups = join(folder, 'backups');
  mkdirSync(backups);
  await openSettings(firm, 'backup');
  await app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [backups] });
  await page.getByRole('button', { name: t('window.settings.backup.start') }).click();
  await expect
    .poll(async () => {
      const jobs = await invoke(page, 'job:list', {});
      return jobs.ok ? jobs.value.items.find(({ kind }) => kind === 'backup')?.state : null;
    })
    .toBe('done');

  const restored = await launchOffice(FIRM, 'zh-CN');
  await restored.page.getByRole('button', { name: t('window.firstRun.choose.restore') }).click();
  await restored.app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [backups] });
  await restored.page.getByLabel(t('window.firstRun.restore.folder')).click();
  for (const secret of ['不是这个口令', firm.passphrase]) {
    await restored.page.getByLabel(t('window.firstRun.restore.passphrase'), { exact: true }).last().fill(secret);
    await restored.page.getByRole('button', { name: t('window.firstRun.restore.restore'), exact: true }).click();
    if (secret !== firm.passphrase) await restored.page.getByRole('alert').waitFor();
  }
  await restored.page.getByText(t('window.restored.frozen')).waitFor();
  await picture(restored.page, 'restored');
  await restored.page.getByRole('button', { name: t('window.restored.resume') }).click();
  const dialog = restored.page.getByRole('dialog', { name: t('window.restored.resumeTitle') });
  await dialog.getByLabel(t('window.passphrase.signing')).fill(firm.passphrase);
  await confirm(restored);
  await dialog.getByRole('button', { name: t('window.restored.resumeVerb') }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect(restored.page.getByText(t('window.restored.frozen'))).toHaveCount(0);
});
