import type { Style } from '../../shared/papers/paper.ts';

/** GB/T 9704-2012, 5 and 6: A4, top margin 37 mm, left margin 28 mm, type area 156 × 225 mm with 22 lines of 28 characters. All lengths are points. */
export type Points = number;

export const MM: Points = 72 / 25.4;

export const PAGE = { width: 210 * MM, height: 297 * MM } as const;

export const AREA = { left: 28 * MM, top: 37 * MM, width: 156 * MM, height: 225 * MM } as const;

export const RIGHT: Points = AREA.left + AREA.width;
export const BOTTOM: Points = AREA.top + AREA.height;

/** 3号 as the standard's grid of 28 characters takes it. */
const SIZE_3: Points = 15.75;
const SIZE_4: Points = 14;
const SMALL_4: Points = 12;

export interface TextSize {
  readonly size: Points;
  /** From baseline to baseline. */
  readonly pitch: Points;
}

export interface Measures {
  readonly body: TextSize;
  readonly table: TextSize;
  readonly note: TextSize;
  /** Padding of a table's cells. */
  readonly cell: { readonly x: Points; readonly y: Points };
}

const OFFICIAL: TextSize = { size: SIZE_3, pitch: AREA.height / 22 };
const PLAIN: TextSize = { size: SIZE_4, pitch: 26 };
const FORM: TextSize = { size: SMALL_4, pitch: 22 };

/** Organs write in 3号 on the grid; firms and applicants in 4号; forms are tables in small 4号. */
export const MEASURES: Readonly<Record<Style, Measures>> = {
  letter: measures(OFFICIAL, { size: SMALL_4, pitch: 18 }),
  notice: measures(OFFICIAL, { size: SMALL_4, pitch: 18 }),
  plain: measures(PLAIN, { size: SMALL_4, pitch: 18 }),
  form: measures(FORM, { size: 10, pitch: 15 }),
};

/** Where the words begin: papers that GB/T 9704 does not bind need no wide head. */
export const TOPS: Readonly<Record<Style, Points>> = {
  letter: AREA.top,
  notice: AREA.top,
  plain: 30 * MM,
  form: 24 * MM,
};

/** The same with its lines closer: GB/T 9704, 7.3.5.5 has spacing changed rather than a signature alone on a page. */
export function squeeze({ body, table, note, cell }: Measures, factor: number): Measures {
  const less = 1 - factor;
  return {
    body: { ...body, pitch: body.pitch * factor },
    table: { ...table, pitch: table.pitch * (1 - less / 2) },
    note,
    cell: { ...cell, y: cell.y * (1 - 3 * less) },
  };
}

function measures(body: TextSize, table: TextSize): Measures {
  return { body, table, note: { size: 9, pitch: 14 }, cell: { x: 4, y: 4.5 } };
}
