import type { Cell, Table } from '../../shared/papers/paper.ts';
import { breakLines, type Line } from './break-lines.ts';
import { type Drawing, placeLine } from './drawing.ts';
import type { FontSet } from './font-set.ts';
import { AREA, type Measures, type Points } from './page-metrics.ts';
import type { Edges, Piece } from './piece.ts';

const RULE: Points = 0.6;
/** Lines of one row on one piece: a higher row is cut here, so that it can cross pages. */
const MAX_LINES = 20;

interface LaidCell {
  readonly cell: Cell;
  readonly x: Points;
  readonly width: Points;
  readonly lines: readonly Line[];
}

/** A table with borders: its rows break over pages, its head comes again on each. */
export function layOutTable(table: Table, fonts: FontSet, measures: Measures): Piece[] {
  const widths = toWidths(table.columns);
  const head = table.head === undefined ? undefined : rowPieces(table.head, widths, fonts, measures)[0];
  const rows = table.rows.flatMap((row) => rowPieces(row, widths, fonts, measures));
  const body = head === undefined ? rows : rows.map((piece): Piece => ({ ...piece, repeat: head }));
  return head === undefined ? body : [{ ...head, keepWithNext: body.length > 0 }, ...body];
}

function toWidths(columns: readonly number[]): Points[] {
  const sum = columns.reduce((total, column) => total + column, 0);
  return columns.map((column) => (column / sum) * AREA.width);
}

function rowPieces(row: readonly Cell[], widths: readonly Points[], fonts: FontSet, measures: Measures): Piece[] {
  const cells = layOutCells(row, widths, fonts, measures);
  const most = Math.max(1, ...cells.map(({ lines }) => lines.length));
  const count = Math.ceil(most / MAX_LINES);
  return Array.from({ length: count }, (_, part) => {
    const from = part * MAX_LINES;
    const shown = cells.map((cell) => ({ ...cell, lines: cell.lines.slice(from, from + MAX_LINES) }));
    return rowPiece(shown, { first: part === 0, last: part === count - 1 }, measures);
  });
}

function layOutCells(row: readonly Cell[], widths: readonly Points[], fonts: FontSet, measures: Measures): LaidCell[] {
  let column = 0;
  let x = AREA.left;
  return row.map((cell) => {
    const span = cell.span ?? 1;
    const width = widths.slice(column, column + span).reduce((sum, one) => sum + one, 0);
    const room = width - 2 * measures.cell.x;
    const weight = cell.bold === true ? 'bold' : 'regular';
    const laid = {
      cell,
      x,
      width,
      lines: breakLines(cell.text, { fonts, weight, size: measures.table.size, width: room }),
    };
    column += span;
    x += width;
    return laid;
  });
}

function rowPiece(cells: readonly LaidCell[], part: Edges, { table, cell: padding }: Measures): Piece {
  const most = Math.max(1, ...cells.map(({ lines }) => lines.length));
  const height = most * table.pitch + 2 * padding.y;
  const draw = (y: Points, edges: Edges): Drawing[] => [
    ...cells.flatMap((cell) => drawCell(cell, y, height, table, padding)),
    ...(part.first || edges.first ? [rule(AREA.left, y, AREA.left + AREA.width, y)] : []),
    ...(part.last || edges.last ? [rule(AREA.left, y + height, AREA.left + AREA.width, y + height)] : []),
  ];
  return { height, draw };
}

function drawCell(
  { cell, x, width, lines }: LaidCell,
  y: Points,
  height: Points,
  { size, pitch }: Measures['table'],
  padding: Measures['cell'],
): Drawing[] {
  // A short cell stands in the middle of its row, as forms are printed
  const top = y + (height - lines.length * pitch) / 2;
  const weight = cell.bold === true ? 'bold' : 'regular';
  const words = lines.flatMap((line, index) =>
    placeLine(line, {
      x: x + padding.x,
      y: top + index * pitch + (pitch + size * 0.76) / 2,
      width: width - 2 * padding.x,
      size,
      weight,
      align: cell.align ?? 'left',
    }),
  );
  return [...words, rule(x, y, x, y + height), rule(x + width, y, x + width, y + height)];
}

function rule(x1: Points, y1: Points, x2: Points, y2: Points): Drawing {
  return { kind: 'rule', from: [x1, y1], to: [x2, y2], width: RULE, ink: 'black' };
}
