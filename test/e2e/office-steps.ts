import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { MatterView } from '../../shared/ipc/channels/matter.ts';
import { fieldText, optionText, procedureText, procedureTitle } from '../../shared/procedures/procedure-text.ts';
import { onePagePdf } from '../fixtures/fake-bridge/pdf.ts';
import { invoke } from './bridge.ts';
import type { OfficeWindow } from './office-window.ts';

/** What a clerk does at the window, by what stands there to be pressed and read. */

/** The day of every act: that on which the spec runs, in Shanghai. */
export const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

let taken = 0;

/** With LEXPOST_PICTURES=folder every main step leaves a picture there, for whoever wants to see what the spec saw. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['LEXPOST_PICTURES'];
  if (folder === undefined) return;
  taken += 1;
  await page.screenshot({ path: join(folder, `${process.pid}-${String(taken).padStart(3, '0')}-${name}.png`) });
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** An act as the window calls it. */
export function actName({ t }: OfficeWindow, procedure: string, act: string): string {
  return sentence(procedureText(t, procedure, 'acts', act));
}

export async function beginRequest({ page, t }: OfficeWindow, procedure: string): Promise<void> {
  await page.getByRole('link', { name: t('window.frame.newRequest') }).click();
  await page.getByRole('button', { name: sentence(procedureTitle(t, procedure)) }).click();
  await page.getByRole('heading', { name: sentence(procedureTitle(t, procedure)) }).waitFor();
}

/** Of the matter that is open. */
export async function beginAct(window: OfficeWindow, procedure: string, act: string): Promise<void> {
  const { page, t } = window;
  const name = actName(window, procedure, act);
  await page.getByRole('button', { name: t('window.matter.act', { act: name }), exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
  await picture(page, act);
}

/** A field of a form by its path in the form. */
export function field({ page }: OfficeWindow, path: string): Locator {
  return page.locator(`[id="f-${path}"]`);
}

/** Text and days by their paths. */
export async function fill(window: OfficeWindow, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, value] of Object.entries(values)) await field(window, path).fill(value);
}

export async function choose(window: OfficeWindow, path: string, option: string): Promise<void> {
  await field(window, path).click();
  await window.page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: option })
    .first()
    .click();
}

/** An option of a field as the window calls it; `path` without indexes. */
export function optionName({ t }: OfficeWindow, procedure: string, path: string, value: string): string {
  return sentence(optionText(t, procedure, path, value));
}

/** One more row in a list of the form. */
export async function addEntry({ page, t }: OfficeWindow, procedure: string, path: string): Promise<void> {
  const name = fieldText(t, procedure, 'fields', path);
  await page.getByRole('button', { name: t('window.form.add', { name: sentence(name) }), exact: true }).click();
}

/** Puts a PDF into a slot, through the system's dialog. */
export async function attach(
  { app, page }: OfficeWindow,
  slot: string,
  file: { readonly folder: string; readonly name: string; readonly bytes?: Uint8Array },
): Promise<void> {
  const path = join(file.folder, file.name);
  writeFileSync(path, file.bytes ?? onePagePdf(file.name.replace('.pdf', '')));
  await app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [path] });
  await page.locator(`#slot-${slot} .slot-drop`).click();
  await page.locator(`#slot-${slot} .digest`).waitFor();
}

/** Reviews what is open, signs it by passphrase and waits until the window shows the matter. */
export async function signAndSend({ app, page, passphrase, t }: OfficeWindow): Promise<void> {
  await picture(page, 'filled');
  const envelope = page.getByRole('complementary', { name: t('window.compose.envelope') });
  await expect(envelope).toContainText(t('window.compose.canSign'));
  await page.getByRole('button', { name: t('window.compose.review') }).click();
  const review = page.getByRole('dialog', { name: t('window.review.title') });
  await review.getByLabel(t('window.passphrase.signing')).fill(passphrase);
  await picture(page, 'review');
  // Main asks once more by a dialog of its own, which no page can answer.
  await app.queueAnswer('showMessageBox', { response: 1 });
  await review.getByRole('button', { name: t('window.review.sign') }).click();
  await review.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: t('window.matter.timeline') }).waitFor();
  await picture(page, 'sent');
}

/** From the rail to the newest message in which `text` stands, and on to its matter. */
export async function openFromInbox({ page, t }: OfficeWindow, text: string): Promise<void> {
  await page.getByRole('link', { name: t('window.frame.inbox') }).click();
  await page.locator('.inbox-row', { hasText: text }).first().click();
  await page.getByRole('button', { name: t('window.matters.openMatter') }).click();
  await page.getByRole('region', { name: t('window.matter.timeline') }).waitFor();
}

/** Opens a document of a message in the matter's timeline and waits until words of its first page are there. */
export async function previewDocument({ page }: OfficeWindow, act: string, name: string, words: string): Promise<void> {
  await page.getByRole('article', { name: act, exact: true }).getByRole('button', { name }).click();
  const preview = page.getByRole('dialog', { name });
  await preview.locator('canvas').first().waitFor();
  await preview.getByText(words).first().waitFor({ state: 'attached' });
  await picture(page, 'preview');
  await page.keyboard.press('Escape');
  await preview.waitFor({ state: 'detached' });
}

/** The acts in the timeline as they stand there, the newest first. */
export function actsShown({ page }: OfficeWindow): Promise<(string | null)[]> {
  return page.locator('[data-message]').evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label')));
}

const matterOf = (url: string): MatterView['id'] => /\/matters\/([^?]+)/.exec(url)?.[1] as MatterView['id'];

/** Everything about the open matter that must be the same at every office, the lead's order first. */
export async function agreedOn({ page }: OfficeWindow) {
  const shown = await invoke(page, 'matter:show', { matter: matterOf(page.url()) });
  if (!shown.ok) throw new Error(shown.error.code);
  const { state, steps, sides, timeline, clocks, gap, conflict } = shown.value;
  return {
    state,
    steps,
    sides,
    gap,
    conflict,
    acts: timeline
      .filter((entry) => entry.kind === 'message')
      .map(({ m, actId, pos, status, voidCode, form, sender, documents }) => ({
        m,
        actId,
        pos,
        status,
        voidCode,
        form,
        sender,
        documents: documents.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
      }))
      .sort((a, b) => (a.pos ?? 0) - (b.pos ?? 0)),
    clocks: clocks.map(({ ours: _, ...clock }) => clock),
  };
}

/** What of our own messages in the open matter is not green: not signed for by everybody. */
export async function unsigned({ page }: OfficeWindow): Promise<string[]> {
  const shown = await invoke(page, 'matter:show', { matter: matterOf(page.url()) });
  if (!shown.ok) throw new Error(shown.error.code);
  return shown.value.timeline.flatMap((entry) =>
    entry.kind === 'message' && entry.own && entry.colour !== 'green' ? [entry.actId ?? ''] : [],
  );
}
