import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closePast, findHeads, type Link, pastOfHeads } from '../../../electron/exchange/heads.ts';
import { sha } from '../../fixtures/exchange-messages.ts';

const link = (name: string, parents: string[] = [], prev: string | null = null): Link => ({
  m: sha(name),
  parents: parents.map((parent) => sha(parent)),
  prev: prev === null ? null : sha(prev),
});
const links = [link('1'), link('2', ['1']), link('3', ['1'], '2'), link('4', ['1'])];

describe('heads', () => {
  test('are what nothing applied follows, as parent or as the author’s previous act', () => {
    expect(findHeads(links)).toEqual([sha('3'), sha('4')]);
  });
  test('an act whose past is not all here is not applied, and hides nothing', () => {
    expect(findHeads([...links, link('6', ['5', '4'])])).toEqual([sha('3'), sha('4')]);
  });
  test('do not depend on the order of arrival, as a set', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(links, { minLength: 4 }), (all) => {
        expect(new Set(findHeads(all))).toEqual(new Set([sha('3'), sha('4')]));
        expect(closePast(all).size).toBe(4);
      }),
    );
  });
  test('at most sixteen are named, the newest', () => {
    const many = Array.from({ length: 20 }, (_, index) => link(`root ${index}`));
    expect(findHeads(many)).toEqual(many.slice(4).map(({ m }) => m));
  });
  test('the past of a head is all that it follows, and an unknown head has none', () => {
    expect(pastOfHeads(links, [sha('3')])).toEqual(new Set([sha('3'), sha('2'), sha('1')]));
    expect(pastOfHeads(links, [sha('unknown')]).size).toBe(0);
  });
});
