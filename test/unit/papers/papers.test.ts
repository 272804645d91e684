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
});
