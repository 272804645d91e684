import type { PaperBody, PaperNumber, Text } from '../../shared/papers/paper.ts';
import { breakLines } from './break-lines.ts';
import { type Drawing, placeLine } from './drawing.ts';
import type { FontSet } from './font-set.ts';
import { baseline, layOutParagraph } from './lay-out-blocks.ts';
import { AREA, type Measures, MM, PAGE, type Points, type TextSize } from './page-metrics.ts';
import { type Piece, spacePiece } from './piece.ts';

/** What stands above the words of a paper: letterhead or office name, title, number, addressee. */

const TITLE: TextSize = { size: 22, pitch: 33 };
const ISSUER: TextSize = { size: 18, pitch: 30 };

export function layOutHead(paper: PaperBody, fonts: FontSet, measures: Measures): Piece[] {
  const { style, issuer, title, number, addressee } = paper;
  const { pitch } = measures.body;
  const titles = title.flatMap((line) => layOutTitle(line, fonts, TITLE));
  const numbers = number === null ? [] : layOutNumber(number, fonts, measures.body);
  const to = addressee === null ? [] : layOutParagraph(addressee, { fonts, text: measures.body, align: 'left' });
  if (style === 'letter') {
    return [...numbers, spacePiece(pitch * 1.2), ...titles, spacePiece(pitch), ...to];
  }
  const named = style === 'plain';
  const office = named ? [] : layOutTitle(issuer, fonts, style === 'notice' ? ISSUER : { size: 16, pitch: 26 });
  const tight = style === 'form';
  return [
    ...office,
    ...titles,
    spacePiece(pitch * (tight ? 0.2 : 0.5)),
    ...numbers,
    ...(tight ? [] : [spacePiece(pitch * 0.5)]),
    ...to,
  ];
}

/** Centred. What needs several lines is dealt out evenly, and rather after 的 than inside a word (GB/T 9704, 7.3.1: 词意完整). */
function layOutTitle(words: string, fonts: FontSet, text: TextSize): Piece[] {
  const [whole] = breakLines([words], { fonts, weight: 'bold', size: text.size, width: Number.POSITIVE_INFINITY });
  const count = Math.ceil((whole?.width ?? 0) / AREA.width);
  const options = { fonts, text, weight: 'bold', align: 'center' } as const;
  if (count <= 1) return layOutParagraph([words], options);
  const chars = [...words];
  const most = Math.floor(AREA.width / text.size);
  const cut = titleCut(chars, Math.ceil(chars.length / count), most);
  return [
    ...layOutParagraph([chars.slice(0, cut).join('')], options),
    ...layOutTitle(chars.slice(cut).join(''), fonts, text),
  ];
}

/** The place nearest to `ideal` after a 的, as far as a line holds; else `ideal`. */
function titleCut(chars: readonly string[], ideal: number, most: number): number {
  const near = chars
    .map((char, index) => (char === '的' ? index + 1 : 0))
    .filter((cut) => cut > 0 && cut < chars.length && cut <= most && Math.abs(cut - ideal) <= 6)
    .sort((a, b) => Math.abs(a - ideal) - Math.abs(b - ideal));
  return near[0] ?? Math.min(ideal, most);
}

function layOutNumber({ label, value }: PaperNumber, fonts: FontSet, text: TextSize): Piece[] {
  const words: Text = value === null ? [label === '' ? '编号：' : label, { blank: 9 }] : [`${label}${value}`];
  return layOutParagraph(words, { fonts, text, align: 'right', width: AREA.width });
}

/** 信函格式 (GB/T 9704, 10.1): the sender's name in red, its top 30 mm from the edge; double red rules of 170 mm, 4 mm below it and 20 mm from the foot. */
export const LETTERHEAD = {
  nameTop: 30 * MM,
  ruleGap: 4 * MM,
  ruleWidth: 170 * MM,
  footRule: PAGE.height - 20 * MM,
} as const;

const NAME_SIZE: Points = 30;

/** Where the words of a letter begin. */
export function letterTop(): Points {
  return LETTERHEAD.nameTop + NAME_SIZE + LETTERHEAD.ruleGap + 3 * MM;
}

export function drawLetterhead(issuer: string, fonts: FontSet): Drawing[] {
  const natural = breakLines([issuer], { fonts, weight: 'bold', size: NAME_SIZE, width: Number.POSITIVE_INFINITY })[0];
  const size = Math.min(NAME_SIZE, (NAME_SIZE * AREA.width) / Math.max(1, natural?.width ?? 1));
  const lines = breakLines([issuer], { fonts, weight: 'bold', size, width: AREA.width + 1 });
  const y = baseline(LETTERHEAD.nameTop, { size, pitch: NAME_SIZE });
  const name = lines
    .slice(0, 1)
    .flatMap((line) =>
      placeLine(line, { x: AREA.left, y, width: AREA.width, size, align: 'center', weight: 'bold', ink: 'red' }),
    );
  const top = LETTERHEAD.nameTop + NAME_SIZE + LETTERHEAD.ruleGap;
  return [
    ...name,
    redRule(top, 2.2),
    redRule(top + 3, 0.8),
    redRule(LETTERHEAD.footRule - 3, 0.8),
    redRule(LETTERHEAD.footRule, 2.2),
  ];
}

function redRule(y: Points, width: Points): Drawing {
  const left = (PAGE.width - LETTERHEAD.ruleWidth) / 2;
  return { kind: 'rule', from: [left, y], to: [left + LETTERHEAD.ruleWidth, y], width, ink: 'red' };
}
