import { describe, expect, test } from 'vitest';
import { cardFingerprint, judgeCard, sameFingerprint } from '../../../electron/exchange/card-trust.ts';
import type { Instant, PersonId } from '../../../shared/model/brand.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import { fakeDer, makeCard, sha } from '../../fixtures/exchange-messages.ts';
import { OFFICE } from '../../fixtures/forms.ts';

const card = makeCard(OFFICE.firm);
const at = new Date('2026-11-24T08:00:00Z');
const signer = sha(`sign ${OFFICE.firm}`);
const judge = (incoming: OfficeCard, change: Partial<Parameters<typeof judgeCard>[0]> = {}) =>
  judgeCard({ incoming, signer, current: card, fingerprint: null, at, ...change });
const newer = (change: Partial<OfficeCard> = {}): OfficeCard => ({ ...card, version: 2, ...change });
const newPerson = newer({
  persons: [...card.persons, ...makeCard(OFFICE.notaryAnhui).persons.map((person) => ({ ...person, name: '李乙' }))],
});

const personOf = (name: string) => `${sha(name).slice(0, 8)}-0000-4000-8000-000000000000` as PersonId;

describe('judgeCard', () => {
  test('an unknown office waits for a comparison, and a right fingerprint given at once is one', () => {
    expect(judge(card, { current: null })).toEqual({ kind: 'pending', comparison: true });
    const printed = cardFingerprint(card)
      .toUpperCase()
      .replace(/(.{4})/g, '$1 ');
    expect(judge(card, { current: null, fingerprint: printed })).toEqual({ kind: 'apply', how: 'fingerprint' });
    expect(judge(card, { current: null, fingerprint: sha('other') })).toEqual({
      kind: 'refuse',
      code: 'FINGERPRINT_MISMATCH',
    });
  });
  test('the same card again changes nothing; an equal or older version with other words is refused', () => {
    expect(judge(card)).toEqual({ kind: 'unchanged' });
    expect(judge({ ...card, types: [] })).toEqual({ kind: 'refuse', code: 'CARD_NOT_NEWER' });
    expect(judge(card, { current: newer() })).toEqual({ kind: 'refuse', code: 'CARD_NOT_NEWER' });
  });
  test('a newer card without new keys, signed by a known key, applies by itself', () => {
    const epoch = newer({ vaults: card.vaults.map((vault) => ({ ...vault, epoch: 2 })) });
    expect(judge(epoch)).toEqual({ kind: 'apply', how: 'signed-by-known-key' });
  });
  test('a new key needs a person even where the old key vouches for it', () => {
    expect(judge(newPerson)).toEqual({ kind: 'pending', comparison: false });
    const vaultKey = newer({
      vaults: card.vaults.map((vault) => ({ ...vault, encryptionCertificate: fakeDer('new') })),
    });
    expect(judge(vaultKey)).toEqual({ kind: 'pending', comparison: false });
    const renamed = newer({ office: { ...card.office, name: '另一家' } });
    expect(judge(renamed)).toEqual({ kind: 'pending', comparison: false });
  });
  test('a newer card that no known key signed needs a new comparison, and never overwrites the pin by itself', () => {
    const stolen = newer({ persons: card.persons.map((person) => ({ ...person, certificate: fakeDer('mallory') })) });
    expect(judge(stolen, { signer: sha('mallory') })).toEqual({ kind: 'pending', comparison: true });
  });
  test('a card must be signed by one of its own persons who may sign cards and is in force', () => {
    const refused = { kind: 'refuse', code: 'CARD_NOT_SIGNED_BY_OFFICE' };
    expect(judge(newer(), { signer: sha('somebody') })).toEqual(refused);
    expect(judge(newer({ persons: card.persons.map((person) => ({ ...person, acts: ['submit'] })) }))).toEqual(refused);
    expect(judge(newer(), { at: new Date('2030-01-01') })).toEqual(refused);
  });
  test('whoever may not sign cards, or no longer, gives themselves no right to, whatever fingerprint was compared', () => {
    const [head] = card.persons;
    if (head === undefined) throw new Error('no person');
    const clerk = { ...head, id: personOf('clerk'), certificate: fakeDer('clerk'), acts: ['submit'] };
    const left = {
      ...head,
      id: personOf('left'),
      certificate: fakeDer('left'),
      notAfter: '2026-01-01T00:00:00.000Z' as Instant,
    };
    const current = { ...card, persons: [head, clerk, left] };
    const asClerk = newer({ persons: [head, { ...clerk, acts: ['*'] }, left] });
    const asLeft = newer({ persons: [head, clerk, { ...left, notAfter: head.notAfter }] });
    const refused = { kind: 'refuse', code: 'CARD_NOT_SIGNED_BY_OFFICE' };
    const published = cardFingerprint(current);
    expect(judge(asLeft, { current, signer: sha('left') })).toEqual(refused);
    expect(judge(asLeft, { current, signer: sha('left'), fingerprint: published })).toEqual(refused);
    expect(judge(asClerk, { current, signer: sha('clerk') })).toEqual({ kind: 'pending', comparison: true });
    for (const known of [current, null]) {
      expect(judge(asClerk, { current: known, signer: sha('clerk'), fingerprint: published })).toMatchObject({
        kind: 'refuse',
      });
    }
    // by who may: a right to sign cards is confirmed like a key, and taken away like one
    expect(judge(asClerk, { current })).toEqual({ kind: 'pending', comparison: false });
    expect(judge({ ...current, version: 3 }, { current: asClerk })).toEqual({
      kind: 'apply',
      how: 'signed-by-known-key',
    });
  });
  test('taking a key away asks nobody', () => {
    expect(judge({ ...card, version: 3 }, { current: newPerson })).toEqual({
      kind: 'apply',
      how: 'signed-by-known-key',
    });
  });
  test('a card cannot lower the minimum suite', () => {
    const lower = newer({ minimumSuite: 'LP0' as OfficeCard['minimumSuite'] });
    expect(judge(lower)).toEqual({ kind: 'refuse', code: 'CARD_LOWERS_SUITE' });
  });
});

describe('cardFingerprint', () => {
  test('depends on keys and the office’s words, not on version, time or order', () => {
    expect(cardFingerprint(newer({ types: [] }))).toBe(cardFingerprint(card));
    expect(cardFingerprint({ ...newPerson, persons: [...newPerson.persons].reverse() })).toBe(
      cardFingerprint(newPerson),
    );
    expect(cardFingerprint(newPerson)).not.toBe(cardFingerprint(card));
  });
  test('is compared without spaces, colons and case, and as a whole', () => {
    const print = cardFingerprint(card);
    expect(sameFingerprint(print.toUpperCase().replace(/(..)/g, '$1:'), print)).toBe(true);
    expect(sameFingerprint(print.slice(0, 16), print)).toBe(false);
  });
});
