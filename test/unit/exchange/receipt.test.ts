import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildReceipt, checkReceipt, currentReceipt, type ReceiptLink } from '../../../electron/exchange/receipt.ts';
import type { Instant, OfficeId } from '../../../shared/model/brand.ts';
import type { ReceiptBody } from '../../../shared/model/message.ts';
import { DAY, makeAct, personOf, sha, vaultOf } from '../../fixtures/exchange-messages.ts';
import { OFFICE } from '../../fixtures/forms.ts';

const { firm, procuratorate } = OFFICE;
const stored = { ...makeAct({ from: firm, to: [procuratorate] }), signatureDigest: sha('signature') };
const author = { office: procuratorate, vault: vaultOf(procuratorate) };
const now = new Date('2026-11-24T06:10:00Z');
const body = buildReceipt(stored, {
  kind: 'delivered',
  ...author,
  at: '2026-11-24T06:05:00.000Z' as Instant,
  heads: [stored.m],
  position: { pos: 1, posPrev: null },
  supersedes: null,
  code: null,
  person: null,
});
const check = (change: Partial<ReceiptBody> = {}) => checkReceipt({ ...body, ...change }, author, stored, now);

describe('checkReceipt', () => {
  test('a receipt built for a message matches it', () => {
    expect(check()).toEqual({ ok: true, flags: [] });
  });
  test.each<[string, Partial<ReceiptBody>]>([
    ['another message', { message: sha('x') }],
    ['another id', { messageId: makeAct({ from: firm, to: [], label: 'x' }).message.id }],
    ['another signature over the same message', { signatureDigest: sha('x') }],
    ['another sender', { messageSender: { ...body.messageSender, person: personOf(procuratorate) } }],
    ['a document that was not there', { documents: [{ name: 'x', size: 1, sha256: sha('x') }] }],
    ['an office other than its author', { office: OFFICE.notaryAnhui as OfficeId }],
    ['a vault other than its author', { vault: vaultOf(firm) }],
    ['a refusal without a reason', { kind: 'refused', pos: null }],
    ['a delivery with a reason against it', { code: 'ACT_NOT_ALLOWED' }],
    ['a delivery of what failed', { verdict: { ...body.verdict, indication: 'TOTAL_FAILED' } }],
    ['a delivery of what is undecided', { verdict: { ...body.verdict, indication: 'INDETERMINATE' } }],
    ['an opening by nobody', { kind: 'opened', pos: null }],
    ['a position in a receipt that delivers nothing', { kind: 'opened', person: personOf(procuratorate) }],
    ['a first position that follows something', { posPrev: sha('x') }],
    ['a later position that follows nothing', { pos: 2 }],
  ])('%s is a mismatch', (_, change) => {
    expect(check(change)).toEqual({ ok: false, code: 'RECEIPT_MISMATCH' });
  });
  test('a receipt dated before its message is accepted and flagged, as is one from the future', () => {
    expect(check({ receivedAt: '2026-11-24T05:59:59.999Z' as Instant })).toEqual({
      ok: true,
      flags: ['dated-before-message'],
    });
    expect(check({ receivedAt: '2026-11-24T06:15:00.001Z' as Instant })).toEqual({ ok: true, flags: ['clock-skew'] });
  });
});

describe('currentReceipt', () => {
  const link = (name: string, supersedes: string | null = null, createdAt: string = DAY): ReceiptLink => ({
    m: sha(name),
    createdAt: createdAt as Instant,
    supersedes: supersedes === null ? null : sha(supersedes),
  });
  test('the last of a chain holds, whatever order they came in', () => {
    const chain = [link('a'), link('b', 'a'), link('c', 'b')];
    fc.assert(
      fc.property(fc.shuffledSubarray(chain, { minLength: 3 }), (all) => {
        expect(currentReceipt(all)).toBe(sha('c'));
      }),
    );
  });
  test('of two that contradict each other everybody picks the earlier', () => {
    const rivals = [link('late', null, '2026-11-24T07:00:00.000Z'), link('early')];
    expect(currentReceipt(rivals)).toBe(sha('early'));
    expect(currentReceipt([...rivals].reverse())).toBe(sha('early'));
  });
  test('none is current where there is none', () => {
    expect(currentReceipt([])).toBeNull();
  });
});
