import type { Align } from '../../shared/papers/paper.ts';
import type { Item, Line } from './break-lines.ts';
import type { Weight } from './font-set.ts';
import type { Points } from './page-metrics.ts';

/** What is on a page, in points from its upper left corner. */
export type Drawing =
  | {
      readonly kind: 'text';
      /** Of the baseline. */
      readonly y: Points;
      readonly size: Points;
      readonly weight: Weight;
      readonly ink: Ink;
      readonly items: readonly PlacedItem[];
      /** Stretched so far that readers of the text would see spaces in it. */
      readonly stretched: boolean;
    }
  | {
      readonly kind: 'rule';
      readonly from: readonly [Points, Points];
      readonly to: readonly [Points, Points];
      readonly width: Points;
      readonly ink: Ink;
    }
  | {
      readonly kind: 'modules';
      readonly x: Points;
      readonly y: Points;
      readonly side: Points;
      readonly rows: readonly (readonly boolean[])[];
    };

export type Ink = 'black' | 'red';

export interface PlacedItem {
  readonly item: Item;
  readonly x: Points;
}

/** From this on, in parts of the size, poppler takes a gap for a space. */
const SPACE_LIKE = 0.08;
/** A line that had to end early before a long number is not torn apart to fill it: it stays short. */
const LOOSEST = 0.14;

export interface PlaceOptions {
  readonly x: Points;
  /** Of the baseline. */
  readonly y: Points;
  readonly width: Points;
  readonly size: Points;
  readonly align: Align;
  readonly weight?: Weight;
  readonly ink?: Ink;
}

/** Puts a line where it belongs, with the rules below what is to be filled in by hand. */
export function placeLine(line: Line, options: PlaceOptions): Drawing[] {
  const { x, y, width, size, align, weight = 'regular', ink = 'black' } = options;
  const left = width - line.indent - line.width;
  const stretches = align === 'justify' && !line.last;
  const gapCount = line.gaps.filter(Boolean).length;
  const even = stretches && gapCount > 0 ? left / gapCount : 0;
  const gap = even > LOOSEST * size ? 0 : even;
  const shift = align === 'right' ? left : align === 'center' ? left / 2 : 0;
  let at = x + line.indent + shift;
  const items = line.items.map((item, index): PlacedItem => {
    const placed = { item, x: at };
    at += item.width + (line.gaps[index] === true ? gap : 0);
    return placed;
  });
  const blanks = items.flatMap(({ item, x: from }): Drawing[] =>
    item.kind === 'blank'
      ? [
          {
            kind: 'rule',
            from: [from + 1, y + size * 0.16],
            to: [from + item.width - 1, y + size * 0.16],
            width: 0.5,
            ink,
          },
        ]
      : [],
  );
  return [{ kind: 'text', y, size, weight, ink, items, stretched: gap > SPACE_LIKE * size }, ...blanks];
}
