import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../files/atomic-write.ts';

/** Where the window stood, in the screen's own pixels. */
export interface WindowPlace {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const stored = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(640).max(20_000),
  height: z.int().min(480).max(20_000),
  maximized: z.boolean(),
});

const DEFAULT: WindowPlace = { width: 1440, height: 900, maximized: false };
/** So much of the title bar must be on a screen that a person can take hold of it. */
const GRIP = 100;

/** The place kept in `file`, moved onto a screen that is there: the second one may have been left at the office. */
export function readWindowPlace(file: string, screens: readonly Area[]): WindowPlace {
  const place = parsePlace(file);
  if (place === null) return DEFAULT;
  const isReachable = screens.some(
    (area) =>
      place.x + place.width >= area.x + GRIP &&
      place.x <= area.x + area.width - GRIP &&
      place.y >= area.y &&
      place.y <= area.y + area.height - GRIP,
  );
  if (isReachable) return place;
  const { width, height, maximized } = place;
  return { width, height, maximized };
}

function parsePlace(file: string): z.infer<typeof stored> | null {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // The first start, or a file that somebody else wrote: a place is not worth a question
    return null;
  }
}

export function writeWindowPlace(file: string, place: Area & { readonly maximized: boolean }): Promise<void> {
  const { x, y, width, height, maximized } = place;
  return writeFileAtomic(file, Buffer.from(JSON.stringify({ x, y, width, height, maximized })));
}
