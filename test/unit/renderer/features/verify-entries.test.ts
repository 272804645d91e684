import { describe, expect, test } from 'vitest';
import { toFingerprints } from '../../../../renderer/features/verify/to-fingerprints.ts';
import { toInstant } from '../../../../renderer/features/verify/to-instant.ts';

describe('what a person typed', () => {
  const now = new Date('2026-11-24T02:20:00.000Z');
  test('is a moment in Shanghai that has passed, or none', () => {
    expect(toInstant('2026-11-24T10:19', now)).toBe('2026-11-24T02:19:00.000Z');
    expect(toInstant('2026-11-24T10:21', now)).toBeUndefined();
    expect(toInstant('2026-11-24', now)).toBeUndefined();
    expect(toInstant('2026-13-40T10:00', now)).toBeUndefined();
  });

  test('is fingerprints however they are grouped, with the first line that is none', () => {
    const hex = 'AB'.repeat(32);
    expect(toFingerprints(`${hex.match(/.{4}/g)?.join(' ')}\n\n${hex.match(/../g)?.join(':')}`)).toEqual({
      found: [hex.toLowerCase(), hex.toLowerCase()],
      wrong: null,
    });
    expect(toFingerprints(`${hex}\nabc`).wrong).toBe(2);
    expect(toFingerprints('')).toEqual({ found: [], wrong: null });
  });
});
