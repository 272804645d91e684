import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { AID_ZHEJIANG as DECIDING, AID_SHANGHAI as RECEIVING } from '../fixtures/fake-bridge/cast.ts';
import { keepPair } from './office-pair.ts';
import { exportCard, setUpByScreens, takeCard } from './office-setup.ts';
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
  optionName,
  picture,
  previewDocument,
  signAndSend,
  TODAY,
  unsigned,
} from './office-steps.ts';
import { confirm, launchOffice, type OfficeWindow, openOffice, settle } from './office-window.ts';

/** Two legal-aid centres in the English window, one of them from its first day on: an application is transferred, granted, assigned and reported. */

const TRANSFER = 'legal-aid-transfer';

let receiving: OfficeWindow;
let deciding: OfficeWindow;
// Ten acts of two offices in one test: under ten times the load of the machine the longest took four minutes
test.describe.configure({ mode: 'serial', timeout: 600_000 });
const folder = keepPair(
  [() => launchOffice(RECEIVING, 'en'), () => openOffice(DECIDING, '钱戊', 'en')],
  (one, other) => {
    [receiving, deciding] = [one, other];
  },
);

test('an office sets itself up on its screens, and both take the card of the other', async () => {
  await setUpByScreens(receiving, '孙丁', folder);
  // The other one has no route yet: it adds the folder in its settings.
  const { app, page, t } = deciding;
  await page.getByRole('link', { name: t('window.frame.settings') }).click();
  await page.getByRole('link', { name: t('window.settings.section.routes') }).click();
  await page.getByRole('button', { name: t('window.settings.routes.add') }).click();
  await page.getByRole('menuitem', { name: t('window.route.kind.folder') }).click();
  await app.queueAnswer('showOpenDialog', { canceled: false, filePaths: [join(folder, 'share')] });
  const place = page.getByRole('dialog').getByLabel(t('window.firstRun.route.folder'));
  await place.click();
  await expect(place).toHaveText('share');
  await picture(page, 'route');
  await confirm(deciding);
  await page.getByRole('button', { name: t('window.settings.routes.save') }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  const [ours, theirs] = [await exportCard(receiving, folder), await exportCard(deciding, folder)];
  await takeCard(receiving, deciding, theirs);
  await takeCard(deciding, receiving, ours);
});

test('an application is transferred with its papers and registered', async () => {
  const { page, t } = receiving;
  await beginRequest(receiving, TRANSFER);
  await fill(receiving, { 'applicant.name': '王丙', cause: '追索劳动报酬', receivedOn: TODAY });
  await choose(
    receiving,
    'applicant.identity.kind',
    optionName(receiving, TRANSFER, 'applicant.identity.kind', 'passport'),
  );
  await fill(receiving, { 'applicant.identity.number': 'E12345678' });
  await choose(receiving, 'matterKind', optionName(receiving, TRANSFER, 'matterKind', 'labour'));
  await choose(receiving, 'hardship.basis', optionName(receiving, TRANSFER, 'hardship.basis', 'exempt'));
  await fill(receiving, { 'hardship.ground': '追索劳动报酬' });
  await choose(receiving, 'to', DECIDING.name);
  await attach(receiving, 'identity', { folder, name: '身份证明.pdf' });
  await attach(receiving, 'application', { folder, name: '法律援助申请表.pdf' });
  await attach(receiving, 'means', { folder, name: '经济困难状况说明.pdf' });
  await attach(receiving, 'case-materials', { folder, name: '劳动合同.pdf' });
  await signAndSend(receiving);
  await settle(receiving, deciding, receiving);
  await page.getByText(t('window.track.delivered')).waitFor();

  await openFromInbox(deciding, '王丙');
  await previewDocument(deciding, actName(deciding, TRANSFER, 'submit'), '劳动合同.pdf', '劳动合同');
  await beginAct(deciding, TRANSFER, 'registered');
  await fill(deciding, { on: TODAY });
  await signAndSend(deciding);
  await settle(deciding, receiving, deciding);
  await page.getByRole('article', { name: actName(receiving, TRANSFER, 'registered') }).waitFor();
});

test('it is granted, a lawyer assigned, the case reported and acknowledged; both centres see the same', async () => {
  await beginAct(deciding, TRANSFER, 'granted');
  await fill(deciding, { on: TODAY });
  await choose(deciding, 'manner', optionName(deciding, TRANSFER, 'manner', 'agency'));
  await signAndSend(deciding);
  await beginAct(deciding, TRANSFER, 'assigned');
  await fill(deciding, {
    on: TODAY,
    'lawyer.name': '钱戊',
    'lawyer.licence': '13301201910123457',
    'lawyer.firm': '浙江示例律师事务所',
    'lawyer.phone': '0571-80000000',
  });
  await signAndSend(deciding);
  await beginAct(deciding, TRANSFER, 'case-report');
  await fill(deciding, { on: TODAY, result: '调解结案，用人单位已支付劳动报酬。' });
  await signAndSend(deciding);
  await settle(deciding, receiving, deciding);
  await beginAct(receiving, TRANSFER, 'acknowledged');
  await expect(field(receiving, 'note')).toBeVisible();
  await fill(receiving, { on: TODAY });
  await signAndSend(receiving);
  await settle(receiving, deciding, receiving);

  const acts = ['acknowledged', 'case-report', 'assigned', 'granted', 'registered', 'submit'];
  await expect.poll(() => actsShown(receiving)).toEqual(acts.map((act) => actName(receiving, TRANSFER, act)));
  await expect.poll(() => actsShown(deciding)).toEqual(acts.map((act) => actName(deciding, TRANSFER, act)));
  const agreed = await agreedOn(receiving);
  expect(await agreedOn(deciding)).toEqual(agreed);
  expect(agreed.acts.map(({ pos }) => pos)).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...(await unsigned(receiving)), ...(await unsigned(deciding))]).toEqual([]);
  // The window speaks English; what the offices wrote stays theirs.
  for (const { page } of [receiving, deciding]) {
    const words = await page
      .locator('body :not(script):not(style):not([lang="zh-CN"]):not([lang="zh-CN"] *)')
      .evaluateAll((elements) =>
        elements
          .flatMap((element) => [...element.childNodes])
          .filter((node) => node.nodeType === Node.TEXT_NODE && /\p{Script=Han}/u.test(node.nodeValue ?? ''))
          .map((node) => node.nodeValue),
      );
    expect(words).toEqual([]);
  }
});
