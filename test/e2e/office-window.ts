import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Office } from '../../shared/model/office-card.ts';
import { launchApp, type RunningApp } from '../host/launch.ts';
import { invoke } from './bridge.ts';

/** An office with its own vault in its own process, and a person at its window. */
export interface OfficeWindow {
  readonly app: RunningApp;
  readonly page: Page;
  readonly office: Office;
  readonly passphrase: string;
}

const PASSPHRASE = '天鹅湖 correct horse 七月';

/** Through the contract, for what is not about the first run: vault, trial identity, card. */
export async function openOffice(office: Office, person: string): Promise<OfficeWindow> {
  const app = await launchApp({});
  const { page } = app;
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
  await page.getByRole('navigation', { name: '主导航' }).waitFor();
  return { app, page, office, passphrase: PASSPHRASE };
}

/** Cards handed over as files, compared by telephone; from then on both reach the other through the folder. */
export async function introduce(mine: OfficeWindow, theirs: OfficeWindow, folder: string): Promise<void> {
  const card = join(folder, `${theirs.office.id}.card`);
  await theirs.app.queueAnswer('showSaveDialog', { canceled: false, filePath: card });
  await invoke(theirs.page, 'office:export-card', { office: null });
  await mine.app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [card] });
  const chosen = await invoke(mine.page, 'file:choose', { purpose: 'card', several: false });
  const token = chosen.ok ? (chosen.value.files[0]?.token ?? '') : '';
  await invoke(mine.page, 'directory:import', { file: token });
  const shown = await invoke(theirs.page, 'office:show', {});
  const fingerprint = shown.ok ? (shown.value.card?.fingerprint ?? '') : '';
  const office = theirs.office.id;
  expect(await invoke(mine.page, 'directory:confirm', { office, fingerprint, how: 'phone' })).toMatchObject({
    ok: true,
  });
  await mine.app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [join(folder, 'share')] });
  const route = await invoke(mine.page, 'file:choose-folder', { purpose: 'route' });
  const place = route.ok ? (route.value.folder?.token ?? '') : '';
  const saved = await invoke(mine.page, 'route:save', {
    id: 'share',
    route: { kind: 'folder', folder: place },
    offices: [office],
  });
  expect(saved).toMatchObject({ ok: true });
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

/** A field of a form by its path in the form. */
export function field(page: Page, path: string): Locator {
  return page.locator(`[id="f-${path}"]`);
}

export async function choose(page: Page, path: string, option: string): Promise<void> {
  await field(page, path).click();
  await page.locator('.ant-select-item-option', { hasText: option }).first().click();
}

/** Reviews what is open, signs it by passphrase and waits until the window shows the matter. */
export async function signAndSend({ app, page, passphrase }: OfficeWindow): Promise<void> {
  await page.getByRole('button', { name: '复核并签署…' }).click();
  const review = page.getByRole('dialog', { name: '复核：您将签署以下内容' });
  await review.getByLabel('签名口令').fill(passphrase);
  // Main asks once more by a dialog of its own, which no page can answer.
  await app.queueAnswer('showMessageBox', { response: 1 });
  await review.getByRole('button', { name: '签署、密封并发出' }).click();
  await review.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: '往来记录' }).waitFor();
}
