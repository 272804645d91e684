import type { Signature, Style, Text } from '../../shared/papers/paper.ts';
import { breakLines } from './break-lines.ts';
import { type Drawing, placeLine } from './drawing.ts';
import type { FontSet } from './font-set.ts';
import { baseline, keepTogether } from './lay-out-blocks.ts';
import { AREA, type Measures, type Points, RIGHT } from './page-metrics.ts';
import { type Piece, spacePiece } from './piece.ts';

/**
 * GB/T 9704, 7.3.5: the date four characters from the right, the office's name centred over it, room for the seal above. Firms and applicants write
 * below each other from one edge. The words before it come along to a new page: no page holds a signature alone.
 */
export function layOutSignature(signature: Signature, style: Style, fonts: FontSet, measures: Measures): Piece[] {
  const { size, pitch } = measures.body;
  const lines = withSealMark(signature);
  const widths = lines.map((line) => widthOf(line, fonts, size));
  const date = widthOf(signature.date, fonts, size);
  const centred = style === 'letter' || style === 'notice';
  const place = centred ? centre(Math.max(...widths), date, size) : null;
  const left = RIGHT - Math.max(...widths, date) - 2 * size;
  const texts = [...lines, signature.date];
  const placed = texts.map((text, index): Piece => {
    const own = [...widths, date][index] ?? 0;
    return { height: pitch, draw: (y) => draw(text, place === null ? left : place - own / 2, y) };
  });
  const draw = (text: Text, x: Points, y: Points): Drawing[] =>
    breakLines(text, { fonts, weight: 'regular', size, width: AREA.width }).flatMap((line) =>
      placeLine(line, { x, y: baseline(y, measures.body), width: AREA.width, size, align: 'left' }),
    );
  return keepTogether([spacePiece(pitch * (centred ? 1.6 : 1)), ...placed], false);
}

function withSealMark({ lines, sealMark }: Signature): Text[] {
  const last = lines.at(-1);
  if (sealMark === undefined || last === undefined) return [...lines];
  if (sealMark === '（公章）') return [...lines, [sealMark]];
  return [...lines.slice(0, -1), [...last, sealMark]];
}

/** The middle of the date, moved left where a long name would leave the type area. */
function centre(name: Points, date: Points, size: Points): Points {
  return Math.min(RIGHT - 4 * size - date / 2, RIGHT - name / 2);
}

function widthOf(text: Text, fonts: FontSet, size: Points): Points {
  const [line] = breakLines(text, { fonts, weight: 'regular', size, width: Number.POSITIVE_INFINITY });
  return line?.width ?? 0;
}
