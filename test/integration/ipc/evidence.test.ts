import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestOf } from '../../../shared/ipc/contract.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import type { EvidenceReport } from '../../../shared/model/evidence-report.ts';
import { createDesks, type Desk } from '../../fixtures/desk-offices.ts';
import { OFFICES } from '../../fixtures/exchange-lab.ts';

/** What proves a matter, out of one window and into another. */

const desks = createDesks();
const target = join(desks.dir, '卷宗证据.zip');
let firm: Desk;
let court: Desk;
let matter: MatterId;

beforeAll(async () => {
  firm = await desks.firstRun(OFFICES.firm);
  court = await desks.firstRun(OFFICES.procuratorate);
  await desks.meet(firm, court);
  await desks.meet(court, firm);
  ({ matter } = await desks.submit(firm, court));
});
afterAll(() => desks.close(firm, court));

async function chosen({ door }: Desk, path: string): Promise<string> {
  door.answers.files = [path];
  const { files } = await door.ask('file:choose', { purpose: 'verify', several: false });
  return files[0]?.token ?? '';
}

async function judge(
  desk: Desk,
  path: string,
  trust: Partial<RequestOf<'evidence:verify'>>,
): Promise<{ readonly id: string; readonly report: EvidenceReport }> {
  const asked = { anchors: [], fingerprints: [], ownTrust: false, at: null, ...trust };
  const { job } = await desk.door.ask('evidence:verify', { file: await chosen(desk, path), ...asked });
  const ended = await desk.door.end(job);
  expect(ended.failure).toBeNull();
  const id = ended.verification ?? '';
  return { id, report: (await desk.door.ask('evidence:show', { id })).report };
}

describe('a bundle out of one window', () => {
  test('is not made of other things than the window said before', async () => {
    const preview = await firm.door.ask('evidence:preview', { matter });
    expect(preview).toMatchObject({
      messages: 1,
      documents: 3,
      receipts: 1,
      cards: 2,
      completeUpTo: 1,
      missing: [],
      wanted: [],
      unacknowledged: 0,
    });
    firm.door.answers.target = null;
    expect(await firm.door.ask('evidence:export', { matter })).toEqual({ job: null });
    firm.door.answers.target = target;
    const { job } = await firm.door.ask('evidence:export', { matter });
    const ended = await firm.door.end(job ?? '');
    expect(ended).toMatchObject({ state: 'done', label: '卷宗证据.zip' });
    expect(ended.total).toBeGreaterThan(preview.size);
    expect(ended.done).toBe(ended.total);
    expect(ended.matter).toBe(matter);
    const filter = { action: 'evidence-exported' };
    const { items } = await firm.door.ask('audit:list', { filter, limit: 2, after: null });
    expect(items).toMatchObject([{ actor: '张甲', subject: matter, detail: { messages: 1, receipts: 1 } }]);
  });

  test('is not there where somebody ended the export, and no part of it', async () => {
    const folder = join(desks.dir, 'ended');
    mkdirSync(folder);
    firm.door.answers.target = join(folder, 'bundle.zip');
    const { job } = await firm.door.ask('evidence:export', { matter });
    await firm.door.ask('job:cancel', { job: job ?? '' });
    expect((await firm.door.end(job ?? '')).state).toBe('cancelled');
    expect(readdirSync(folder)).toEqual([]);
    firm.door.answers.target = target;
  });

  test('is told from other files, and leaves the file to be judged', async () => {
    const file = await chosen(court, target);
    expect(await court.door.ask('evidence:recognise', { file })).toEqual({ bundle: true });
    expect(await court.door.ask('evidence:recognise', { file })).toEqual({ bundle: true });
    const other = await chosen(court, import.meta.filename);
    expect(await court.door.ask('evidence:recognise', { file: other })).toEqual({ bundle: false });
  });

  test('passes in no window where nothing is trusted, and in that of who compared the cards', async () => {
    const bare = await judge(court, target, {});
    expect(bare.report).toMatchObject({ indication: 'INDETERMINATE', code: 'EVIDENCE_CARD_OPEN', completeUpTo: 1 });
    const fingerprints = bare.report.cards.map(({ fingerprint }) => fingerprint);
    const compared = await judge(court, target, { fingerprints });
    expect(compared.report).toMatchObject({ indication: 'TOTAL_PASSED', completeUpTo: 1, state: 'submitted' });
    const own = await judge(court, target, { ownTrust: true });
    expect(own.report.cards.map(({ restsOn }) => restsOn)).toEqual(['fingerprint', 'fingerprint']);
    expect(own.report.indication).toBe('TOTAL_PASSED');
  });

  test('is judged as of another time where somebody asks, and then the certificates must have been good', async () => {
    const early = await judge(court, target, { ownTrust: true, at: '2020-01-01T00:00:00.000Z' as never });
    expect(early.report.validationTime).toBe('2020-01-01T00:00:00.000Z');
    expect(early.report.indication).not.toBe('TOTAL_PASSED');
  });

  test('does not pass with one byte changed, nor with an anchor that is none', async () => {
    const bytes = await readFile(target);
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const broken = join(desks.dir, 'broken.zip');
    writeFileSync(broken, bytes);
    expect((await judge(court, broken, { ownTrust: true })).report.indication).toBe('TOTAL_FAILED');
    const anchors = [await chosen(court, import.meta.filename)];
    const asked = { anchors, fingerprints: [], ownTrust: true, at: null };
    const { job } = await court.door.ask('evidence:verify', { file: await chosen(court, target), ...asked });
    expect((await court.door.end(job)).failure?.code).toBe('CERTIFICATE_MALFORMED');
  });

  test('leaves a report that says up to where, on paper and in files', async () => {
    const { id } = await judge(court, target, { ownTrust: true });
    const page = join(desks.dir, 'report.html');
    court.door.answers.target = page;
    await court.door.ask('evidence:save-report', { id, format: 'html', language: 'zh-CN' });
    expect(await readFile(page, 'utf8')).toContain('截至第 1 项');
    court.door.answers.target = join(desks.dir, 'report.json');
    await court.door.ask('evidence:save-report', { id, format: 'json', language: 'en' });
    expect(JSON.parse(await readFile(join(desks.dir, 'report.json'), 'utf8'))).toMatchObject({ completeUpTo: 1 });
    const pdf = join(desks.dir, 'report.pdf');
    court.door.answers.target = pdf;
    expect(await court.door.ask('evidence:save-report', { id, format: 'pdf', language: 'zh-CN' })).toEqual({
      saved: true,
    });
    expect(await readFile(pdf, 'latin1')).toMatch(/^%PDF-/);
    expect(court.door.printed.at(-1)?.html).toContain('截至第 1 项');
    court.door.answers.target = null;
    expect(await court.door.ask('evidence:save-report', { id, format: 'pdf', language: 'en' })).toEqual({
      saved: false,
    });
    expect(await court.door.ask('evidence:print-report', { id, language: 'en' })).toEqual({ printed: true });
    expect(court.door.printed.at(-1)?.html).toContain('place 1');
  });
});
