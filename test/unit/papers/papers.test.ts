import { describe, expect, test } from 'vitest';
import { findPaper, PAPERS } from '../../../shared/papers/find-paper.ts';
import { paperText } from '../../../shared/papers/paper-text.ts';
import { PROCEDURES } from '../../../shared/procedures/registry.ts';
import { SAMPLES, samplePaper } from '../../fixtures/papers/samples.ts';
import { actOf, MATTER, OFFICES, SOURCES } from '../../fixtures/papers/sources.ts';

describe('the papers', () => {
  test('ids are unique, and each paper has a sample', () => {
    expect(new Set(PAPERS.map(({ id }) => id)).size).toBe(PAPERS.length);
    const sampled = new Set(SAMPLES.map((key) => key.split(' ')[0]));
    expect(PAPERS.filter(({ id }) => !sampled.has(id)).map(({ id }) => id)).toEqual([]);
  });
  test('every paper that a procedure names can be printed', () => {
    const named = PROCEDURES.flatMap(({ acts }) => acts.flatMap(({ papers }) => papers));
    expect([...new Set(named)].filter((id) => findPaper(id) === null)).toEqual([]);
  });
  test.each(SAMPLES)('%s says nothing that nobody wrote', (key) => {
    expect(paperText(samplePaper(key))).not.toMatch(/undefined|null|NaN|\[object|。。|，，|：：/);
  });
  test.each(PAPERS)('$id stands with blanks where the form is empty', ({ build }) => {
    const act = actOf('submit', {}, OFFICES.firm);
    const matter = {
      id: MATTER,
      type: 'file-review',
      subtype: '',
      title: '某案',
      lead: OFFICES.procuratorate,
    } as const;
    const body = build({ matter, act, acts: [act], number: null });
    expect(paperText(body)).not.toMatch(/undefined|null|NaN/);
    expect(body.number?.value ?? null).toBeNull();
  });
  test('only organs have a red head', () => {
    const red = SAMPLES.filter((key) => samplePaper(key).style === 'letter');
    const types = red.map((key) => SOURCES[key]?.act.sender.type);
    expect(new Set(types)).toEqual(new Set(['legal-aid-centre']));
  });
  test('a number that the form carries goes before the pattern of the office', () => {
    expect(samplePaper('cooperation-letter').number?.value).toBe('示援协函〔2026〕12号');
    expect(samplePaper('aid-granted').number?.value).toBe('示援决〔2026〕12号');
  });
  test.each(['reading-application victim', 'pledge victim'])('%s says that the victim is suspected', (key) => {
    const text = paperText(samplePaper(key));
    expect(text).not.toContain('涉嫌');
    expect(text).toMatch(/合同诈骗罪一案(（案号：\d+）)?被害人䶮𠮷·阿卜杜勒的诉讼代理人/u);
  });
  test('who is no lawyer applies by the article that is for lawyers, without a name, or under the seal of a firm', () => {
    const text = paperText(samplePaper('reading-application layman'));
    expect(text).toContain('申请人：古丽巴哈尔·吐尔逊，居民身份证320102199003070038，与当事人关系：母亲');
    expect(text).not.toMatch(/律师法|盖章/);
    expect(paperText(samplePaper('reading-application victim'))).toContain('《人民检察院刑事诉讼规则》第五十六条');
  });
  test('a proof of delivery has no place for the hand of who got it, or does not name the case', () => {
    const text = paperText(samplePaper('delivery-proof'));
    expect(text).toContain('受送达人签收');
    expect(text).toMatch(/案　由\s合同诈骗罪\s案　号\s31010020260000123/u);
  });
});
