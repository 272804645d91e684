import { join } from 'node:path';
import { expect } from '@playwright/test';
import { invoke } from './bridge.ts';
import { picture } from './office-steps.ts';
import { confirm, fingerprintOf, type OfficeWindow } from './office-window.ts';

/** The first day of an office, on the screens that it sees. */

export async function setUpByScreens(window: OfficeWindow, person: string, folder: string): Promise<void> {
  const { app, page, passphrase, t } = window;
  const next = page.getByRole('button', { name: t('window.firstRun.next') });
  await createByScreens(window);

  await page.getByText(t('window.identity.trial'), { exact: true }).click();
  await page.getByLabel(t('window.identity.name')).fill(person);
  await page.getByLabel(t('window.identity.signingPassphrase')).fill(passphrase);
  await page.getByLabel(t('window.passphrase.again')).fill(passphrase);
  await picture(page, 'identity');
  await next.click();

  await app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [join(folder, 'share')] });
  await page.getByRole('button', { name: t('window.firstRun.route.choose') }).click();
  await page.getByRole('button', { name: 'share' }).waitFor();
  await confirm(window);
  await page.getByRole('button', { name: t('window.firstRun.finish') }).click();
  await page.getByRole('navigation', { name: t('window.frame.main') }).waitFor();
}

/** As far as a vault with a recovery key that was written down. */
export async function createByScreens({ page, office, passphrase, t }: OfficeWindow): Promise<void> {
  const next = page.getByRole('button', { name: t('window.firstRun.next') });
  await page.getByRole('button', { name: t('window.firstRun.choose.create') }).click();
  await page.getByLabel(t('window.office.name')).fill(office.name);
  await page.getByLabel(t('window.office.uscc')).fill(office.id);
  await page.getByLabel(t('window.office.type')).click();
  await page.locator('.ant-select-item-option', { hasText: t(`window.officeType.${office.type}`) }).click();
  await page.getByLabel(t('window.office.region')).fill(office.region);
  await next.click();
  await page.getByLabel(t('window.firstRun.passphrase.label')).fill(passphrase);
  await page.getByLabel(t('window.passphrase.again')).fill(passphrase);
  await page.getByRole('button', { name: t('window.firstRun.passphrase.create') }).click();

  // Written down while it is shown; it is hidden while it is typed back.
  await page.getByRole('heading', { name: t('window.firstRun.recoveryKey.title') }).waitFor();
  await picture(page, 'recovery-key');
  const groups = await page
    .getByRole('list', { name: t('window.firstRun.recoveryKey.label') })
    .locator('li > span')
    .allInnerTexts();
  for (const [index, group] of groups.entries()) {
    const back = page.getByLabel(t('window.firstRun.recoveryKey.typeBack', { n: index + 1 }), { exact: true });
    if ((await back.count()) > 0) await back.fill(group);
  }
  await page.getByRole('checkbox', { name: t('window.firstRun.recoveryKey.kept') }).check();
  await next.click();
  await page.getByRole('heading', { name: t('window.firstRun.identity.title') }).waitFor();
}

/** The settings have a button of the same name: what is pressed while they still stand there says nothing any more. */
async function openDirectory({ page, t }: Pick<OfficeWindow, 'page' | 't'>): Promise<void> {
  await page.getByRole('link', { name: t('window.frame.directory') }).click();
  await page.getByRole('heading', { level: 1, name: t('window.frame.directory') }).waitFor();
}

/** Our card as a file, for the other office to take along. */
export async function exportCard({ app, page, office, t }: OfficeWindow, folder: string): Promise<string> {
  const path = join(folder, `${office.id}.card`);
  await openDirectory({ page, t });
  await app.queueAnswer('showSaveDialog', { canceled: false, filePath: path });
  await page.getByRole('button', { name: t('window.directory.export') }).click();
  await page.getByText(t('window.directory.exported')).waitFor();
  return path;
}

/** Takes the card of another office and chooses the way to it. */
export async function takeCard(window: OfficeWindow, theirs: OfficeWindow, card: string): Promise<void> {
  const { page, t } = window;
  await compareCard(window, theirs, card);
  const way = page.getByRole('checkbox', { name: new RegExp(t('window.route.kind.folder')) });
  await confirm(window);
  await way.click();
  await expect(way).toBeChecked();
  const office = theirs.office.id;
  await expect
    .poll(async () => {
      const shown = await invoke(page, 'directory:show', { office });
      return shown.ok && shown.value.current !== null && shown.value.routes.length;
    })
    .toBe(1);
}

/** Takes a card as a file and compares its fingerprint by telephone. */
export async function compareCard(window: OfficeWindow, theirs: OfficeWindow, card: string): Promise<void> {
  const { app, page, t } = window;
  await openDirectory({ page, t });
  await app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [card] });
  await page.getByRole('button', { name: t('window.directory.import') }).click();
  await page.getByRole('button', { name: t('window.directory.confirm') }).click();
  const dialog = page.getByRole('dialog', { name: t('window.directory.confirmTitle', { office: theirs.office.name }) });
  await picture(page, 'compare');
  await confirm(window);
  await dialog.getByRole('button', { name: t('window.directory.confirmVerb') }).click();
  await dialog.waitFor({ state: 'detached' });
  const asked = (await app.recorded()).filter(({ api }) => api === 'dialog.showMessageBox').at(-1);
  const groups = (await fingerprintOf(theirs)).toUpperCase().match(/.{4}/g) ?? [];
  if (asked !== undefined) expect(JSON.stringify(asked)).toContain(groups.slice(0, 4).join(' '));
}
