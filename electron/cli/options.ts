import { InvalidArgumentError } from 'commander';

/** Parsers of option values. What they throw becomes exit status 2. */

/** For an option that may be repeated: collects its values in order. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** ISO 8601 with a date at least; without a zone it is UTC, so that a verdict does not depend on where it is asked for. */
export function parseInstant(value: string): Date {
  const found = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(value);
  const [, date = '', zone] = found ?? [];
  const instant = new Date(value.length === date.length || zone !== undefined ? value : `${value}Z`);
  if (!isCalendarDate(date) || Number.isNaN(instant.getTime())) throw new InvalidArgumentError('ISO 8601');
  return instant;
}

/** Date.parse takes 30 February for 2 March. */
function isCalendarDate(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

/** One of a closed list of words. */
export function oneOf<const T extends readonly string[]>(words: T): (value: string) => T[number] {
  return (value) => {
    if (!words.includes(value)) throw new InvalidArgumentError(words.join(' | '));
    return value;
  };
}

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^\d{1,9}$/.test(value) || number < min || number > max) throw new InvalidArgumentError(`${min}–${max}`);
    return number;
  };
}

/** An object identifier in dots (X.660). */
export function parseOid(value: string): string {
  if (!/^[0-2](\.(0|[1-9]\d*))+$/.test(value)) throw new InvalidArgumentError(value);
  return value;
}

/** For an option that may be repeated and takes words of a closed list. */
export function collectOneOf<const T extends readonly string[]>(
  words: T,
): (value: string, earlier?: readonly T[number][]) => T[number][] {
  const parse = oneOf(words);
  return (value, earlier = []) => [...earlier, parse(value)];
}
