import type { Drawing, PlacedItem } from './drawing.ts';
import { BOX, type Font, isTicked, type Unit } from './font-set.ts';
import type { Points } from './page-metrics.ts';

/**
 * Characters as PDF operators (ISO 32000-1, 9.4). Every character stands at its own place, set from its own glyph without kerning or ligatures, so
 * that what was measured is what is printed. Where a glyph cannot say by itself which character it is (a shared glyph, a variation, a drawn box),
 * the text travels beside it as ActualText (14.9.4).
 */
export interface EmbeddedFont {
  readonly id: string;
  /** The glyph's code in the subset, four hex digits. */
  readonly encode: (char: string) => string;
}

export interface TextPainter {
  readonly fontOf: (font: Font) => EmbeddedFont;
  /** For what has no glyph. */
  readonly codeFont: Font;
  /** The character that a code was first used for: what its ToUnicode entry will say. */
  readonly meaning: Map<string, string>;
  readonly pageHeight: Points;
}

type TextDrawing = Extract<Drawing, { kind: 'text' }>;

export function paintText(drawing: TextDrawing, painter: TextPainter): string[] {
  const { items, size, y, stretched } = drawing;
  const baseline = painter.pageHeight - y;
  const shown = items.filter(({ item }) => item.kind === 'unit');
  if (!stretched) return shown.flatMap((placed) => paintItem(placed, size, baseline, painter));
  const whole = shown.map(({ item }) => (item.kind === 'unit' ? item.unit.text : '')).join('');
  const glyphs = shown.flatMap((placed) => paintItem(placed, size, baseline, painter, true));
  return beside(whole, glyphs);
}

function paintItem(
  { item, x }: PlacedItem,
  size: Points,
  baseline: Points,
  painter: TextPainter,
  covered = false,
): string[] {
  if (item.kind !== 'unit') return [];
  const { unit } = item;
  if (unit.font === null) return wrap(unit.text, paintCode(unit, x, baseline, size, painter), covered);
  const font = painter.fontOf(unit.font);
  const char = String.fromCodePoint(isTicked(unit) ? BOX : unit.codePoint);
  const code = font.encode(char);
  const key = `${font.id} ${code}`;
  const meaning = painter.meaning.get(key) ?? char;
  painter.meaning.set(key, meaning);
  const glyph = [`BT /${font.id} ${number(size)} Tf 1 0 0 1 ${number(x)} ${number(baseline)} Tm <${code}> Tj ET`];
  const drawn = isTicked(unit) ? [...glyph, ...paintTick(x, baseline, size)] : glyph;
  return meaning === unit.text ? drawn : wrap(unit.text, drawn, covered);
}

function wrap(text: string, operators: readonly string[], covered: boolean): string[] {
  return covered ? [...operators] : beside(text, operators);
}

function beside(text: string, operators: readonly string[]): string[] {
  const hex = Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex');
  return [`/Span <</ActualText <${hex}>>> BDC`, ...operators, 'EMC'];
}

function paintTick(x: Points, y: Points, size: Points): string[] {
  const at = (dx: number, dy: number): string => `${number(x + dx * size)} ${number(y + dy * size)}`;
  return [`q ${number(size * 0.09)} w ${at(0.22, 0.4)} m ${at(0.43, 0.18)} l ${at(0.82, 0.68)} l S Q`];
}

/** A character that no font here has: its code point, in two rows in a frame. It can be looked up, and the text behind it is whole. */
function paintCode({ codePoint }: Unit, x: Points, y: Points, size: Points, painter: TextPainter): string[] {
  const digits = codePoint.toString(16).toUpperCase().padStart(4, '0');
  const rows = [digits.slice(0, -3), digits.slice(-3)];
  const small = size * 0.36;
  const font = painter.fontOf(painter.codeFont);
  return [
    `q ${number(size * 0.03)} w ${number(x + size * 0.05)} ${number(y - size * 0.1)} ${number(size * 0.9)} ${number(size * 0.92)} re S Q`,
    ...rows.flatMap((row, index) =>
      [...row].map((char, column) => {
        const left = x + size * 0.5 + (column - row.length / 2) * small * 0.62;
        return `BT /${font.id} ${number(small)} Tf 1 0 0 1 ${number(left)} ${number(y + size * (index === 0 ? 0.42 : 0.02))} Tm <${font.encode(char)}> Tj ET`;
      }),
    ),
  ];
}

/** Four decimals at most: a hair under a thousandth of a millimetre. */
export function number(value: number): string {
  return String(Math.round(value * 1e4) / 1e4);
}
