import type { Drawing } from './drawing.ts';
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

/** Characters that follow each other in one font: one operator shows them all, each moved to its own place. */
interface Run {
  readonly font: EmbeddedFont;
  readonly x: Points;
  readonly shown: string[];
  /** Where the last one ended. */
  end: Points;
}

export function paintText(drawing: TextDrawing, painter: TextPainter): string[] {
  const { items, size, y, stretched } = drawing;
  const baseline = painter.pageHeight - y;
  const operators: string[] = [];
  let run: Run | null = null;
  const flush = (): void => {
    if (run !== null) operators.push(showRun(run, size, baseline));
    run = null;
  };
  for (const { item, x } of items) {
    if (item.kind !== 'unit') continue;
    const glyph = plainGlyph(item.unit, painter);
    if (glyph === null) {
      flush();
      operators.push(...paintOdd(item.unit, x, size, baseline, painter, stretched));
      continue;
    }
    const { font, code } = glyph;
    if (run?.font !== font) flush();
    run = append(run ?? { font, x, shown: [], end: x }, code, x, size, item.width);
  }
  flush();
  if (!stretched) return operators;
  return beside(items.map(({ item }) => (item.kind === 'unit' ? item.unit.text : '')).join(''), operators);
}

function append(run: Run, code: string, x: Points, size: Points, width: Points): Run {
  const shift = Math.round(((x - run.end) * 1e6) / size) / 1e3;
  if (shift !== 0) run.shown.push(number(-shift));
  run.shown.push(`<${code}>`);
  return { ...run, end: x + width };
}

function showRun({ font, x, shown }: Run, size: Points, baseline: Points): string {
  const merged = shown.join('').replaceAll('><', '');
  return `BT /${font.id} ${number(size)} Tf 1 0 0 1 ${number(x)} ${number(baseline)} Tm [${merged}] TJ ET`;
}

/** The glyph of a character that can stand for itself; null for what is drawn or needs its text beside it. */
function plainGlyph(unit: Unit, painter: TextPainter): { readonly font: EmbeddedFont; readonly code: string } | null {
  if (unit.font === null || isTicked(unit)) return null;
  const char = String.fromCodePoint(unit.codePoint);
  const { font, code, meaning } = embed(unit.font, char, painter);
  return meaning === unit.text ? { font, code } : null;
}

function embed(own: Font, char: string, painter: TextPainter) {
  const font = painter.fontOf(own);
  const code = font.encode(char);
  const key = `${font.id} ${code}`;
  const meaning = painter.meaning.get(key) ?? char;
  painter.meaning.set(key, meaning);
  return { font, code, meaning };
}

function paintOdd(
  unit: Unit,
  x: Points,
  size: Points,
  baseline: Points,
  painter: TextPainter,
  covered: boolean,
): string[] {
  if (unit.font === null) return wrap(unit.text, paintCode(unit, x, baseline, size, painter), covered);
  const { font, code } = embed(unit.font, String.fromCodePoint(isTicked(unit) ? BOX : unit.codePoint), painter);
  const glyph = [`BT /${font.id} ${number(size)} Tf 1 0 0 1 ${number(x)} ${number(baseline)} Tm <${code}> Tj ET`];
  return wrap(unit.text, isTicked(unit) ? [...glyph, ...paintTick(x, baseline, size)] : glyph, covered);
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
