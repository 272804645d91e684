import type { Align, Block, Text } from '../../shared/papers/paper.ts';
import { breakLines } from './break-lines.ts';
import { placeLine } from './drawing.ts';
import type { FontSet, Weight } from './font-set.ts';
import { layOutTable } from './lay-out-table.ts';
import { AREA, type Measures, type Points, type TextSize } from './page-metrics.ts';
import { type Piece, spacePiece } from './piece.ts';

export interface ParagraphOptions {
  readonly fonts: FontSet;
  readonly text: TextSize;
  readonly weight?: Weight;
  readonly align?: Align;
  /** Full-width characters before the first line, and before the others. */
  readonly indent?: number;
  readonly hanging?: number;
  readonly x?: Points;
  readonly width?: Points;
}

/** One piece for each line. */
export function layOutParagraph(words: Text, options: ParagraphOptions): Piece[] {
  const { fonts, text, weight = 'regular', align = 'justify', x = AREA.left, width = AREA.width } = options;
  const { size, pitch } = text;
  const indent = (options.indent ?? 0) * size;
  const hanging = (options.hanging ?? 0) * size;
  return breakLines(words, { fonts, weight, size, width, indent, hanging }).map((line) => ({
    height: pitch,
    draw: (y) => placeLine(line, { x, y: baseline(y, text), width, size, weight, align }),
  }));
}

/** Where the baseline of a line stands whose upper edge is at `y`: Han characters in the middle of the pitch. */
export function baseline(y: Points, { size, pitch }: TextSize): Points {
  return y + (pitch + size * 0.76) / 2;
}

export function layOutBlocks(blocks: readonly Block[], fonts: FontSet, measures: Measures): Piece[] {
  return blocks.flatMap((block, index) => {
    const pieces = layOutBlock(block, fonts, measures);
    const table = block.kind === 'table';
    const before = blocks[index - 1];
    const gap = table || before?.kind === 'table' ? [spacePiece(measures.body.pitch * (table ? 0.15 : 0.25))] : [];
    return [...(index === 0 && !table ? [] : gap), ...pieces];
  });
}

function layOutBlock(block: Block, fonts: FontSet, measures: Measures): Piece[] {
  switch (block.kind) {
    case 'heading':
      return keepTogether(layOutParagraph(block.text, { fonts, text: measures.body, weight: 'bold', indent: 2 }), true);
    case 'paragraph': {
      const { text, indent, hanging, align } = block;
      return layOutParagraph(text, {
        fonts,
        text: measures.body,
        indent,
        hanging: hanging ?? 0,
        align: align ?? 'justify',
      });
    }
    case 'note':
      return layOutParagraph(block.text, { fonts, text: measures.note, align: 'justify' });
    case 'table':
      return layOutTable(block, fonts, measures);
    case 'space':
      return [spacePiece(block.lines * measures.body.pitch)];
  }
}

/** Binds pieces to each other, and the last one to what follows. */
export function keepTogether(pieces: readonly Piece[], withNext: boolean): Piece[] {
  return pieces.map((piece, index) => ({ ...piece, keepWithNext: withNext || index < pieces.length - 1 }));
}
