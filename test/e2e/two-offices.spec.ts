import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { dossierPdf } from '../fixtures/dossier-pdf.ts';
import { FIRM, PROCURATORATE } from '../fixtures/fake-bridge/cast.ts';
import { keepReviewPair } from './office-pair.ts';
import {
  actName,
  actsShown,
  agreedOn,
  attach,
  beginAct,
  beginRequest,
  choose,
  field,
  fill,
  openFromInbox,
  picture,
  previewDocument,
  signAndSend,
  TODAY,
  unsigned,
} from './office-steps.ts';
import { type OfficeWindow, settle } from './office-window.ts';

/** A law firm and a procuratorate, each a process with its own vault and window, and a folder between them: a whole file review. */

const REVIEW = 'file-review';
const PAGES = 40;

let firm: OfficeWindow;
let office: OfficeWindow;
// Ten acts of two offices in one test: under ten times the load of the machine the longest took four minutes
test.describe.configure({ mode: 'serial', timeout: 600_000 });
const folder = keepReviewPair((one, other) => {
  [firm, office] = [one, other];
});

test('a request is drafted with its papers, signed and sent; the other office reads it', async () => {
  const { page, t } = firm;
  await beginRequest(firm, REVIEW);
  // Nothing is wrong with a form that nobody has begun.
  await expect(page.getByText(t('window.compose.toChange', { count: 1 }))).toHaveCount(0);
  await page.getByRole('button', { name: '添加律师' }).click();
  await fill(firm, {
    'lawyers.0.name': '张三',
    'lawyers.0.licence': '13401201810123456',
    'lawyers.0.firm': FIRM.name,
    'lawyers.0.phone': '0551-60000000',
    'party.name': '李四',
    charge: '诈骗罪',
  });
  await choose(firm, 'role', '辩护人');
  await choose(firm, 'basis', '委托');
  await choose(firm, 'party.standing', '犯罪嫌疑人');
  await choose(firm, 'stage', '审查起诉');
  await choose(firm, 'mode', '异地');
  await page.getByRole('checkbox', { name: '查阅' }).check();
  await choose(firm, 'to', PROCURATORATE.name);
  await attach(firm, 'lawyer-licence', { folder, name: '律师执业证.pdf' });
  await attach(firm, 'firm-letter', { folder, name: '律师事务所证明.pdf' });
  await attach(firm, 'authority', { folder, name: '委托书.pdf' });
  await signAndSend(firm);
  const recorded = await firm.app.recorded();
  const question = recorded.findLast(({ api }) => api === 'dialog.showMessageBox');
  // Electron keeps no record of what it was asked
  if (recorded.length > 0) expect(JSON.stringify(question?.args)).toContain('李四 诈骗罪：申请阅卷，附件 3 件');
  await expect(page.getByText(t('window.matter.theirMove'))).toBeVisible();
  await settle(firm, office, firm);
  await page.getByText(t('window.track.delivered')).waitFor();

  await office.page.getByRole('link', { name: office.t('window.frame.inbox') }).click();
  await office.page.locator('.inbox-row', { hasText: '李四' }).click();
  await expect(office.page.locator('.inbox-row', { hasText: '李四' })).toContainText('申请阅卷');
  await picture(office.page, 'inbox');
  await openFromInbox(office, '李四');
  await previewDocument(office, '申请阅卷', '律师执业证.pdf', '律师执业证');
});

test('a supplement is asked for and answered, the review granted, the pledge signed before the dossier comes', async () => {
  await beginAct(office, REVIEW, 'supplement-request');
  await fill(office, { 'items.0.item': '委托书', 'items.0.wanted': '补交原件扫描件', by: '2027-01-08' });
  await choose(office, 'effect', '不影响期限');
  await signAndSend(office);
  await settle(office, firm, office);

  await firm.page.getByRole('article', { name: '通知补正' }).waitFor();
  await beginAct(firm, REVIEW, 'supplement');
  // What was asked for stands in the answer already.
  await expect(field(firm, 'answers.0.item')).toHaveValue('委托书');
  await attach(firm, 'supplement', { folder, name: '委托书原件扫描.pdf' });
  await signAndSend(firm);
  await settle(firm, office, firm);

  await office.page.getByRole('article', { name: '补正', exact: true }).waitFor();
  await beginAct(office, REVIEW, 'granted');
  await fill(office, { on: TODAY });
  await signAndSend(office);
  await settle(office, firm, office);

  // Nothing of the dossier is offered before the pledge.
  const deliver = office.t('window.matter.act', { act: actName(office, REVIEW, 'delivered') });
  await expect(office.page.getByRole('button', { name: deliver })).toHaveCount(0);
  await firm.page.getByRole('article', { name: '准予阅卷' }).waitFor();
  await beginAct(firm, REVIEW, 'pledge');
  await fill(firm, { on: TODAY });
  await attach(firm, 'pledge', { folder, name: '阅卷承诺书.pdf' });
  await signAndSend(firm);
  await settle(firm, office, firm);

  await office.page.getByRole('article', { name: '签署阅卷承诺书' }).waitFor();
  await beginAct(office, REVIEW, 'delivered');
  await attach(office, 'dossier', { folder, name: '证据卷.pdf', bytes: dossierPdf('证据卷', PAGES) });
  await fill(office, {
    on: TODAY,
    'volumes.0.number': '2',
    'volumes.0.title': '诉讼证据卷',
    'volumes.0.pages': String(PAGES),
    watermark: '张三 13401201810123456',
  });
  await signAndSend(office);
  await settle(office, firm, office);

  await previewDocument(firm, '送达电子卷宗', '证据卷.pdf', '证据卷 第 1 页');
  await beginAct(firm, REVIEW, 'collected');
  await fill(firm, { on: TODAY });
  await signAndSend(firm);
  await settle(firm, office, firm);
});

test('the proof of delivery lists every attachment by digest and is printed; both offices see the same timeline and clocks', async () => {
  const { page, t } = firm;
  const acts = ['签署阅卷回执', '送达电子卷宗', '签署阅卷承诺书', '准予阅卷', '补正', '通知补正', '申请阅卷'];
  await expect.poll(() => actsShown(firm)).toEqual(acts);
  await expect.poll(() => actsShown(office)).toEqual(acts);
  const agreed = await agreedOn(firm);
  expect(await agreedOn(office)).toEqual(agreed);
  expect(agreed.acts.map(({ pos }) => pos)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect([...(await unsigned(firm)), ...(await unsigned(office))]).toEqual([]);
  await expect(page.getByRole('list', { name: t('window.matter.steps') }).getByRole('listitem')).toHaveText([
    '已提交',
    '准予阅卷',
    '已签承诺书',
    '已送达',
    '已领取',
  ]);

  const request = page.getByRole('article', { name: '申请阅卷' });
  await request.getByRole('button', { name: t('window.matter.more') }).click();
  await page.getByRole('menuitem', { name: t('window.matter.proof') }).click();
  const proof = page.getByRole('dialog', { name: '送达回证' });
  await proof.getByText('附件清单').waitFor({ state: 'attached' });
  const printed = page.evaluate(
    () => new Promise((resolve) => addEventListener('beforeprint', () => resolve(true), { once: true })),
  );
  await proof.getByRole('button', { name: t('window.preview.print') }).click();
  expect(await printed).toBe(true);
  const file = join(folder, 'proof.pdf');
  await firm.app.queueAnswer('showSaveDialog', { canceled: false, filePath: file });
  await proof.getByRole('button', { name: t('window.preview.save') }).click();
  const attached = agreed.acts[0]?.documents ?? [];
  expect(attached).toHaveLength(3);
  const words = ((await proof.textContent()) ?? '').replaceAll(/\s/g, '');
  for (const { name, sha256 } of attached) {
    expect(words).toContain(name);
    expect(words).toContain(sha256);
  }
  await picture(page, 'proof');
  await expect.poll(() => existsSync(file) && readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  // On paper stands the proof alone.
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: t('window.frame.main') })).toBeHidden();
  await expect(proof.locator('canvas').first()).toBeVisible();
  await page.emulateMedia({ media: null });
});
