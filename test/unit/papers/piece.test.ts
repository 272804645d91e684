import { describe, expect, test } from 'vitest';
import { type Piece, paginate, spacePiece } from '../../../electron/papers/piece.ts';

const frame = () => ({ top: 0, bottom: 100 });
const piece = (height: number, more: Partial<Piece> = {}): Piece => ({ height, draw: () => [], ...more });
const heights = (pieces: readonly Piece[]): number[][] =>
  paginate(pieces, frame).map((page) => page.map(({ piece: { height } }) => height));

describe('pages', () => {
  test('what does not fit goes to the next page', () => {
    expect(heights([piece(60), piece(41)])).toEqual([[60], [41]]);
  });
  test('what is bound goes together: no signature alone', () => {
    expect(heights([piece(50), piece(30, { keepWithNext: true }), piece(30)])).toEqual([[50], [30, 30]]);
  });
  test('a group higher than a page is cut, not lost', () => {
    const group = Array.from({ length: 5 }, () => piece(30, { keepWithNext: true }));
    expect(heights([piece(10), ...group]).flat()).toHaveLength(6);
  });
  test('a table shows its head on every page', () => {
    const head = piece(11);
    const rows = Array.from({ length: 8 }, () => piece(20, { repeat: head }));
    expect(heights([{ ...head, keepWithNext: true }, ...rows])).toEqual([
      [11, 20, 20, 20, 20],
      [11, 20, 20, 20, 20],
    ]);
  });
  test('white space at the head of a later page is dropped', () => {
    expect(heights([piece(95), spacePiece(10), piece(20)])).toEqual([[95], [20]]);
  });
});
