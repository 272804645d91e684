import { describe, expect, test } from 'vitest';
import { CAST } from '../../../../electron/cli/demo/cast.ts';
import { samplePdf } from '../../../../electron/cli/demo/sample-pdf.ts';
import { stories } from '../../../../electron/cli/demo/story.ts';
import type { OfficeId } from '../../../../shared/model/brand.ts';
import { findSubtype, parseForm } from '../../../../shared/model/forms/parse-form.ts';
import { isRegionCode, isUscc } from '../../../../shared/model/identifiers.ts';
import { isDocumentName } from '../../../../shared/model/names.ts';
import { foldMatter } from '../../../../shared/procedures/fold-matter.ts';
import { ordered, type Told } from '../../../fixtures/ordered-acts.ts';

describe('the demonstration', () => {
  test('plays six offices of four provinces with codes that check', () => {
    expect(CAST.map(({ uscc }) => isUscc(uscc))).toEqual(CAST.map(() => true));
    expect(CAST.every(({ region }) => isRegionCode(region))).toBe(true);
    expect(new Set(CAST.map(({ region }) => region.slice(0, 2)))).toEqual(new Set(['31', '32', '33', '34']));
    expect(CAST.filter(({ devices }) => devices === 2)).toHaveLength(1);
  });
  test('every form is one that its procedure accepts', () => {
    for (const { type, acts } of stories('2026-11-24')) {
      const [opening] = acts;
      const subtype = findSubtype(type, opening?.form ?? {});
      expect(subtype, type).not.toBeNull();
      for (const { act, form, papers } of acts) {
        expect(() => parseForm(type, act, form, subtype), `${type} ${act}`).not.toThrow();
        expect(papers.every(({ name }) => isDocumentName(name))).toBe(true);
      }
    }
  });
  test('leaves one of the four procedures in full, or a half of legal aid, unplayed', () => {
    const played = stories('2026-11-24');
    expect(played.map(({ name }) => name).toSorted()).toEqual([
      'file-review',
      'legal-aid-assistance',
      'legal-aid-transfer',
      'notarization-request',
      'notarization-verification',
    ]);
    for (const { type, to, acts } of played) {
      const codeOf = (key: string) => CAST.find((one) => one.key === key)?.uscc as OfficeId;
      const told = acts.map(({ by, act, form }): Told => [codeOf(by), act, form, '2026-11-24']);
      const [opener = ''] = acts.map(({ by }) => by);
      const fold = foldMatter({ type, opener: codeOf(opener), lead: codeOf(to[0] ?? '') }, ordered(told));
      expect(fold.acts.filter(({ voidCode }) => voidCode !== null)).toEqual([]);
      expect(fold.state).toBe('closed');
    }
  });
  test('its papers are PDFs of the size asked for, whose table of objects points at the objects', () => {
    const pdf = samplePdf('Power (of) attorney', 48_000).toString('latin1');
    expect(Math.abs(pdf.length - 48_000)).toBeLessThan(1_000);
    const rows = [...pdf.matchAll(/(\d{10}) 00000 n /g)].map((row) => Number(row[1]));
    expect(rows).toHaveLength(5);
    for (const [index, offset] of rows.entries()) expect(pdf.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj`));
    expect(pdf.slice(Number(/startxref\n(\d+)/.exec(pdf)?.[1]))).toMatch(/^xref/);
  });
});
