import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ByteSource, bufferSource } from '../../../electron/files/bytes.ts';
import { checkDraft } from '../../../electron/usecases/desk/view-draft.ts';
import { changeDraft, createDraft, removeDraft, showDraft } from '../../../electron/usecases/drafts/edit-draft.ts';
import { reviewDraft } from '../../../electron/usecases/drafts/review-draft.ts';
import { releaseInterrupted, signDrafts } from '../../../electron/usecases/drafts/sign-drafts.ts';
import {
  giveUpUnfinished,
  removeDocument,
  stageDocument,
  takeIn,
} from '../../../electron/usecases/drafts/stage-document.ts';
import { listMessages } from '../../../electron/usecases/list-messages.ts';
import { moveDraft } from '../../../electron/vault/repositories/drafts.ts';
import { addTrio, createLab, type Lab, reopen, type Trio } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

/** Drafts in a real vault: nothing of them is lost, sent twice, or left behind. */

let lab: Lab;
let trio: Trio;
beforeEach(async () => {
  lab = createLab();
  trio = await addTrio(lab);
});
afterEach(() => lab.close());

const blobFiles = (): number => readdirSync(join(trio.firm.dir, 'blobs')).length;

function begin(): string {
  const { context } = trio.firm;
  const { row } = createDraft(context, { kind: 'open', type: 'file-review', subtype: '' }, null);
  changeDraft(context, {
    draft: row.id,
    revision: 1,
    form: FILE_REVIEW['submit'] ?? {},
    recipients: [trio.lead.office.id],
  });
  return row.id;
}

async function stage(
  draft: string,
  bytes: Buffer,
  {
    source = bufferSource(bytes),
    signal,
    kind = 'power-of-attorney',
    name = '委托书.pdf',
  }: Partial<{ source: ByteSource; signal: AbortSignal; kind: string; name: string }> = {},
): Promise<string> {
  const { context } = trio.firm;
  const id = stageDocument(context, {
    draft,
    kind,
    name,
    size: source.size,
    audience: null,
  });
  await takeIn(context, id, source, signal === undefined ? {} : { signal });
  return id;
}

/** What a file review must bring, so that nothing stops it. */
async function complete(draft: string): Promise<void> {
  for (const kind of ['power-of-attorney', 'lawyer-licence', 'firm-letter']) {
    await stage(draft, Buffer.from(`%PDF-1.7 ${kind}`), { kind, name: `${kind}.pdf` });
  }
}

describe('documents of a draft', () => {
  test('go with the draft: the key of what was staged is destroyed with it', async () => {
    const before = blobFiles();
    const draft = begin();
    await stage(draft, randomBytes(3 * 1024 * 1024));
    expect(blobFiles()).toBe(before + 1);
    removeDraft(trio.firm.context, draft);
    expect(blobFiles()).toBe(before);
  });

  test('come and go while somebody types: the words keep their revision', async () => {
    const draft = begin();
    const { revision } = showDraft(trio.firm.context, draft).row;
    const document = await stage(draft, randomBytes(1024));
    removeDocument(trio.firm.context, draft, document);
    changeDraft(trio.firm.context, { draft, revision, form: FILE_REVIEW['submit'] ?? {} });
    expect(showDraft(trio.firm.context, draft).row.revision).toBe(revision + 1);
  });

  test('two drafts may hold the same content; the last one takes it along', async () => {
    const before = blobFiles();
    const [one, two] = [begin(), begin()];
    const bytes = randomBytes(1000);
    await stage(one, bytes);
    await stage(two, bytes);
    removeDraft(trio.firm.context, one);
    expect(blobFiles()).toBe(before + 1);
    removeDraft(trio.firm.context, two);
    expect(blobFiles()).toBe(before);
  });

  test('a read that is cancelled leaves nothing but the reason', async () => {
    const before = blobFiles();
    const draft = begin();
    const control = new AbortController();
    const bytes = randomBytes(5 * 1024 * 1024);
    const slow: ByteSource = {
      ...bufferSource(bytes),
      read: async (target, position) => {
        if (position > 2 * 1024 * 1024) control.abort();
        return bytes.copy(target, 0, position, position + target.length);
      },
    };
    await expect(stage(draft, bytes, { source: slow, signal: control.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(blobFiles()).toBe(before);
    expect(showDraft(trio.firm.context, draft).documents).toMatchObject([{ sha256: null, code: 'CANCELLED' }]);
    expect(() => reviewDraft(trio.firm.context, draft)).toThrow(expect.objectContaining({ code: 'DRAFT_UNFINISHED' }));
  });
});

test('a draft begins with what stands in its form anyway: no for what nobody ticked, no state secret', () => {
  const { row } = createDraft(trio.firm.context, { kind: 'open', type: 'file-review', subtype: '' }, null);
  expect(row.form).toMatchObject({ stateSecret: false, party: {} });
  const found = checkDraft(trio.firm.context, row.id).map(({ id }) => id);
  expect(found).not.toContain('state-secret-declared');
  const aid = createDraft(trio.firm.context, { kind: 'open', type: 'legal-aid', subtype: 'transfer' }, null);
  expect(aid.row.form).toMatchObject({ subtype: 'transfer', urgent: false, papers: [] });
});

test('a draft that says what went out within the last day is let pass in silence, or one of the day before that is not', async () => {
  const { context, credentials } = trio.firm;
  const draft = async (): Promise<string> => {
    const id = begin();
    await complete(id);
    return id;
  };
  const warned = (id: string) => checkDraft(context, id).filter((found) => found.id === 'sent-before');
  const first = await draft();
  expect(warned(first)).toEqual([]);
  const items = [{ draft: first, digest: reviewDraft(context, first).digest }];
  expect(await signDrafts(context, { items, credentials })).toMatchObject([{ failure: null }]);
  const [matter] = listMessages(context).items.map(({ row }) => row.matter);
  const second = await draft();
  expect(warned(second)).toMatchObject([{ level: 'advice', params: { matter, at: '2026-11-24 14:00' } }]);
  lab.later(24 * 3600_000);
  expect(warned(second)).toHaveLength(1);
  lab.later(1);
  expect(warned(second)).toEqual([]);
});

describe('signing a list of drafts', () => {
  test('one that fails leaves its draft and stops none of the others; nobody signs twice', async () => {
    const { context, credentials } = trio.firm;
    const [good, bad] = [begin(), begin()];
    await complete(good);
    await complete(bad);
    const broken = await stage(bad, randomBytes(2000), { name: '委托书（续）.pdf' });
    const items = [bad, good].map((draft) => ({ draft, digest: reviewDraft(context, draft).digest }));
    const blob = showDraft(context, bad).documents.find(({ id }) => id === broken)?.blob ?? '';
    const { rmSync } = await import('node:fs');
    rmSync(join(trio.firm.dir, 'blobs', blob));
    const results = await signDrafts(context, { items, credentials });
    expect(results).toMatchObject([
      { draft: bad, m: null, failure: { code: 'BLOB_MISSING' } },
      { draft: good, failure: null },
    ]);
    expect(showDraft(context, bad).row.state).toBe('draft');
    expect(() => showDraft(context, good)).toThrow(expect.objectContaining({ code: 'DRAFT_UNKNOWN' }));
    await expect(signDrafts(context, { items: [items[1] as (typeof items)[0]], credentials })).rejects.toMatchObject({
      code: 'DRAFT_UNKNOWN',
    });
    expect(listMessages(context).items.filter(({ row }) => row.kind === 'act')).toHaveLength(1);
  });

  test('what the checks stop is never sealed, and what they only advise on is', async () => {
    const { context, credentials } = trio.firm;
    const sent = async (draft: string) => {
      const items = [{ draft, digest: reviewDraft(context, draft).digest }];
      const [result] = await signDrafts(context, { items, credentials });
      return result;
    };
    const acts = () => listMessages(context).items.filter(({ row }) => row.kind === 'act').length;
    const draft = begin();
    await complete(draft);
    const secret = await stage(draft, randomBytes(100), { name: '机密★卷宗.pdf' });
    const before = blobFiles();
    expect(await sent(draft)).toMatchObject({ m: null, failure: { code: 'PREFLIGHT_BLOCKED' } });
    expect(acts()).toBe(0);
    expect(blobFiles()).toBe(before);
    expect(showDraft(context, draft).row.state).toBe('draft');
    removeDocument(context, draft, secret);
    await stage(draft, randomBytes(100), { name: '附件.pages', kind: 'other' });
    const advised = checkDraft(context, draft).filter(({ level }) => level === 'advice');
    expect(advised.map(({ id }) => id)).toEqual(expect.arrayContaining(['document-format', 'document-without-slot']));
    expect(await sent(draft)).toMatchObject({ failure: null });
    expect(acts()).toBe(1);
  });

  test('a card that changed between the review and the signature is seen', async () => {
    const { context, credentials } = trio.firm;
    const draft = begin();
    const { digest } = reviewDraft(context, draft);
    changeDraft(context, {
      draft,
      revision: showDraft(context, draft).row.revision,
      recipients: [trio.pickUp.office.id],
    });
    await expect(signDrafts(context, { items: [{ draft, digest }], credentials })).rejects.toMatchObject({
      code: 'DRAFT_CHANGED',
    });
  });

  test('what a closed vault interrupted is a draft again, and a half-read document says so', async () => {
    const draft = begin();
    const { context } = trio.firm;
    stageDocument(context, { draft, kind: 'other', name: 'a.pdf', size: 10, audience: null });
    context.vault.write((db) => {
      moveDraft(db, draft, ['draft'], 'sending');
    });
    await context.vault.close();
    await reopen(trio.firm, () => lab.clock.now);
    releaseInterrupted(trio.firm.context);
    giveUpUnfinished(trio.firm.context);
    expect(showDraft(trio.firm.context, draft)).toMatchObject({
      row: { state: 'draft' },
      documents: [{ code: 'CANCELLED' }],
    });
  });
});
