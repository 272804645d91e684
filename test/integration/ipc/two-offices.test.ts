import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventOf } from '../../../shared/ipc/contract.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import { secretOf } from '../../fixtures/desk-door.ts';
import { createDesks, type Desk, PASSPHRASE, settle, signAndSend } from '../../fixtures/desk-offices.ts';
import { OFFICES } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

/** Two offices whose people have nothing but the window: everything goes through the door, from the first run to the opened message. */

const desks = createDesks();
const { dir, attach } = desks;

describe('two offices through their windows', () => {
  let firm: Desk;
  let court: Desk;
  let matter: MatterId;
  let submitted: M;

  beforeAll(async () => {
    firm = await desks.firstRun(OFFICES.firm);
    court = await desks.firstRun(OFFICES.procuratorate);
    await desks.meet(firm, court);
    await desks.meet(court, firm);
  });

  afterAll(() => desks.close(firm, court));

  test('a request is drafted, reviewed, signed and sent, and arrives unopened', async () => {
    const { door } = firm;
    const draft = await door.ask('draft:create', { target: { kind: 'open', type: 'file-review', subtype: '' } });
    const form = FILE_REVIEW['submit'] ?? {};
    await door.ask('draft:update', { draft: draft.id, revision: 1, form, recipients: [court.office.id] });
    await attach(firm, draft.id, 'power-of-attorney', '委托书.txt', '委托书正文');
    const early = await door.ask('draft:preflight', { draft: draft.id });
    expect(early.items.filter(({ level }) => level === 'failure').map(({ id, slot }) => [id, slot])).toEqual([
      ['document-missing', 'lawyer-licence'],
      ['document-missing', 'firm-letter'],
    ]);
    await attach(firm, draft.id, 'lawyer-licence', '执业证.pdf', '执业证');
    await attach(firm, draft.id, 'firm-letter', '律所函.pdf', '律所函');
    const checked = await door.ask('draft:preflight', { draft: draft.id });
    expect(checked.items.filter(({ level }) => level === 'failure')).toEqual([]);
    submitted = await signAndSend(firm, draft.id);
    expect((await door.ask('draft:list', {})).items).toEqual([]);
    await settle(firm, court, firm);
    const inbox = await court.door.ask('inbox:list', { unopened: true, limit: 10, after: null });
    expect(inbox.items.map(({ m }) => m)).toEqual([submitted]);
    expect((await court.door.ask('home:counts', {})).unopened).toBe(1);
    matter = inbox.items[0]?.matter as MatterId;
  });

  test('green only once the counterpart has signed for it', async () => {
    const { timeline, allowed, state } = await firm.door.ask('matter:show', { matter });
    const [message] = timeline.filter((entry) => entry.kind === 'message');
    expect(message).toMatchObject({ m: submitted, colour: 'green', pos: 1, own: true });
    expect(message?.delivery.map(({ status }) => status)).toEqual(['delivered']);
    expect(state).toBe('submitted');
    expect(allowed.map(({ act }) => act)).toContain('withdraw');
  });

  test('opening gives one opened receipt, which the sender sees', async () => {
    expect(await court.door.ask('message:mark-opened', { m: submitted })).toEqual({ receipt: true });
    expect(await court.door.ask('message:mark-opened', { m: submitted })).toEqual({ receipt: false });
    await settle(court, firm);
    expect((await court.door.ask('home:counts', {})).unopened).toBe(0);
    const { receipts } = await firm.door.ask('message:show', { m: submitted });
    expect(receipts.map(({ kind }) => kind).sort()).toEqual(['delivered', 'opened']);
  });

  test('a document is previewed in pieces, exported where the person said, and judged', async () => {
    const source = { kind: 'message', m: submitted, index: 0 } as const;
    const opened = await court.door.ask('document:open', { source });
    expect(opened).toMatchObject({ name: '委托书.txt', preview: 'text' });
    const { bytes } = await court.door.ask('document:read', { source, offset: 0, length: 9 });
    expect(Buffer.from(bytes).toString('utf8')).toBe('委托书');
    const target = join(dir, 'exported.txt');
    court.door.answers.target = target;
    const { job } = await court.door.ask('document:export', { m: submitted, index: 0 });
    expect((await court.door.end(job ?? '')).state).toBe('done');
    expect(await readFile(target, 'utf8')).toBe('委托书正文');
    const { report } = await court.door.ask('verify:message', { m: submitted });
    expect(report.indication).toBe('TOTAL_PASSED');
    const audit = await court.door.ask('audit:list', {
      filter: { action: 'document-exported' },
      limit: 5,
      after: null,
    });
    expect(audit.items).toMatchObject([{ actor: '张甲', subject: submitted }]);
  });

  test('both list the matter, find its words and count it', async () => {
    for (const { door } of [firm, court]) {
      const sort = { by: 'updated', descending: true } as const;
      const list = await door.ask('matter:list', { filter: { query: '委托书' }, sort, limit: 10, after: null });
      expect(list).toMatchObject({ total: 1, next: null });
      expect(list.items[0]?.hit).toMatchObject({ field: 'documents' });
      expect((await door.ask('search:find', { query: '委托书', limit: 5, after: null })).items).toHaveLength(1);
      expect((await door.ask('home:charts', { months: 2 })).byState).toMatchObject([{ type: 'file-review', total: 1 }]);
    }
    expect((await court.door.ask('home:today', { limit: 5 })).answer.rows[0]?.matter ?? matter).toBe(matter);
  });

  test('the answer goes through the signature folder: unread is not signed', async () => {
    const { door, person } = court;
    const first = (await door.ask('matter:show', { matter })).allowed.find(({ act }) => act === 'supplement-request');
    const draft = await door.ask('draft:create', { target: { kind: 'matter', matter, act: first?.id ?? '' } });
    const form = { ...draft.form, items: [{ item: '委托书', wanted: '请补交原件' }], by: '2026-12-01', effect: 'none' };
    const edited = await door.ask('draft:update', { draft: draft.id, revision: draft.revision, form });
    expect(edited.recipients.map(({ id }) => id)).toEqual([firm.office.id]);
    await door.ask('draft:hand-over', { draft: draft.id, revision: edited.revision });
    const folder = await door.ask('signature:list', {});
    expect(folder.items).toMatchObject([{ draft: draft.id, read: false, failure: null }]);
    const items = [{ draft: draft.id, digest: folder.items[0]?.digest as M }];
    expect(await door.refusal('signature:sign-and-send', { items, person, secret: secretOf(PASSPHRASE) })).toBe(
      'NOT_READ',
    );
    await door.ask('signature:mark-read', items[0] as { draft: string; digest: M });
    expect((await door.ask('signature:list', {})).items[0]?.read).toBe(true);
    await signAndSend(court, draft.id);
    await settle(court, firm, court);
    expect((await firm.door.ask('matter:show', { matter })).state).toBe('supplementing');
    expect((await court.door.ask('matter:show', { matter })).state).toBe('supplementing');
  });

  test('what changed after the review is not signed, nor what main was not allowed to', async () => {
    const { door, person } = firm;
    const act = (await door.ask('matter:show', { matter })).allowed.find((one) => one.act === 'supplement');
    const draft = await door.ask('draft:create', { target: { kind: 'matter', matter, act: act?.id ?? '' } });
    const form = { ...draft.form, answers: [{ item: '委托书' }] };
    const edited = await door.ask('draft:update', { draft: draft.id, revision: draft.revision, form });
    const { item } = await door.ask('signature:review', { draft: draft.id });
    const items = [{ draft: draft.id, digest: item.digest }];
    door.answers.sign = false;
    expect(await door.refusal('signature:sign-and-send', { items, person, secret: secretOf(PASSPHRASE) })).toBe(
      'CANCELLED',
    );
    door.answers.sign = true;
    const other = { ...form, note: '另有说明' };
    expect(await door.refusal('draft:update', { draft: draft.id, revision: draft.revision, form: other })).toBe(
      'DRAFT_CHANGED',
    );
    await door.ask('draft:update', { draft: draft.id, revision: edited.revision, form: other });
    expect(await door.refusal('signature:sign-and-send', { items, person, secret: secretOf(PASSPHRASE) })).toBe(
      'DRAFT_CHANGED',
    );
    const now = await door.ask('signature:review', { draft: draft.id });
    const again = [{ draft: draft.id, digest: now.item.digest }];
    const { job } = await door.ask('signature:sign-and-send', { items: again, person, secret: secretOf('wrong') });
    expect((await door.end(job)).failure?.code).toBe('P12_PASSWORD_WRONG');
    expect((await door.ask('draft:show', { draft: draft.id })).state).toBe('draft');
    await door.ask('draft:remove', { draft: draft.id });
  });

  test('each message of another office is told of once, and receipts never', async () => {
    const told = ({ door }: Desk): M[] =>
      door.events.flatMap(({ name, payload }) =>
        name === 'message:received' ? (payload as EventOf<'message:received'>).messages : [],
      ) as M[];
    const kept = async ({ door }: Desk): Promise<M[]> =>
      (await door.ask('inbox:list', { limit: 50, after: null })).items.map(({ m }) => m as M).reverse();
    expect(told(court)).toEqual([submitted]);
    expect(told(court)).toEqual(await kept(court));
    expect(told(firm)).toEqual(await kept(firm));
    expect(told(firm)).toHaveLength(1);
  });

  test('notes, views and a spreadsheet without formulas', async () => {
    const { door } = firm;
    const note = await door.ask('matter:add-note', { matter, text: '=1+1' });
    expect((await door.ask('matter:show', { matter })).notes).toMatchObject([{ id: note.id, by: '张甲' }]);
    const sort = { by: 'due', descending: false } as const;
    const view = await door.ask('view:save', { id: null, name: '进行中', filter: { open: true }, sort });
    expect(view.total).toBe(1);
    const target = join(dir, 'matters.csv');
    door.answers.target = target;
    expect(await door.ask('matter:export-csv', { filter: {}, sort, only: null })).toEqual({ saved: true, rows: 1 });
    expect(await readFile(target, 'utf8')).toContain(matter);
  });

  test('a matter on paper has what was signed and who signed for it, and no note of the office; the log says that it left', async () => {
    const { door } = firm;
    expect(await door.ask('matter:print', { matter })).toEqual({ printed: true });
    door.answers.target = join(dir, 'matter.pdf');
    expect(await door.ask('matter:save-pdf', { matter })).toEqual({ saved: true });
    const [printed, drawn] = door.printed.slice(-2).map(({ html }) => html);
    expect(drawn).toBe(printed);
    for (const words of [submitted, court.office.name, '委托书.txt', '对方已签收']) expect(printed).toContain(words);
    expect(printed).not.toContain('=1+1');
    const { items } = await door.ask('audit:list', { filter: { action: 'matters-exported' }, limit: 10, after: null });
    expect(items[0]).toMatchObject({ subject: matter, actor: '张甲' });
    expect(await door.refusal('matter:print', { matter: '01930000-0000-7000-8000-00000000ffff' })).toBe(
      'MATTER_UNKNOWN',
    );
  });

  test('the log is searched by what it shows: part of a name, words of either language, the beginning of an identifier', async () => {
    const ask = async (filter: { actor?: string; action?: string; subject?: string }) =>
      (await firm.door.ask('audit:list', { filter, limit: 50, after: null })).items;
    const exported = await ask({ action: 'matters-exported' });
    expect(exported.length).toBeGreaterThan(0);
    for (const action of ['导出事项', 'list of MATTERS', ' matters-exp'])
      expect(await ask({ action })).toEqual(exported);
    const byPerson = await ask({ actor: '张' });
    expect(byPerson.length).toBeGreaterThan(0);
    expect(new Set(byPerson.map(({ actor }) => actor))).toEqual(new Set(['张甲']));
    const ofMatter = await ask({ subject: matter.slice(0, 20), action: '导出事项' });
    expect(ofMatter[0]?.subject).toBe(matter);
    expect(await ask({ actor: '王' })).toEqual([]);
  });

  test('an extract of the log has what the conditions let through, and the end of the chain', async () => {
    const { door } = firm;
    const { seq, hash } = await door.ask('audit:check', {});
    door.answers.target = join(dir, 'audit.pdf');
    const { rows } = await door.ask('audit:save-pdf', { filter: { action: 'matters-exported' } });
    expect(rows).toBe(2);
    const html = door.printed.at(-1)?.html ?? '';
    for (const words of [`日志至第 ${seq} 条`, hash, 'matters-exported', matter]) expect(html).toContain(words);
    expect(html).not.toContain('message-accepted');
    door.answers.target = null;
    expect(await door.ask('audit:save-pdf', { filter: {} })).toEqual({ saved: false, rows: 0 });
    expect((await door.ask('audit:check', {})).seq).toBe(seq + 1);
  });

  test('locked: nothing of the office, and the count without a name', async () => {
    const { door } = court;
    await door.ask('vault:lock', {});
    expect(await door.refusal('matter:show', { matter })).toBe('VAULT_LOCKED');
    expect((await door.ask('vault:state', {})).waiting).toBe(0);
    expect(await door.refusal('vault:unlock', { passphrase: secretOf('falsch') })).toBe('VAULT_PASSPHRASE_WRONG');
    await door.ask('vault:unlock', { passphrase: secretOf(PASSPHRASE) });
    expect((await door.ask('matter:show', { matter })).state).toBe('supplementing');
    expect((await door.ask('audit:check', {})).seq).toBeGreaterThan(5);
  });
});
