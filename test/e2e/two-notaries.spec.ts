import { expect, test } from '@playwright/test';
import { NOTARY_JIANGSU as JIANGSU, NOTARY_SHANGHAI as SHANGHAI } from '../fixtures/fake-bridge/cast.ts';
import { keepPair } from './office-pair.ts';
import {
  actName,
  actsShown,
  addEntry,
  agreedOn,
  attach,
  beginAct,
  beginRequest,
  choose,
  fill,
  openFromInbox,
  optionName,
  previewDocument,
  signAndSend,
  TODAY,
  unsigned,
} from './office-steps.ts';
import { introduce, type OfficeWindow, openOffice, settle } from './office-window.ts';

/** Two notary offices: one asks the other for a certificate, which on its part asks the first to verify a paper while its own clock stands still. */

const REQUEST = 'notarization-request';
const LETTER = 'notarization-verification';

let asking: OfficeWindow;
let issuing: OfficeWindow;
// Ten acts of two offices in one test: under ten times the load of the machine the longest took four minutes
test.describe.configure({ mode: 'serial', timeout: 600_000 });
const folder = keepPair(
  [() => openOffice(SHANGHAI, '赵一'), () => openOffice(JIANGSU, '周九')],
  async (one, other, at) => {
    [asking, issuing] = [one, other];
    await introduce(one, other, at);
  },
);

/** A form that asks for nothing but the day. */
async function actOfDay(window: OfficeWindow, procedure: string, act: string): Promise<void> {
  await beginAct(window, procedure, act);
  await fill(window, { on: TODAY });
  await signAndSend(window);
}

test('a certificate is asked for and accepted; the clock stands still while the paper is verified elsewhere', async () => {
  await beginRequest(asking, REQUEST);
  await addEntry(asking, REQUEST, 'applicants');
  await choose(asking, 'applicants.0.kind', optionName(asking, REQUEST, 'applicants.kind', 'person'));
  await fill(asking, { 'applicants.0.name': '王五' });
  await choose(
    asking,
    'applicants.0.identity.kind',
    optionName(asking, REQUEST, 'applicants.identity.kind', 'passport'),
  );
  await fill(asking, { 'applicants.0.identity.number': 'E12345678', matterName: '学历', 'use.purpose': '留学' });
  await fill(asking, { 'use.copies': '2', appliedOn: TODAY });
  await addEntry(asking, REQUEST, 'titles');
  await fill(asking, { 'titles.0': '毕业证书' });
  await choose(asking, 'to', JIANGSU.name);
  await attach(asking, 'identity', { folder, name: '护照.pdf' });
  await attach(asking, 'document', { folder, name: '毕业证书.pdf' });
  await attach(asking, 'proof', { folder, name: '学信网报告.pdf' });
  await signAndSend(asking);
  await settle(asking, issuing, asking);

  await openFromInbox(issuing, '王五');
  await previewDocument(issuing, actName(issuing, REQUEST, 'submit'), '毕业证书.pdf', '毕业证书');
  await actOfDay(issuing, REQUEST, 'accepted');
  await actOfDay(issuing, REQUEST, 'verification-started');
  await settle(issuing, asking, issuing);
  for (const { page, t } of [asking, issuing]) await page.getByText(t('window.clock.paused')).first().waitFor();
  expect(await agreedOn(issuing)).toEqual(await agreedOn(asking));
});

test('a verification letter is answered; the certificate is issued, delivered and collected', async () => {
  await beginRequest(issuing, LETTER);
  await fill(issuing, { about: '王五学历公证', 'contact.name': '周九', 'contact.phone': '025-80000000' });
  await choose(issuing, 'subject.kind', optionName(issuing, LETTER, 'subject.kind', 'person'));
  await fill(issuing, { 'subject.name': '王五' });
  await choose(issuing, 'subject.identity.kind', optionName(issuing, LETTER, 'subject.identity.kind', 'passport'));
  await fill(issuing, {
    'subject.identity.number': 'E12345678',
    'questions.0.number': '1',
    'questions.0.question': '毕业证书是否由贵地高校颁发？',
  });
  await choose(issuing, 'method', optionName(issuing, LETTER, 'method', 'archive'));
  await choose(issuing, 'to', SHANGHAI.name);
  await attach(issuing, 'verification-letter', { folder, name: '委托核实函.pdf' });
  await signAndSend(issuing);
  await settle(issuing, asking, issuing);

  await openFromInbox(asking, '王五学历公证');
  await beginAct(asking, LETTER, 'answered');
  await fill(asking, { on: TODAY, 'answers.0.number': '1', 'answers.0.explanation': '经查存档，属实。' });
  await choose(asking, 'answers.0.result', optionName(asking, LETTER, 'answers.result', 'true'));
  await addEntry(asking, LETTER, 'verifiers');
  await fill(asking, { 'verifiers.0': '赵一' });
  await signAndSend(asking);
  await settle(asking, issuing, asking);
  const letter = [actName(asking, LETTER, 'answered'), actName(asking, LETTER, 'submit')];
  await expect.poll(() => actsShown(asking)).toEqual(letter);
  await expect.poll(() => actsShown(issuing)).toEqual(letter);
  expect(await agreedOn(issuing)).toEqual(await agreedOn(asking));

  await openFromInbox(issuing, '王五 学历');
  await actOfDay(issuing, REQUEST, 'verification-ended');
  await beginAct(issuing, REQUEST, 'issued');
  await fill(issuing, { on: TODAY, certificateNumber: '（2026）苏示证字第 12 号', notary: '周九' });
  await signAndSend(issuing);
  await beginAct(issuing, REQUEST, 'delivered');
  await fill(issuing, {
    on: TODAY,
    'certificates.0.number': '（2026）苏示证字第 12 号',
    'certificates.0.title': '学历公证书',
    'certificates.0.copies': '2',
  });
  await attach(issuing, 'certificate', { folder, name: '公证书.pdf' });
  await signAndSend(issuing);
  await settle(issuing, asking, issuing);

  await openFromInbox(asking, '王五 学历');
  await previewDocument(asking, actName(asking, REQUEST, 'delivered'), '公证书.pdf', '公证书');
  await actOfDay(asking, REQUEST, 'collected');
  await settle(asking, issuing, asking);
  const acts = ['collected', 'delivered', 'issued', 'verification-ended', 'verification-started', 'accepted', 'submit'];
  await expect.poll(() => actsShown(asking)).toEqual(acts.map((act) => actName(asking, REQUEST, act)));
  await expect.poll(() => actsShown(issuing)).toEqual(acts.map((act) => actName(issuing, REQUEST, act)));
  const agreed = await agreedOn(asking);
  expect(await agreedOn(issuing)).toEqual(agreed);
  expect(agreed.acts.map(({ pos }) => pos)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect([...(await unsigned(asking)), ...(await unsigned(issuing))]).toEqual([]);
});
