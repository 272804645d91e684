import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DeliveryCopy,
  type DeliveryReceipt,
  deliveryTo,
  worstColour,
} from '../../../electron/exchange/delivery.ts';
import type { Instant } from '../../../shared/model/brand.ts';
import { OFFICE } from '../../fixtures/forms.ts';

const office = OFFICE.procuratorate;
const at = (minute: number) => `2026-11-24T06:0${minute}:00.000Z` as Instant;
const copy = (state: DeliveryCopy['state'], postedAt: Instant | null = null): DeliveryCopy => ({
  office,
  state,
  postedAt,
});
const receipt = (
  kind: DeliveryReceipt['kind'],
  minute: number,
  code: DeliveryReceipt['code'] = null,
): DeliveryReceipt => ({
  kind,
  office,
  receivedAt: at(minute),
  code,
});

describe('deliveryTo', () => {
  test('green is ever without the signed delivery of that office, or orange without a copy in its mailbox', () => {
    const receipts = fc.array(
      fc.record({
        kind: fc.constantFrom<DeliveryReceipt['kind'][]>('delivered', 'opened', 'refused'),
        office: fc.constantFrom(office, OFFICE.firm, OFFICE.notaryAnhui),
        receivedAt: fc.constantFrom(at(1), at(2), at(3)),
        code: fc.constantFrom(null, 'ACT_NOT_ALLOWED' as const),
      }),
      { maxLength: 4 },
    );
    const copies = fc.array(
      fc.record({
        office: fc.constantFrom(office, OFFICE.firm),
        state: fc.constantFrom<DeliveryCopy['state'][]>('queued', 'posted', 'frozen', 'cancelled'),
        postedAt: fc.constantFrom(null, at(1)),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(receipts, copies, fc.boolean(), (signed, sent, givenUp) => {
        const { colour } = deliveryTo(office, signed, sent, givenUp);
        const own = signed.filter((one) => one.office === office);
        const posted = sent.some((one) => one.office === office && one.state === 'posted');
        expect(colour === 'green').toBe(own.some(({ kind }) => kind === 'delivered'));
        if (colour === 'orange')
          expect([posted, givenUp, own.some(({ kind }) => kind === 'refused')]).toEqual([true, false, false]);
        if (colour === 'grey') expect([posted, givenUp]).toEqual([false, false]);
        // one office that has not signed keeps the message from being green
        expect(
          worstColour([deliveryTo(office, signed, sent, givenUp), deliveryTo(OFFICE.centreJiangsu, signed, sent)]),
        ).not.toBe('green');
      }),
    );
  });

  test('nothing is more than queued until a copy is in a mailbox, and then it is only posted', () => {
    expect(deliveryTo(office, [], [])).toMatchObject({ status: 'queued', colour: 'grey' });
    expect(deliveryTo(office, [], [copy('queued'), copy('frozen')])).toMatchObject({
      status: 'queued',
      colour: 'grey',
    });
    expect(deliveryTo(office, [], [copy('queued'), copy('posted', at(1))])).toMatchObject({
      colour: 'orange',
      at: at(1),
    });
  });
  test('the first delivered receipt of any vault of the office makes it green, even where another vault refused', () => {
    const mixed = [receipt('delivered', 4), receipt('refused', 2, 'MESSAGE_EQUIVOCATION'), receipt('delivered', 3)];
    expect(deliveryTo(office, mixed, [copy('posted', at(1))])).toMatchObject({
      status: 'delivered',
      at: at(3),
      code: null,
    });
  });
  test('a receipt of another office says nothing of this one', () => {
    const other = { ...receipt('delivered', 3), office: OFFICE.notaryAnhui };
    expect(deliveryTo(office, [other], [copy('posted', at(1))]).colour).toBe('orange');
  });
  test('refused, given up and undeliverable are red, each by its own word', () => {
    expect(deliveryTo(office, [receipt('refused', 2, 'ACT_NOT_ALLOWED')], [])).toMatchObject({
      colour: 'red',
      code: 'ACT_NOT_ALLOWED',
    });
    expect(deliveryTo(office, [], [copy('posted')], true)).toMatchObject({ status: 'expired', colour: 'red' });
    expect(deliveryTo(office, [], [copy('queued')], true)).toMatchObject({ status: 'undeliverable', colour: 'red' });
    expect(deliveryTo(office, [receipt('delivered', 3)], [copy('posted')], true).colour).toBe('green');
    expect(deliveryTo(office, [], [copy('cancelled')])).toMatchObject({ status: 'undeliverable', colour: 'red' });
    expect(deliveryTo(office, [], [copy('cancelled'), copy('queued')]).status).toBe('queued');
  });
  test('who opened it is said beside the colour, not instead of it', () => {
    expect(deliveryTo(office, [receipt('opened', 5)], [copy('posted', at(1))])).toMatchObject({
      colour: 'orange',
      openedAt: at(5),
    });
  });
});

test('a message has the colour of the office that is worst off', () => {
  const of = (colour: 'green' | 'orange' | 'red' | 'grey') => ({ ...deliveryTo(office, [], []), colour });
  expect(worstColour([of('green'), of('red'), of('grey')])).toBe('red');
  expect(worstColour([of('green'), of('orange')])).toBe('orange');
  expect(worstColour([of('green'), of('green')])).toBe('green');
  expect(worstColour([])).toBe('grey');
});
