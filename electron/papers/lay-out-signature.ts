import type { Signature, Style, Text } from '../../shared/papers/paper.ts';
import { breakLines, type Line } from './break-lines.ts';
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
  const broken = (text: Text, width: Points): Line[] => breakLines(text, { fonts, weight: 'regular', size, width });
  const rowsOf = (text: Text): Line[] => {
    const whole = widest(broken(text, Number.POSITIVE_INFINITY));
    // A name that needs two lines is dealt out evenly: none of them holds its last syllable alone
    const even = whole / Math.ceil(whole / AREA.width) + size;
    return broken(text, whole > AREA.width ? Math.min(AREA.width, even) : AREA.width);
  };
  const names = withSealMark(signature).flatMap(rowsOf);
  const date = rowsOf(signature.date);
  const [name, day] = [widest(names), widest(date)];
  const centred = style === 'letter' || style === 'notice';
  const place = centred ? centre(name, day, size) : null;
  const left = Math.max(AREA.left, RIGHT - Math.max(name, day) - 2 * size);
  const placed = [...names, ...date].map((line): Piece => {
    const x = place === null ? left : place - line.width / 2;
    const draw = (y: Points): Drawing[] =>
      placeLine(line, { x, y: baseline(y, measures.body), width: AREA.width, size, align: 'left' });
    return { height: pitch, draw };
  });
  return keepTogether([spacePiece(pitch * (centred ? 1.6 : 1)), ...placed], false);
}

const widest = (lines: readonly Line[]): Points => Math.max(0, ...lines.map(({ width }) => width));

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
