import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { type Desk, USCC, writeRequestPapers } from '../../fixtures/lexpost-command.ts';
import { createOfficeDesk } from '../../fixtures/office-desk.ts';

/** Papers by nothing but the command. */

let desk: Desk;
let matter = '';
const own = ['--vault', 'firm-vault', '--passphrase-file', 'pw'];
const card = ['--vault', 'office-vault', '--passphrase-file', 'pw'];

beforeAll(async () => {
  desk = await createOfficeDesk();
  await writeFile(desk.path('request.json'), JSON.stringify(FILE_REVIEW['submit']));
  const exported = await desk.json('office', 'export', '--out', 'office.card', ...card);
  const fingerprint = String(exported.document['fingerprint']);
  await desk.json('office', 'add', 'office.card', '--fingerprint', fingerprint, '--route', 'share', ...own);
  const sent = await desk.json(
    ...['message', 'send', '--to', USCC.procuratorate, '--type', 'file-review', '--act', 'submit'],
    ...['--form', 'request.json', '--signing-passphrase-file', 'pw', ...own],
    ...(await writeRequestPapers(desk)),
  );
  matter = String(sent.document['matter']);
});
afterAll(() => desk.remove());

test('paper list names the papers of a matter', async () => {
  const { exit, document } = await desk.json('paper', 'list', matter, ...own);
  expect(exit).toBe(0);
  expect(document['papers']).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: 'reading-application', title: '阅卷申请书' })]),
  );
});

test('paper number and paper render write a PDF with the office’s own number, and do not overwrite', async () => {
  const pattern = '（{year}）示函字第{n}号';
  const set = await desk.json('paper', 'number', 'firm-letter', '--pattern', pattern, ...own);
  expect(set.document).toMatchObject({ ok: true, pattern });
  const render = ['paper', 'render', matter, '--paper', 'firm-letter', '--out', 'letter.pdf', ...own];
  const { exit, document } = await desk.json(...render);
  expect(exit).toBe(0);
  expect(document['number']).toMatch(/^（\d{4}）示函字第1号$/);
  expect((await readFile(desk.path('letter.pdf'))).subarray(0, 8).toString()).toBe('%PDF-1.7');
  expect((await desk.json(...render)).document).toMatchObject({ ok: false, code: 'FILE_EXISTS' });
});

test('an unknown paper and a bad pattern are usage errors', async () => {
  const unknown = await desk.json('paper', 'render', matter, '--paper', 'nothing', '--out', 'x.pdf', ...own);
  expect([unknown.exit, unknown.document['code']]).toEqual([2, 'PAPER_UNKNOWN']);
  const bad = await desk.json('paper', 'number', 'firm-letter', '--pattern', '第{n}号', ...own);
  expect([bad.exit, bad.document['code']]).toEqual([2, 'PAPER_PATTERN_INVALID']);
});
