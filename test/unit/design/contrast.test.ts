import { describe, expect, test } from 'vitest';
import { type Mode, palettes, type } from '../../../shared/design/tokens.ts';

/** Linear light of `#rrggbb`, three numbers of 0 to 1. */
function linear(hex: string): [number, number, number] {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r, g, b];
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [a, b]
    .map((hex) => {
      const [red, green, blue] = linear(hex);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

type Matrix = readonly (readonly [number, number, number])[];

/** Full protanopia and deuteranopia after Machado, Oliveira, Fernandes 2009 (severity 1.0), on linear light. */
const BLINDNESS: Readonly<Record<'protanopia' | 'deuteranopia', Matrix>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** Björn Ottosson's OKLab, from linear sRGB. */
const TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

const apply = (matrix: Matrix, vector: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, factor, index) => sum + factor * (vector[index] ?? 0), 0));

function seenBy(matrix: Matrix, hex: string): number[] {
  const light = apply(matrix, linear(hex)).map((value) => Math.max(0, value));
  return apply(TO_LAB, apply(TO_LMS, light).map(Math.cbrt));
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));

describe.each<Mode>(['light', 'dark'])('the %s palette', (mode) => {
  const p = palettes[mode];
  const surfaces = {
    rail: p.rail,
    page: p.page,
    sheet: p.sheet,
    raised: p.raised,
    hover: p.hover,
    selected: p.brandSoft,
  };

  test.each(Object.entries(surfaces))('can be read on %s', (_name, ground) => {
    for (const text of [p.text, p.text2, p.text3, p.brand, p.brandHover]) {
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    }
    for (const { fg } of Object.values(p.tones)) expect(contrast(fg, ground)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(p.focus, ground)).toBeGreaterThanOrEqual(3);
    // No control stands on a selected row.
    if (ground !== p.brandSoft) expect(contrast(p.control, ground)).toBeGreaterThanOrEqual(3);
  });

  test('can be read on filled buttons, on quiet panels and on search hits', () => {
    for (const fill of [p.brand, p.brandHover, p.brandActive])
      expect(contrast(p.onBrand, fill)).toBeGreaterThanOrEqual(4.5);
    for (const { fg, bg } of Object.values(p.tones)) expect(contrast(fg, bg)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(p.text, p.mark)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(Object.entries(BLINDNESS))('keeps done, waiting and failed apart under %s', (_name, matrix) => {
    const [done, waiting, failed] = [p.tones.done, p.tones.waiting, p.tones.failed].map(({ fg }) => seenBy(matrix, fg));
    for (const [a, b] of [
      [done, waiting],
      [waiting, failed],
      [done, failed],
    ]) {
      expect(distance(a ?? [], b ?? [])).toBeGreaterThanOrEqual(0.05);
    }
  });
});

test('no type is smaller than 12 px', () => {
  expect(Math.min(...Object.values(type).map(([size]) => size))).toBe(12);
});
