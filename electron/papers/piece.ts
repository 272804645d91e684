import type { Drawing } from './drawing.ts';
import type { Points } from './page-metrics.ts';

/** What is placed on pages one below the other: a line, a table's row, a title. */
export interface Piece {
  readonly height: Points;
  /** @param y of its upper edge */
  readonly draw: (y: Points, edges: Edges) => Drawing[];
  /** Must not be the last one on its page. */
  readonly keepWithNext?: boolean;
  /** Comes again at the top of a page that begins with this piece: a table's head. */
  readonly repeat?: Piece;
  /** White space: dropped at the top of a page. */
  readonly space?: true;
}

/** Whether the piece is the first or last of a table on its page. */
export interface Edges {
  readonly first: boolean;
  readonly last: boolean;
}

export function spacePiece(height: Points): Piece {
  return { height, draw: () => [], space: true };
}

export interface PlacedPiece {
  readonly piece: Piece;
  readonly y: Points;
}

export interface Frame {
  readonly top: Points;
  readonly bottom: Points;
}

/**
 * Deals pieces out to pages. What must stay together moves to the next page together; a group that is higher than a page is cut where it must.
 *
 * @param frameOf the place for text on a page, from 0
 */
export function paginate(pieces: readonly Piece[], frameOf: (page: number) => Frame): PlacedPiece[][] {
  const pages: PlacedPiece[][] = [[]];
  let y = frameOf(0).top;
  const turn = (): void => {
    pages.push([]);
    y = frameOf(pages.length - 1).top;
  };
  const put = (piece: Piece): void => {
    pages.at(-1)?.push({ piece, y });
    y += piece.height;
  };
  for (const group of toGroups(pieces)) {
    const height = group.reduce((sum, piece) => sum + piece.height, 0);
    const { top, bottom } = frameOf(pages.length - 1);
    if (y + height > bottom + 0.01 && y > top + 0.01 && height <= bottom - top) turn();
    for (const piece of group) {
      const used = pages.at(-1)?.length ?? 0;
      if (y + piece.height > frameOf(pages.length - 1).bottom + 0.01 && used > 0) turn();
      const first = pages.at(-1)?.length === 0;
      if (first && piece.space === true && pages.length > 1) continue;
      if (first && pages.length > 1 && piece.repeat !== undefined) put(piece.repeat);
      put(piece);
    }
  }
  return pages;
}

function toGroups(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  let open = false;
  for (const piece of pieces) {
    if (open) groups.at(-1)?.push(piece);
    else groups.push([piece]);
    open = piece.keepWithNext === true;
  }
  return groups;
}
