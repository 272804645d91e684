import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignPositions } from '../../../electron/exchange/assign-positions.ts';
import { countMatter } from '../../../electron/exchange/count-matter.ts';
import type { PositionClaim } from '../../../electron/exchange/order.ts';
import type { Instant, M } from '../../../shared/model/brand.ts';
import type { ActMessage } from '../../../shared/model/message.ts';
import { makeAct, makeEnclosure, sha } from '../../fixtures/exchange-messages.ts';
import { FILE_REVIEW, OFFICE } from '../../fixtures/forms.ts';

const { firm, procuratorate: lead } = OFFICE;
const parties = { type: 'file-review', opener: firm, lead } as const;
const opening = makeAct({ from: firm, to: [lead] });
const withdrawal = makeAct({
  from: firm,
  to: [lead],
  act: 'withdraw',
  seq: 2,
  prev: opening.m,
  parents: [opening.m],
  form: FILE_REVIEW['withdraw'] ?? {},
});
const decision = makeAct({
  from: lead,
  to: [firm],
  act: 'decision',
  parents: [opening.m],
  form: FILE_REVIEW['granted'] ?? {},
});

type Item = { m: M; message: ActMessage };
const said = { receivedAt: '2026-11-24T06:00:00.000Z' as Instant, supersedes: null };
const toMap = (items: readonly Item[]) => new Map(items.map(({ m, message }) => [m, message]));
const claimsFor = (items: readonly Item[]): PositionClaim[] =>
  items.map(({ m }, index) => ({
    pos: index + 1,
    posPrev: items[index - 1]?.m ?? null,
    message: m,
    receipt: sha(`r${m}`),
    ...said,
  }));

describe('countMatter', () => {
  test('without a position nothing counts, whatever is here', () => {
    expect(countMatter(parties, [], toMap([opening]))).toMatchObject({
      state: 'unopened',
      countedPos: 0,
      waitingFor: null,
    });
  });

  test('the lead decides between a withdrawal and a decision that did not know of each other', () => {
    const all = toMap([opening, withdrawal, decision]);
    const first = countMatter(parties, claimsFor([opening, withdrawal, decision]), all);
    expect([first.state, first.acts.map(({ voidCode }) => voidCode)]).toEqual([
      'withdrawn',
      [null, null, 'ACT_NOT_ALLOWED'],
    ]);
    const second = countMatter(parties, claimsFor([opening, decision, withdrawal]), all);
    expect(second.state).toBe('withdrawn');
    expect(second.acts.every(({ voidCode }) => voidCode === null)).toBe(true);
  });

  test('a position whose message is not here stops the count and says what is missing', () => {
    const count = countMatter(parties, claimsFor([opening, decision]), toMap([opening]));
    expect(count).toMatchObject({ state: 'submitted', countedPos: 1, waitingFor: { pos: 2, message: decision.m } });
  });

  test('where the receipt of a place is lost the state counts, its time is unknown and asked for, and no clock is guessed', () => {
    const claims = claimsFor([opening, decision]).slice(1);
    const count = countMatter(parties, claims, toMap([opening, decision]));
    expect(count).toMatchObject({ state: 'granted', countedPos: 2, provenPos: 0, waitingFor: null });
    expect(count.clocks.map(({ id, startedAt, due }) => [id, startedAt, due])).toEqual([['arrange', null, null]]);
  });

  test('a lead that orders an act before what its author had seen, or out of the author’s sequence, makes it void for everyone', () => {
    const early = countMatter(parties, claimsFor([decision, opening]), toMap([opening, decision]));
    expect(early.acts.map(({ voidCode }) => voidCode)).toEqual(['SEQUENCE_BROKEN', null]);
    const skipped = makeAct({ from: firm, to: [lead], act: 'withdraw', seq: 3, prev: opening.m, parents: [opening.m] });
    const count = countMatter(parties, claimsFor([opening, skipped]), toMap([opening, skipped]));
    expect(count.acts.map(({ voidCode }) => voidCode)).toEqual([null, 'SEQUENCE_BROKEN']);
  });

  test('another device of the same office does not continue the first one’s sequence', () => {
    const other = makeAct({
      from: firm,
      device: 2,
      to: [lead],
      act: 'withdraw',
      seq: 2,
      prev: opening.m,
      parents: [opening.m],
    });
    const count = countMatter(parties, claimsFor([opening, other]), toMap([opening, other]));
    expect(count.acts.at(-1)?.voidCode).toBe('SEQUENCE_BROKEN');
  });

  test('in any order of arrival, with any repetition, all offices end in the same state', () => {
    const claims = claimsFor([opening, decision, withdrawal]);
    const expected = countMatter(parties, claims, toMap([opening, decision, withdrawal]));
    const events = [opening, decision, withdrawal, ...claims];
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: 6 }), fc.array(fc.constantFrom(...events)), (all, again) => {
        const seen = [...all, ...again];
        const acts = toMap(seen.filter((event): event is Item => 'm' in event));
        expect(
          countMatter(
            parties,
            seen.filter((event): event is PositionClaim => 'pos' in event),
            acts,
          ),
        ).toEqual(expected);
      }),
    );
  });
});

describe('assignPositions', () => {
  const enclosure = makeEnclosure(firm, [lead]);
  const facts = (acts: readonly Item[], claims: PositionClaim[] = [], held: readonly M[] = []) => ({
    lead,
    claims,
    acts,
    holds: (m: M) => held.includes(m),
  });
  const order = (acts: readonly Item[], claims: PositionClaim[] = [], held: readonly M[] = []) =>
    assignPositions(facts(acts, claims, held)).map(({ m, pos, posPrev }) => [m, pos, posPrev]);

  test('an act waits for its parents and takes them along', () => {
    expect(order([withdrawal])).toEqual([]);
    expect(order([withdrawal, opening])).toEqual([
      [opening.m, 1, null],
      [withdrawal.m, 2, opening.m],
    ]);
  });
  test('positions go on from those already given, and never twice to one message', () => {
    expect(order([opening, decision, withdrawal], claimsFor([opening]))).toEqual([
      [decision.m, 2, opening.m],
      [withdrawal.m, 3, decision.m],
    ]);
  });
  test('an act waits for an enclosure that the lead was given, not for one that others were given', () => {
    const citing = (office: typeof lead) =>
      makeAct({ from: firm, to: [lead], enclosures: [{ message: enclosure.m, offices: [office] }] });
    expect(order([citing(lead)])).toEqual([]);
    expect(order([citing(lead)], [], [enclosure.m])).toHaveLength(1);
    expect(order([citing(OFFICE.notaryAnhui)])).toHaveLength(1);
  });
  test('a registrar whose own order has a gap or a conflict gives no more positions', () => {
    const [, second] = claimsFor([opening, decision]);
    const gap: PositionClaim[] = second === undefined ? [] : [{ ...second, pos: 5 }];
    expect(order([opening, withdrawal], gap)).toEqual([]);
    const conflict = [
      ...claimsFor([opening]),
      { pos: 1, posPrev: null, message: decision.m, receipt: sha('liar'), ...said },
    ];
    expect(order([opening, withdrawal], conflict)).toEqual([]);
  });
  test('whatever order acts arrive in, the positions form one chain in which nothing comes before its past', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([opening, withdrawal, decision], { minLength: 3 }), (arrived) => {
        const claims: PositionClaim[] = [];
        const seen: Item[] = [];
        for (const item of arrived) {
          seen.push(item);
          for (const given of assignPositions(facts(seen, claims))) {
            claims.push({
              pos: given.pos,
              posPrev: given.posPrev,
              message: given.m,
              receipt: sha(`r${given.m}`),
              ...said,
            });
          }
        }
        const count = countMatter(parties, claims, toMap(arrived));
        expect([
          count.countedPos,
          count.conflict,
          count.acts.some(({ voidCode }) => voidCode === 'SEQUENCE_BROKEN'),
        ]).toEqual([3, null, false]);
      }),
    );
  });
});
