import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { PROCURATORATE } from '../fixtures/fake-bridge/cast.ts';
import { FILE_REVIEW } from '../fixtures/forms.ts';
import { invoke } from './bridge.ts';
import { keepReviewPair } from './office-pair.ts';
import { actName, actsShown, beginAct, openFromInbox, picture, signAndSend } from './office-steps.ts';
import { type OfficeWindow, settle } from './office-window.ts';

/** What a person sees of a message that nobody signs for yet, the proof of the matter, taken out of one window and judged in another, and its end by withdrawal. */

let firm: OfficeWindow;
let office: OfficeWindow;
test.describe.configure({ mode: 'serial' });
const folder = keepReviewPair((one, other) => {
  [firm, office] = [one, other];
});
const bundle = join(folder, 'bundle.zip');

/** Through the contract, for what is about other specs. @returns the draft */
async function draftRequest(page: Page): Promise<string> {
  const target = { kind: 'open', type: 'file-review', subtype: '' } as const;
  const made = await invoke(page, 'draft:create', { target });
  const draft = made.ok ? made.value.id : '';
  const recipients = [PROCURATORATE.id];
  const filled = await invoke(page, 'draft:update', {
    draft,
    revision: 1,
    form: FILE_REVIEW['submit'] ?? {},
    recipients,
  });
  expect(filled).toMatchObject({ ok: true });
  for (const kind of ['power-of-attorney', 'lawyer-licence', 'firm-letter']) {
    const added = await page.evaluate(
      async ([id, slot]) => {
        const bytes = new TextEncoder().encode(slot);
        const request = { draft: id, kind: slot, name: `${slot}.txt`, bytes };
        return (await window.lexpost.invoke('draft:add-bytes', request)).ok;
      },
      [draft, kind] as const,
    );
    expect(added).toBe(true);
  }
  return draft;
}

test('a message that is posted shows every try, and that nobody has signed for it', async () => {
  const { page, t } = firm;
  const draft = await draftRequest(page);
  await page.evaluate((id) => location.assign(`#/drafts/${id}`), draft);
  await signAndSend(firm);
  await settle(firm);
  await page.getByRole('button', { name: t('window.matter.more') }).click();
  await page.getByRole('menuitem', { name: t('window.delivery.menu') }).click();
  const dialog = page.getByRole('dialog', { name: t('window.delivery.title') });
  await dialog.getByText(t('window.delivery.taken')).waitFor();
  await expect(dialog.getByText(t('window.track.posted'))).toBeVisible();
  await picture(page, 'delivery');
  // What a record proves and what not is read before it is signed, and leaving signs nothing
  await dialog.getByRole('button', { name: t('window.delivery.giveUp') }).click();
  const record = page.getByRole('dialog', { name: t('window.delivery.giveUpTitle') });
  await expect(record.getByText(t('window.delivery.provesNot'))).toBeVisible();
  await record.getByRole('button', { name: t('window.confirm.back') }).click();
  await record.waitFor({ state: 'detached' });
  // What is shown becomes green by itself once the receipt is here
  await settle(office, firm);
  await expect(dialog.getByText(t('window.track.delivered'))).toBeVisible();
  await expect(dialog.getByRole('button', { name: t('window.delivery.giveUp') })).toBeHidden();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('the proof of the matter leaves the vault as one file, up to where it is whole', async () => {
  const { app, page, t } = firm;
  await page.getByRole('button', { name: t('window.matter.evidence') }).click();
  const dialog = page.getByRole('dialog', { name: t('window.evidence.title') });
  await expect(dialog.getByText(t('window.evidence.upTo', { pos: 1 }))).toBeVisible();
  await app.queueAnswer('showSaveDialog', { canceled: false, filePath: bundle });
  await dialog.getByRole('button', { name: t('window.evidence.choose') }).click();
  await dialog.getByText('bundle.zip').waitFor();
  await picture(page, 'exported');
  // Who closed it meanwhile finds it again, and hears of it wherever they are
  await expect(page.getByText(t('window.frame.exported.done', { name: 'bundle.zip' }))).toBeVisible();
  // It stands by its name in the dialog while it is written, and on the disk when it is whole
  expect(existsSync(bundle)).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: t('window.matter.evidence') }).click();
  await expect(dialog.getByText('bundle.zip')).toBeVisible();
});

test('another office judges it by what it trusts, and by nothing in the file', async () => {
  const { app, page, t } = office;
  await page.getByRole('link', { name: t('window.frame.verify') }).click();
  await app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [bundle] });
  await page.getByRole('button', { name: t('window.verify.drop') }).click();
  await page.getByRole('checkbox', { name: t('window.evidence.ownTrust') }).uncheck();
  await expect(page.getByText(t('window.evidence.nothingTrusted'))).toBeVisible();
  await page.getByRole('button', { name: t('window.evidence.verify') }).click();
  await page.getByRole('heading', { name: t('evidence.undecided', { pos: 1 }) }).waitFor();
  // What is open can be come back to
  await page.getByRole('button', { name: t('window.remind.open') }).click();
  const dialog = page.getByRole('dialog', { name: t('window.remind.title') });
  await dialog.getByRole('button', { name: t('window.remind.set') }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect(page.getByRole('button', { name: t('window.remind.cancel') })).toBeVisible();

  await page.getByRole('button', { name: t('window.verify.other') }).click();
  await app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [bundle] });
  await page.getByRole('button', { name: t('window.verify.drop') }).click();
  await page.getByRole('button', { name: t('window.evidence.verify') }).click();
  await page.getByRole('heading', { name: t('evidence.passed', { pos: 1 }) }).waitFor();
  await picture(page, 'verdict');
});

test('what was judged is kept as a PDF that says the same', async () => {
  const { app, page, t } = office;
  const report = join(folder, 'report.pdf');
  await app.queueAnswer('showSaveDialog', { canceled: false, filePath: report });
  await page.getByRole('button', { name: t('window.preview.export') }).click();
  await page.getByRole('menuitem', { name: t('window.verify.format.pdf') }).click();
  await expect.poll(() => existsSync(report)).toBe(true);
  const words = execFileSync('pdftotext', ['-raw', report, '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '');
  expect(words).toContain(t('evidence.passed', { pos: 1 }).replaceAll(/\s/g, ''));
});

test('what was undecided stands on the home page until somebody puts it away', async () => {
  const { page, t } = office;
  await page.getByRole('link', { name: t('window.frame.home') }).click();
  const what = t('window.notices.again', { subject: 'bundle.zip' });
  await expect(page.getByText(what)).toBeVisible();
  await page.getByRole('button', { name: t('window.remind.cancelOf', { what }) }).click();
  await expect(page.getByText(what)).toBeHidden();
});

test('a request is withdrawn by a signed act: the matter is over at both offices, and neither has an act left', async () => {
  await firm.page.keyboard.press('Escape');
  await firm.page.getByRole('dialog', { name: firm.t('window.evidence.title') }).waitFor({ state: 'detached' });
  await beginAct(firm, 'file-review', 'withdraw');
  await signAndSend(firm);
  await settle(firm, office, firm);
  await openFromInbox(office, '李乙');
  for (const window of [firm, office]) {
    const acts = [actName(window, 'file-review', 'withdraw'), actName(window, 'file-review', 'submit')];
    await expect.poll(() => actsShown(window)).toEqual(acts);
    await expect(window.page.getByText(window.t('window.matter.over'))).toBeVisible();
  }
});
