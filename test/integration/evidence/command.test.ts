import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evidenceReport } from '../../../shared/model/evidence-report.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { type CommandResult, type Desk, runLexpost, USCC, writeRequestPapers } from '../../fixtures/lexpost-command.ts';
import { createOfficeDesk } from '../../fixtures/office-desk.ts';

/** An office exports a bundle by command; somebody else, who has a folder with nothing but the file and an anchor, verifies it. */

let desk: Desk;
let elsewhere = '';
let matter = '';
let compared = '';
const own = (name: string) => ['--vault', name, '--passphrase-file', 'pw'];

async function good(...argv: string[]): Promise<Record<string, unknown>> {
  const { exit, document } = await desk.json(...argv);
  if (exit !== 0) throw new Error(`${argv.join(' ')}: ${exit} ${JSON.stringify(document)}`);
  return document;
}

/** In the other folder: no vault, no home, no configuration. */
const run = (...argv: string[]): Promise<CommandResult> =>
  runLexpost(['evidence', 'verify', ...argv], { cwd: elsewhere, env: { HOME: elsewhere } });

beforeAll(async () => {
  desk = await createOfficeDesk();
  for (const [from, to] of [
    ['firm', 'office'],
    ['office', 'firm'],
  ] as const) {
    const { fingerprint } = await good('office', 'export', ...own(`${from}-vault`), '--out', `${from}.card`);
    compared = String(fingerprint);
    await good('office', 'add', `${from}.card`, ...own(`${to}-vault`), '--fingerprint', String(fingerprint));
  }
  const papers = await writeRequestPapers(desk);
  await writeFile(desk.path('request.json'), JSON.stringify(FILE_REVIEW['submit']));
  const sent = await good(
    ...['message', 'send', ...own('firm-vault'), '--signing-passphrase-file', 'pw', '--type', 'file-review'],
    ...['--act', 'submit', '--to', USCC.procuratorate, '--form', 'request.json', ...papers],
  );
  matter = String(sent['matter']);
  for (const vault of ['firm-vault', 'office-vault', 'firm-vault']) await good('sync', ...own(vault));
  await good('evidence', 'export', matter, ...own('firm-vault'), '--out', 'matter.evidence');
  elsewhere = await mkdtemp(join(tmpdir(), 'lexpost-elsewhere-'));
  for (const name of ['matter.evidence', 'ca.pem', 'stranger-signing.pem']) {
    await copyFile(desk.path(name), join(elsewhere, name));
  }
  const bundle = await readFile(desk.path('matter.evidence'));
  bundle[bundle.length >> 1] = (bundle[bundle.length >> 1] ?? 0) ^ 1;
  await writeFile(join(elsewhere, 'altered.evidence'), bundle);
}, 120_000);
afterAll(async () => {
  await desk?.remove();
  await rm(elsewhere, { recursive: true, force: true });
});

describe('evidence export', () => {
  test('overwrites a file, or packs a matter that is not here', async () => {
    const again = await desk.json('evidence', 'export', matter, ...own('firm-vault'), '--out', 'matter.evidence');
    expect([again.exit, again.document['code']]).toEqual([5, 'FILE_EXISTS']);
    const other = '01a20c9b-bbfd-7fe5-b576-032afd5a8061';
    const none = await desk.json('evidence', 'export', other, ...own('firm-vault'), '--out', 'none.evidence');
    expect([none.exit, none.document['code']]).toEqual([1, 'MATTER_UNKNOWN']);
    await expect(readFile(desk.path('none.evidence'))).rejects.toThrow();
  });
});

describe('evidence verify, carried elsewhere,', () => {
  test('does not pass with the anchor alone, or answers otherwise than its schema says', async () => {
    const { exit, stdout, stderr } = await run('matter.evidence', '--trust', 'ca.pem', '--json');
    expect(stderr).toBe('');
    const { ok, ...rest } = JSON.parse(stdout) as Record<string, unknown>;
    const report = evidenceReport.parse({ code: null, ...rest });
    expect({ exit, ok, ...report }).toMatchObject({
      exit: 0,
      ok: true,
      indication: 'TOTAL_PASSED',
      matter,
      completeUpTo: 1,
      procedure: 'file-review',
    });
    expect(report.messages.map(({ act, receipts }) => [act, receipts.length])).toEqual([['submit', 1]]);
  });

  test.each([
    ['another anchor', ['matter.evidence', '--trust', 'stranger-signing.pem'], 4],
    ['an altered bundle', ['altered.evidence', '--trust', 'ca.pem'], 1],
    ['no bundle at all', ['ca.pem', '--trust', 'ca.pem'], 1],
    ['no anchor', ['matter.evidence'], 2],
    ['an anchor that is none', ['matter.evidence', '--trust', 'matter.evidence'], 1],
    ['a file that is not there', ['none.evidence', '--trust', 'ca.pem'], 5],
  ])('takes %s for good, or ends with another status', async (_title, argv, status) => {
    const { exit, stdout } = await run(...argv, '--json');
    expect([exit, (JSON.parse(stdout) as { ok: boolean }).ok]).toEqual([status, false]);
  });

  test('asks for an anchor where a compared fingerprint is given, which is all that trial identities have', async () => {
    const { exit, stdout } = await run('matter.evidence', '--fingerprint', compared, '--json');
    expect([exit, JSON.parse(stdout)]).toMatchObject([4, { indication: 'INDETERMINATE', matter }]);
  });

  test('passes although a fingerprint that somebody compared is of no card in the bundle', async () => {
    const last = compared.endsWith('0') ? '1' : '0';
    const strange = compared.slice(0, -1) + last;
    const flags = ['matter.evidence', '--trust', 'ca.pem', '--json'];
    const right = await run(...flags, '--fingerprint', compared);
    const wrong = await run(...flags, '--fingerprint', compared, '--fingerprint', strange);
    expect([right.exit, wrong.exit]).toEqual([0, 4]);
    expect(JSON.parse(wrong.stdout)).toMatchObject({
      ok: false,
      code: 'EVIDENCE_FINGERPRINT_UNMATCHED',
      indication: 'INDETERMINATE',
      checks: expect.arrayContaining([{ id: 'compared-fingerprint', ok: false, detail: strange }]),
    });
  });

  test('leaves out what is not proven, in text or as a page', async () => {
    await mkdir(join(elsewhere, 'out'));
    const { exit, stdout } = await run('matter.evidence', '--trust', 'ca.pem', '--report', 'out/report.html');
    expect(exit).toBe(0);
    const page = await readFile(join(elsewhere, 'out', 'report.html'), 'utf8');
    for (const text of [stdout, page]) {
      expect(text).toContain('Verified: complete up to place 1');
      expect(text).toContain('Whether anything came later, nobody can tell from a bundle alone.');
      expect(text).toContain('No timestamp proves a time');
    }
    expect(page).not.toMatch(/<script|https?:/);
  });

  test('names a matter, its state and its acts otherwise than people do, in Chinese', async () => {
    const { stdout } = await runLexpost(['evidence', 'verify', 'matter.evidence', '--trust', 'ca.pem'], {
      cwd: elsewhere,
      env: { LC_ALL: 'zh_CN.UTF-8', HOME: elsewhere },
    });
    for (const words of ['律师异地阅卷', '申请阅卷', '签收回执', '本报告不能证明什么']) expect(stdout).toContain(words);
  });
});
