import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, type TestInfo } from '@playwright/test';
import { createI18n, type Language, type Translate } from '../../shared/i18n/create-i18n.ts';
import type { Office } from '../../shared/model/office-card.ts';
import { launchApp, type RunningApp } from '../host/launch.ts';
import { invoke } from './bridge.ts';

/** An office with its own vault in its own process, and a person at its window. */
export interface OfficeWindow {
  readonly app: RunningApp;
  readonly page: Page;
  readonly office: Office;
  readonly passphrase: string;
  /** The words of its window. */
  readonly t: Translate;
}

const PASSPHRASE = '天鹅湖 correct horse 七月';

/** One step of a person, on a machine that is busy with other things. Milliseconds. */
const STEP_WITHIN = 60_000;

/** Every app that runs. */
const running = new Set<RunningApp>();

export async function closeAll(): Promise<void> {
  const apps = [...running];
  running.clear();
  await Promise.all(apps.map((app) => app.close()));
}

/** What every window showed when a test failed, beside the report of it. */
export async function pictureFailure(testInfo: TestInfo): Promise<void> {
  if (testInfo.status === testInfo.expectedStatus) return;
  await Promise.all(
    [...running].map(async ({ page }, index) => {
      await page.screenshot({ path: testInfo.outputPath(`window-${index + 1}.png`) }).catch(() => {});
      const words = await page
        .locator('body')
        .textContent()
        .catch((error: unknown) => String(error));
      await writeFile(testInfo.outputPath(`window-${index + 1}.txt`), words ?? '');
    }),
  );
}

/** An app without a vault, as it stands on the first day. */
export async function launchOffice(office: Office, language: Language): Promise<OfficeWindow> {
  const app = await launchApp({ locale: language === 'en' ? 'en-GB' : language });
  running.add(app);
  // What is not there by then will not come: the test says where it stood instead of running into its own end.
  app.page.setDefaultTimeout(STEP_WITHIN);
  // A dialog that grows while it opens moves away under a click
  await app.page.emulateMedia({ reducedMotion: 'reduce' });
  return { app, page: app.page, office, passphrase: PASSPHRASE, t: createI18n(language).t };
}

/** Through the contract, for what is not about the first run: vault, trial identity, card. */
export async function openOffice(office: Office, person: string, language: Language = 'zh-CN'): Promise<OfficeWindow> {
  const opened = await launchOffice(office, language);
  const { page, t } = opened;
  const failure = await page.evaluate(
    async ([asked, passphrase, name]) => {
      const secret = () => new TextEncoder().encode(passphrase);
      const made = await window.lexpost.invoke('vault:create', { passphrase: secret(), office: asked as never });
      if (!made.ok) return made.error.code;
      const groups = made.value.ask.map((index) => ({ index, text: made.value.recoveryKey[index - 1] ?? '' }));
      await window.lexpost.invoke('vault:check-recovery-key', { groups });
      const identity = await window.lexpost.invoke('identity:create-trial', {
        name,
        passphrase: secret(),
        acts: ['*'],
        algorithm: 'p256',
      });
      if (!identity.ok) return identity.error.code;
      const by = identity.value.person;
      await window.lexpost.invoke('identity:use', { person: by });
      const card = await window.lexpost.invoke('office:issue-card', { credentials: { person: by, secret: secret() } });
      return card.ok ? null : card.error.code;
    },
    [office, PASSPHRASE, person] as const,
  );
  expect(failure).toBeNull();
  await page.reload();
  await page.getByRole('navigation', { name: t('window.frame.main') }).waitFor();
  return opened;
}

/** Cards handed over as files, compared by telephone; from then on both reach the other through the folder. */
export async function introduce(one: OfficeWindow, other: OfficeWindow, folder: string): Promise<void> {
  await learnOf(one, other, folder);
  await learnOf(other, one, folder);
}

async function learnOf(mine: OfficeWindow, theirs: OfficeWindow, folder: string): Promise<void> {
  const card = join(folder, `${theirs.office.id}.card`);
  await theirs.app.queueAnswer('showSaveDialog', { canceled: false, filePath: card });
  await invoke(theirs.page, 'office:export-card', { office: null });
  await mine.app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [card] });
  const chosen = await invoke(mine.page, 'file:choose', { purpose: 'card', several: false });
  const token = chosen.ok ? (chosen.value.files[0]?.token ?? '') : '';
  await invoke(mine.page, 'directory:import', { file: token });
  const office = theirs.office.id;
  await confirm(mine);
  const fingerprint = await fingerprintOf(theirs);
  expect(await invoke(mine.page, 'directory:confirm', { office, fingerprint, how: 'phone' })).toMatchObject({
    ok: true,
  });
  await mine.app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [join(folder, 'share')] });
  const route = await invoke(mine.page, 'file:choose-folder', { purpose: 'route' });
  const place = route.ok ? (route.value.folder?.token ?? '') : '';
  await confirm(mine);
  const saved = await invoke(mine.page, 'route:save', {
    id: 'share',
    route: { kind: 'folder', folder: place },
    offices: [office],
  });
  expect(saved).toMatchObject({ ok: true });
}

/** Says yes to main's next question, which no page can answer. */
export const confirm = ({ app }: OfficeWindow): Promise<void> => app.queueAnswer('showMessageBox', { response: 1 });

/** What the office would read out on the telephone. */
export async function fingerprintOf({ page }: OfficeWindow): Promise<string> {
  const shown = await invoke(page, 'office:show', {});
  return shown.ok ? (shown.value.card?.fingerprint ?? '') : '';
}

/** Posts and polls on every side until nothing new comes. */
export async function settle(...windows: readonly OfficeWindow[]): Promise<void> {
  for (let round = 0; round < 3; round++) {
    for (const { page } of windows) {
      await invoke(page, 'exchange:sync', {});
      await expect
        .poll(async () => {
          const state = await invoke(page, 'exchange:status', {});
          return state.ok && state.value.running;
        })
        .toBe(false);
    }
  }
}
