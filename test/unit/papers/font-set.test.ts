import { describe, expect, test } from 'vitest';
import { findFont, openFonts, toUnits } from '../../../electron/papers/font-set.ts';

const fonts = openFonts();
const WEIGHTS = ['regular', 'bold'] as const;

describe.each(WEIGHTS)('the bundled fonts, %s', (weight) => {
  const has = (codePoint: number): boolean => findFont(fonts, weight, codePoint) !== null;

  test('every Han character of the URO and of extension A', () => {
    const missing: number[] = [];
    for (let point = 0x4e00; point <= 0x9fff; point++) if (!has(point)) missing.push(point);
    for (let point = 0x3400; point <= 0x4dbf; point++) if (!has(point)) missing.push(point);
    expect(missing).toEqual([]);
  });
  test('every two-byte character of GB 18030 but ≒ is there', () => {
    const decoder = new TextDecoder('gb18030');
    const missing = new Set<string>();
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        const char = trail === 0x7f ? '' : decoder.decode(new Uint8Array([lead, trail]));
        const point = char.codePointAt(0) ?? 0;
        const own = point >= 0xe000 && point < 0xf900;
        if (char !== '' && !char.includes('\ufffd') && !own && !has(point)) missing.add(char);
      }
    }
    expect([...missing].filter((char) => char !== '≒')).toEqual([]);
  });
  test.each([...'䶮𠮷𫖯喆堃赟祎〔〕□№·—𬭎𬱖𫓧𨱏'])('%s', (char) => {
    expect(has(char.codePointAt(0) ?? 0)).toBe(true);
  });
});

describe('units', () => {
  test('a variation selector stays with its character', () => {
    expect(toUnits(fonts, 'regular', '葛\u{e0100}某').map(({ text }) => text)).toEqual(['葛\u{e0100}', '某']);
  });
  test('a character that no font has still takes its place', () => {
    expect(toUnits(fonts, 'regular', '\u{2a6d6}')).toEqual([
      { text: '\u{2a6d6}', codePoint: 0x2a6d6, font: null, advance: 1000 },
    ]);
  });
});
