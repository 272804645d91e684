import { type FoldedRun, foldRuns } from './fold.ts';

/**
 * The tokens of a text, separated by spaces. A run of Chinese 甲乙丙 becomes 甲乙, 乙丙, 丙, so that any part of two or more
 * characters is a phrase of tokens, and any single character is the beginning of one. ASCII words are tokens as they stand.
 */
export function toGrams(text: string): string {
  return foldRuns(text)
    .flatMap((run) => runTokens(run, true))
    .join(' ');
}

/** @param tail whether the run's last character stands alone once more; a query leaves it out where more text may follow */
export function runTokens({ kind, characters }: FoldedRun, tail: boolean): string[] {
  const letters = characters.map(({ text }) => text);
  if (kind === 'word') return [letters.join('')];
  const pairs = letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
  return tail || pairs.length === 0 ? [...pairs, letters.at(-1) ?? ''] : pairs;
}
