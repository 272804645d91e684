import { describe, expect, test } from 'vitest';
import { segmentWalker } from '../../../../electron/packages/cms/segment-walker.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const START = 1000;

interface Form {
  readonly segmented: boolean;
  readonly length: number | null;
}

/** The octets that a walker finds when the bytes come in pieces of `size`, and how many bytes it took. */
function walk(content: Form, bytes: Buffer, size: number): { octets: string; taken: number; done: boolean } {
  const walker = segmentWalker({ content, contentOffset: START });
  const found: Buffer[] = [];
  let taken = 0;
  while (taken < bytes.length && !walker.done) {
    const piece = bytes.subarray(taken, taken + size);
    taken += walker.take(piece, (start, end) => found.push(piece.subarray(start, end)));
  }
  return { octets: Buffer.concat(found).toString('latin1'), taken, done: walker.done };
}

describe('segmentWalker', () => {
  test.each([
    ['octets', { segmented: false, length: 5 }, '68656c6c6f', 'hello'],
    ['segments to an end-of-contents', { segmented: true, length: null }, '04 02 6865 04 03 6c6c6f 00 00', 'hello'],
    ['segments of a known length', { segmented: true, length: 9 }, '04 02 6865 04 03 6c6c6f', 'hello'],
    ['an empty segment', { segmented: true, length: null }, '04 00 04 05 68656c6c6f 00 00', 'hello'],
    ['no segment', { segmented: true, length: null }, '00 00', ''],
    ['lengths longer than needed', { segmented: true, length: null }, '04 82 00 05 68656c6c6f 00 00', 'hello'],
    [
      'segments in segments',
      { segmented: true, length: null },
      '24 80 04 02 6865 00 00 24 05 04 03 6c6c6f 00 00',
      'hello',
    ],
  ] as const)('%s: the same in pieces of any size, up to its end and no further', (_title, form, text, octets) => {
    const bytes = Buffer.concat([hex(text), hex('ffffff')]);
    for (let size = 1; size <= bytes.length; size++) {
      expect(walk(form, bytes, size)).toEqual({ octets, taken: hex(text).length, done: true });
    }
  });

  test('octets may be passed over unseen', () => {
    const walker = segmentWalker({ content: { segmented: true, length: null }, contentOffset: START });
    expect(walker.take(hex('04 05'), () => {})).toBe(2);
    expect(walker.remaining).toBe(5);
    expect(walker.skip()).toBe(5);
    expect(walker.take(hex('0000ff'), () => {})).toBe(2);
    expect(walker.done).toBe(true);
  });

  test.each([
    ['a segment of another type', { segmented: true, length: null }, '0c 01 61'],
    ['a segment of indefinite length that is primitive', { segmented: true, length: null }, '04 80'],
    ['a segment that passes the string', { segmented: true, length: 4 }, '04 05'],
    ['an end-of-contents where the length is known', { segmented: true, length: 4 }, '00 00'],
    ['segments nested nine deep', { segmented: true, length: null }, '24 80 '.repeat(9)],
    ['a length of nine bytes', { segmented: true, length: null }, '04 89 01 01 01 01 01 01 01'],
  ])('refuses %s', (_title, form, text) => {
    expect(() => walk(form, hex(text), 1)).toThrow(expect.objectContaining({ name: 'Asn1Error' }));
  });
});
