import { AppError } from '../errors.ts';

/**
 * An office's own number pattern (机关代字), e.g. `示援决〔{year}〕{n}号` or `（{year}）示函字第{n:4}号`: `{year}` four digits, `{n}` the running number
 * of that year, `{n:4}` the same padded with zeros. The rest stands as it is. Offices set their patterns; none is built in, because a number that an
 * office did not give is a false one.
 */
const PLACES = /\{(year|n(?::([1-9]))?)\}/g;
const MAX_LENGTH = 80;

/** @throws AppError PAPER_PATTERN_INVALID where a place is unknown, `{year}` or `{n}` is missing, or the text is too long */
export function checkNumberPattern(pattern: string): string {
  const rest = pattern.replace(PLACES, '');
  const named = [...pattern.matchAll(PLACES)].map(([, place]) => (place === 'year' ? 'year' : 'n'));
  const whole = named.filter((place) => place === 'n').length === 1 && named.includes('year');
  const clean = !/[{}\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/.test(rest);
  if (!whole || !clean || pattern.length > MAX_LENGTH) throw new AppError('PAPER_PATTERN_INVALID', { pattern });
  return pattern;
}

/** @param n running number of that year, from 1 */
export function formatNumber(pattern: string, year: number, n: number): string {
  return pattern.replace(PLACES, (_, place: string, width: string | undefined) =>
    place === 'year' ? String(year).padStart(4, '0') : String(n).padStart(Number(width ?? 1), '0'),
  );
}
