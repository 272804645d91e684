import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';

/**
 * The fonts of all papers, read from packages of fixed version and never from the system: page breaks and digests must not differ between offices.
 * Noto Serif SC has GB 2312, all of the URO, extension A and the extension-B characters of 通用规范汉字表; Noto Serif JP adds some more (𠮷).
 */
export type Weight = 'regular' | 'bold';

export type Font = fontkit.Font;

export interface FontSet {
  /** The first one that has a character sets it. */
  readonly fonts: Readonly<Record<Weight, readonly [Font, ...Font[]]>>;
}

const FILES: Readonly<Record<Weight, readonly [string, string]>> = {
  regular: [
    '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
    '@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf',
  ],
  bold: [
    '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
    '@expo-google-fonts/noto-serif-jp/700Bold/NotoSerifJP_700Bold.ttf',
  ],
};

let opened: FontSet | null = null;

/** Opens the fonts once per process; they only read. */
export function openFonts(): FontSet {
  const { resolve } = createRequire(import.meta.url);
  const open = (file: string): Font => fontkit.openSync(resolve(file)) as Font;
  const both = ([first, second]: readonly [string, string]): [Font, Font] => [open(first), open(second)];
  opened ??= { fonts: { regular: both(FILES.regular), bold: both(FILES.bold) } };
  return opened;
}

/** The first font that has the character; null where none has: then its code is printed in a box. */
export function findFont({ fonts }: FontSet, weight: Weight, codePoint: number): Font | null {
  return fonts[weight].find((font) => font.hasGlyphForCodePoint(codePoint)) ?? null;
}

/** A character as it is set: `text` may carry a variation selector after it, which no font here knows. */
export interface Unit {
  readonly text: string;
  readonly codePoint: number;
  /** Null: drawn, not set. */
  readonly font: Font | null;
  /** In thousandths of the size. */
  readonly advance: number;
}

const TICKED = 0x2611;
/** No font has the ticked box: a tick is drawn over the empty one. */
const BOX = 0x25a1;

export function toUnits(fonts: FontSet, weight: Weight, text: string): Unit[] {
  const units: Unit[] = [];
  for (const char of text) {
    const codePoint = char.codePointAt(0) ?? 0;
    const last = units.at(-1);
    if (isVariationSelector(codePoint)) {
      if (last !== undefined) units[units.length - 1] = { ...last, text: last.text + char };
    } else units.push(toUnit(fonts, weight, char, codePoint));
  }
  return units;
}

function toUnit(fonts: FontSet, weight: Weight, text: string, codePoint: number): Unit {
  const font = findFont(fonts, weight, codePoint === TICKED ? BOX : codePoint);
  if (font === null) return { text, codePoint, font, advance: 1000 };
  const shown = codePoint === TICKED ? BOX : codePoint;
  const advance = (font.glyphForCodePoint(shown).advanceWidth * 1000) / font.unitsPerEm;
  return { text, codePoint, font, advance };
}

export function isTicked({ codePoint }: Unit): boolean {
  return codePoint === TICKED;
}

export { BOX };

function isVariationSelector(codePoint: number): boolean {
  return (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
}
