import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderClaims, type PositionClaim, timesOf } from '../../../electron/exchange/order.ts';
import type { Instant } from '../../../shared/model/brand.ts';
import { sha } from '../../fixtures/exchange-messages.ts';

const m = (name: string) => sha(name);
const said = { receivedAt: '2026-11-24T06:00:00.000Z' as Instant, supersedes: null };
const chain = (length: number): PositionClaim[] =>
  Array.from({ length }, (_, index) => ({
    pos: index + 1,
    posPrev: index === 0 ? null : m(`${index}`),
    message: m(`${index + 1}`),
    receipt: m(`receipt ${index + 1}`),
    ...said,
  }));

describe('orderClaims', () => {
  test('no receipt, no order', () => {
    expect(orderClaims([])).toEqual({ sequence: [], highest: 0, conflict: null });
  });

  test('any arrival order and any repetition of the same receipts gives the same order', () => {
    const claims = chain(8);
    fc.assert(
      fc.property(fc.shuffledSubarray(claims, { minLength: 8 }), fc.array(fc.constantFrom(...claims)), (all, again) => {
        expect(orderClaims([...all, ...again]).sequence).toEqual(claims.map(({ message }) => message));
      }),
    );
  });

  test('one lost receipt leaves no gap, because the next one names its message; two lost ones do', () => {
    const claims = chain(6);
    expect(orderClaims(claims.filter(({ pos }) => pos !== 3)).sequence).toHaveLength(6);
    expect(orderClaims(claims.filter(({ pos }) => pos !== 3 && pos !== 4))).toMatchObject({
      highest: 6,
      conflict: null,
    });
    expect(orderClaims(claims.filter(({ pos }) => pos !== 3 && pos !== 4)).sequence).toHaveLength(2);
  });

  test('two messages at one position stop the count there for everyone, and both receipts are the proof', () => {
    const claims = [...chain(4), { pos: 3, posPrev: m('2'), message: m('other'), receipt: m('liar'), ...said }];
    const expected = {
      pos: 3,
      messages: [m('3'), m('other')].sort(),
      receipts: [m('receipt 3'), m('receipt 4'), m('liar')].sort(),
    };
    fc.assert(
      fc.property(fc.shuffledSubarray(claims, { minLength: claims.length }), (all) => {
        expect(orderClaims(all)).toEqual({ sequence: [m('1'), m('2')], highest: 4, conflict: expected });
      }),
    );
  });

  test('a different past told with posPrev is a conflict too', () => {
    const told = [...chain(2), { pos: 3, posPrev: m('another 2'), message: m('3'), receipt: m('liar'), ...said }];
    expect(orderClaims(told).conflict).toMatchObject({ pos: 2 });
  });

  test('one message at two positions is a conflict at the second', () => {
    const twice = [...chain(2), { pos: 3, posPrev: m('2'), message: m('1'), receipt: m('liar'), ...said }];
    expect(orderClaims(twice)).toMatchObject({ sequence: [m('1'), m('2')], conflict: { pos: 3, messages: [m('1')] } });
  });
});

describe('timesOf', () => {
  const at = (receivedAt: string, receipt: string, supersedes: string | null = null): PositionClaim => ({
    pos: 1,
    posPrev: null,
    message: m('1'),
    receipt: m(receipt),
    receivedAt: receivedAt as Instant,
    supersedes: supersedes === null ? null : m(supersedes),
  });

  test('a receipt that was replaced says nothing any more, in whatever order the two came', () => {
    const claims = [at('2026-11-24T06:00:00.000Z', 'wrong'), at('2026-11-25T06:00:00.000Z', 'right', 'wrong')];
    expect(timesOf(claims).get(m('1'))).toBe('2026-11-25T06:00:00.000Z');
    expect(timesOf(claims.toReversed()).get(m('1'))).toBe('2026-11-25T06:00:00.000Z');
  });
  test('of two that stand the earlier holds; a message that only posPrev names has no time', () => {
    const claims = [at('2026-11-25T06:00:00.000Z', 'b'), at('2026-11-24T06:00:00.000Z', 'a')];
    expect(timesOf(claims).get(m('1'))).toBe('2026-11-24T06:00:00.000Z');
    expect(timesOf([{ ...at('2026-11-24T06:00:00.000Z', 'c'), pos: 2, posPrev: m('0') }]).has(m('0'))).toBe(false);
  });
});
