import type { Paper } from '../../shared/papers/paper.ts';
import { drawFoot, encodeReference, textBottom } from './draw-foot.ts';
import type { Drawing } from './drawing.ts';
import type { FontSet } from './font-set.ts';
import { keepTogether, layOutBlocks, layOutParagraph } from './lay-out-blocks.ts';
import { drawLetterhead, layOutHead, letterTop } from './lay-out-head.ts';
import { layOutSignature } from './lay-out-signature.ts';
import { MEASURES, type Measures, squeeze, TOPS } from './page-metrics.ts';
import { type Frame, type Piece, type PlacedPiece, paginate, spacePiece } from './piece.ts';

/** A paper as drawings, page by page. */
export function layOutPaper(paper: Paper, fonts: FontSet, textDigest: string): Drawing[][] {
  const pages = fill(paper, fonts);
  const code = encodeReference(paper, textDigest);
  return pages.map((placed, page) => [
    ...(paper.style === 'letter' && page === 0 ? drawLetterhead(paper.issuer, fonts) : []),
    ...drawPieces(placed),
    ...drawFoot({ paper, fonts, page, pages: pages.length, textDigest, code }),
  ]);
}

/** Down to 24 pt for 3号: closer looks crowded. */
const SQUEEZES = [0.97, 0.94, 0.91, 0.88, 0.85] as const;

/** Beyond so many pages one more makes no difference to a reader. */
const LONG = 4;

/** Pages with the usual spacing, or with a closer one where that saves a page. */
function fill(paper: Paper, fonts: FontSet): PlacedPiece[][] {
  const frameOf = (page: number): Frame => ({
    top: paper.style === 'letter' && page === 0 ? letterTop() : TOPS[paper.style],
    bottom: textBottom(paper, page),
  });
  const measures = MEASURES[paper.style];
  const at = (factor: number): PlacedPiece[][] => paginate(toPieces(paper, fonts, squeeze(measures, factor)), frameOf);
  const usual = at(1);
  if (usual.length === 1 || usual.length > LONG) return usual;
  for (const factor of SQUEEZES) {
    const closer = at(factor);
    if (closer.length < usual.length) return closer;
  }
  return usual;
}

function toPieces(paper: Paper, fonts: FontSet, measures: Measures): Piece[] {
  const { blocks, attachments, signature, style, tail } = paper;
  const body = [...layOutBlocks(blocks, fonts, measures), ...layOutAttachments(attachments, fonts, measures)];
  const signed = signature === null ? [] : layOutSignature(signature, style, fonts, measures);
  const after = keepTogether(layOutBlocks(tail, fonts, measures), false);
  const gap = after.length === 0 ? [] : [spacePiece(measures.body.pitch * 0.5)];
  return [
    ...layOutHead(paper, fonts, measures),
    ...(signature === null ? body : bindLast(body)),
    ...signed,
    ...gap,
    ...after,
  ];
}

/** No page holds a signature alone (GB/T 9704, 7.3.5.5): the line before it comes along. */
function bindLast(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, index) => (index === pieces.length - 1 ? { ...piece, keepWithNext: true } : piece));
}

/** GB/T 9704, 7.3.4: one line below the words, two characters in, numbers below each other, no stop after the names. */
function layOutAttachments(names: readonly string[], fonts: FontSet, { body }: Measures): Piece[] {
  if (names.length === 0) return [];
  const single = names.length === 1;
  const lines = names.map((name, index) => {
    const lead = index === 0 ? '附件：' : '　　　';
    return [`${lead}${single ? '' : `${index + 1}．`}${name}`];
  });
  const hanging = single ? 5 : 6.3;
  return [
    spacePiece(body.pitch * 0.6),
    ...lines.flatMap((text) => layOutParagraph(text, { fonts, text: body, indent: 2, hanging, align: 'left' })),
  ];
}

function drawPieces(placed: readonly PlacedPiece[]): Drawing[] {
  return placed.flatMap(({ piece, y }, index) =>
    piece.draw(y, { first: index === 0, last: index === placed.length - 1 }),
  );
}
