import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listPapers } from '../../../electron/usecases/papers/list-papers.ts';
import { findNumberPattern, setNumberPattern } from '../../../electron/usecases/papers/paper-number.ts';
import { buildMatterPaper, renderMatterPaper } from '../../../electron/usecases/papers/render-matter-paper.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import { paperText } from '../../../shared/papers/paper-text.ts';
import { addTrio, createLab, type Lab, type Party, send, syncAll, textDocument } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

let lab: Lab;
let firm: Party;
let lead: Party;
let pickUp: Party;
let all: Party[];
let matter: MatterId;
let m: M;

beforeEach(async () => {
  lab = createLab();
  ({ firm, lead, pickUp, all } = await addTrio(lab));
  ({ matter, m } = await send(firm, {
    target: { type: 'file-review', to: [lead.office.id, pickUp.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
    documents: [textDocument('委托书.txt', '委托张甲为辩护人')],
  }));
  await syncAll(all);
});
afterEach(() => lab.close());

const words = (party: Party, paper: string): string =>
  paperText(buildMatterPaper(party.context, { matter, paper }).paper);

describe('papers of a matter', () => {
  test('each act lists the papers that its procedure names, and its proof of delivery', () => {
    expect(listPapers(firm.context, matter).map(({ id, m: of }) => [id, of])).toEqual([
      ['reading-application', m],
      ['firm-letter', m],
      ['power-of-attorney', m],
      ['delivery-proof', m],
    ]);
  });
  test('two offices print the same application, byte for byte', async () => {
    const request = { matter, paper: 'reading-application' };
    const [ours, theirs] = await Promise.all(
      [firm, lead].map(({ context }) => renderMatterPaper(context, request).then(({ pdf }) => pdf)),
    );
    expect(ours?.equals(theirs ?? Buffer.alloc(0))).toBe(true);
  });
  test('the proof of delivery names every file with its digest, the posting and the receipts', () => {
    const { paper } = buildMatterPaper(firm.context, { matter, paper: 'delivery-proof' });
    const text = paperText(paper);
    const [document] = firm.context.vault.read.all<{ sha256: string }>('SELECT sha256 FROM documents WHERE m = ?', [m]);
    expect(text).toContain(document?.sha256);
    expect(text).toMatch(/已投递\t2026-11-24 14:00:0/);
    expect(text).toMatch(/上海市某检察院\t已签收\t2026-11-24 14:0/);
    expect(text).toContain('签名有效');
    expect(paper.reference).toEqual({ matter, m });
  });
  test('a paper that no act produces is refused by name', () => {
    for (const paper of ['pledge', 'aid-granted', 'no-such-paper']) {
      expect(() => buildMatterPaper(firm.context, { matter, paper })).toThrowError(
        expect.objectContaining({ code: 'PAPER_UNKNOWN' }),
      );
    }
  });
  test('an act that the lead’s order made void is not printed', async () => {
    for (const [party, act, form] of [
      [pickUp, 'receipt', FILE_REVIEW['firstCheck']],
      [lead, 'decision', FILE_REVIEW['denied']],
      [firm, 'withdraw', FILE_REVIEW['withdraw']],
    ] as const) {
      const sent = await send(party, { target: { matter }, act, form: form ?? {} });
      if (party === firm) {
        await syncAll(all);
        expect(findMessage(firm.context.vault.read, sent.m)?.voidCode).not.toBeNull();
        expect(listPapers(firm.context, matter).map((paper) => paper.m)).not.toContain(sent.m);
      }
    }
  });
  test('the pledge and the receipt take the case from the request and the volumes from the delivery', async () => {
    const steps = [
      [pickUp, 'receipt', FILE_REVIEW['firstCheck']],
      [lead, 'receipt', { step: 'second-check', on: '2026-11-24' }],
      [lead, 'decision', FILE_REVIEW['granted']],
      [firm, 'receipt', FILE_REVIEW['pledge']],
      [lead, 'deliver', FILE_REVIEW['deliver']],
      [firm, 'receipt', FILE_REVIEW['collected']],
    ] as const;
    for (const [party, act, form] of steps) {
      await send(party, { target: { matter }, act, form: form ?? {}, documents: [textDocument('附件.txt', '附件')] });
      await syncAll(all);
    }
    expect(words(lead, 'pledge')).toContain('犯罪嫌疑人李乙涉嫌合同诈骗一案');
    expect(words(firm, 'reading-receipt')).toContain('诉讼文书卷');
    expect(words(firm, 'reading-decision')).toContain('同意以异地阅卷的方式');
  });
});

describe('numbers', () => {
  test('without a pattern the place stays blank', () => {
    const { paper } = buildMatterPaper(firm.context, { matter, paper: 'firm-letter' });
    expect(paper.number).toEqual({ label: '', value: null });
  });
  test('a number is given once, counts up by year, and is never given by others', async () => {
    setNumberPattern(firm.context, 'firm-letter', '（{year}）示函字第{n}号', 'test');
    expect(findNumberPattern(firm.context, 'firm-letter')).toBe('（{year}）示函字第{n}号');
    const first = buildMatterPaper(firm.context, { matter, paper: 'firm-letter' });
    const again = buildMatterPaper(firm.context, { matter, paper: 'firm-letter' });
    expect([first, again].map(({ paper }) => paper.number?.value)).toEqual(Array(2).fill('（2026）示函字第1号'));
    const second = await send(firm, {
      target: { type: 'file-review', to: [lead.office.id, pickUp.office.id] },
      act: 'submit',
      form: FILE_REVIEW['submit'] ?? {},
    });
    const next = buildMatterPaper(firm.context, { matter: second.matter, paper: 'firm-letter' });
    expect(next.paper.number?.value).toBe('（2026）示函字第2号');
    setNumberPattern(lead.context, 'firm-letter', '假〔{year}〕{n}号', 'test');
    expect(buildMatterPaper(lead.context, { matter, paper: 'firm-letter' }).paper.number?.value).toBeNull();
  });
  test('a pattern that is none is refused and changes nothing', () => {
    const set = () => setNumberPattern(firm.context, 'firm-letter', '第{n}号', 'test');
    expect(set).toThrowError(expect.objectContaining({ code: 'PAPER_PATTERN_INVALID' }));
    expect(findNumberPattern(firm.context, 'firm-letter')).toBeNull();
  });
});
