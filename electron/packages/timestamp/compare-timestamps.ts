import type { TstInfo } from './tst-info.ts';

/** Where a TSA does not say: what EN 319 421, 7.7.1 asks of every one at least. Milliseconds. */
const DEFAULT_ACCURACY = 1000;

/** The earliest and latest moment at which the token can have been made. */
export function genTimeBounds({ genTime, accuracy }: Pick<TstInfo, 'genTime' | 'accuracy'>): {
  readonly earliest: Date;
  readonly latest: Date;
} {
  const slack = accuracy ?? DEFAULT_ACCURACY;
  return {
    earliest: new Date(Math.floor(genTime.getTime() - slack)),
    latest: new Date(Math.ceil(genTime.getTime() + slack)),
  };
}

/**
 * Which of two tokens was made first (RFC 3161, 2.4.2): null where their times lie within the sum of their accuracies, so that nobody can tell.
 * Two tokens of one TSA that promises ordering can always be told apart unless their times are equal.
 */
export function compareTimestamps(
  a: Pick<TstInfo, 'genTime' | 'accuracy' | 'ordering'>,
  b: Pick<TstInfo, 'genTime' | 'accuracy' | 'ordering'>,
  sameTsa: boolean,
): 'before' | 'after' | null {
  const difference = a.genTime.getTime() - b.genTime.getTime();
  const isOrdered = sameTsa && a.ordering && b.ordering;
  const slack = isOrdered ? 0 : (a.accuracy ?? DEFAULT_ACCURACY) + (b.accuracy ?? DEFAULT_ACCURACY);
  if (Math.abs(difference) <= slack) return null;
  return difference < 0 ? 'before' : 'after';
}
