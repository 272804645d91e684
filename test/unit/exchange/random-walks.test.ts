import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countMatter, type MatterCount } from '../../../electron/exchange/count-matter.ts';
import type { PositionClaim } from '../../../electron/exchange/order.ts';
import { PROCEDURES } from '../../../shared/procedures/find-procedure.ts';
import { OFFICE } from '../../fixtures/forms.ts';
import { type Walk, walkProcedure, walkStep } from '../../fixtures/procedure-walk.ts';

const players = { opener: OFFICE.firm, lead: OFFICE.procuratorate, third: OFFICE.notaryAnhui };
const WALKS = 80;
const STEPS = 30;

/** What one office has of a walk: some of its acts and receipts, in any order, some twice. */
const keep = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2 * (STEPS + 1), maxLength: 2 * (STEPS + 1) });

describe.each(PROCEDURES.map((procedure) => [procedure.name, procedure] as const))('%s', (_, procedure) => {
  const parties = { type: procedure.type, opener: players.opener, lead: players.lead };

  test('walked at random over at least 2,000 acts, no two offices ever see two states', () => {
    let walked = 0;
    let counted = 0;
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(walkStep, { minLength: STEPS, maxLength: STEPS }), keep, keep, (steps, first, second) => {
        const walk = walkProcedure(procedure, players, steps);
        const whole = countOf(walk, walk.claims);
        walked += walk.acts.length;
        counted += whole.acts.filter(({ voidCode }) => voidCode === null).length;
        for (const { state } of whole.acts) reached.add(state);
        for (const kept of [first, second]) expectPrefix(partOf(walk, kept), whole);
        expect(countOf(walk, walk.claims.toReversed())).toEqual(whole);
      }),
      { numRuns: WALKS, endOnFailure: true, unbiased: true },
    );
    expect(walked).toBeGreaterThanOrEqual(2_000);
    // A walk that counts for nothing, or never leaves its first states, would prove nothing.
    expect(counted).toBeGreaterThan(WALKS * 4);
    expect(reached.size).toBeGreaterThan(procedure.states.length / 2);
  }, 120_000);

  /** An office that has less sees an earlier state of the same matter, never another one; where it has the times, also the same clocks. */
  function expectPrefix(part: MatterCount, whole: MatterCount): void {
    expect(part.acts).toEqual(whole.acts.slice(0, part.acts.length));
    if (part.countedPos === whole.countedPos && part.provenPos === whole.countedPos) {
      expect(part.clocks).toEqual(whole.clocks);
      expect([part.state, part.sides]).toEqual([whole.state, whole.sides]);
    }
  }

  function countOf({ acts }: Walk, claims: readonly PositionClaim[]): MatterCount {
    return countMatter(parties, claims, new Map(acts.map(({ m, message }) => [m, message])));
  }

  /** Zero: not here. Everything else arrived, the higher the later. */
  function partOf({ acts, claims }: Walk, kept: readonly number[]): MatterCount {
    const here = acts.filter((__, index) => kept[index] !== 0);
    const placed = claims
      .map((claim, index) => ({ claim, at: kept[acts.length + index] ?? 0 }))
      .filter(({ at }) => at > 0)
      .sort((a, b) => a.at - b.at)
      .map(({ claim }) => claim);
    const again = placed.slice(0, 3);
    return countMatter(parties, [...placed, ...again], new Map(here.map(({ m, message }) => [m, message])));
  }
});
