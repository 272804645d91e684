import { type FoldedCharacter, foldRuns } from './fold.ts';
import { queryTerms } from './query.ts';

/** A part of a text, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface Snippet {
  readonly text: string;
  /** What to emphasise, within `text`. */
  readonly ranges: readonly TextRange[];
}

/** Where the terms of `query` stand in `text`: in order, without overlap. */
export function findHighlights(text: string, query: string): TextRange[] {
  const characters = charactersOf(text);
  const haystack = joined(characters);
  const found = queryTerms(query).flatMap((term) => occurrences(characters, haystack, joined(charactersOf(term))));
  return merged(found);
}

/** About `length` characters of `text` around the first place where `query` stands; the beginning where it stands nowhere. */
export function toSnippet(text: string, query: string, length: number): Snippet {
  const ranges = findHighlights(text, query);
  const from = wholeCharacter(
    text,
    Math.max(0, Math.min((ranges[0]?.start ?? 0) - Math.floor(length / 4), text.length - length)),
  );
  const to = wholeCharacter(text, Math.min(text.length, from + length));
  const within = ranges
    .filter(({ start, end }) => start >= from && end <= to)
    .map(({ start, end }) => ({ start: start - from, end: end - from }));
  return { text: text.slice(from, to), ranges: within };
}

/** Characters with a mark between runs, as phrases of the index see them: 师阅 does not stand in 律师，阅卷. */
function charactersOf(text: string): FoldedCharacter[] {
  return foldRuns(text).flatMap(({ characters }, index) => {
    const at = characters[0]?.start ?? 0;
    const mark: FoldedCharacter = { text: ' ', kind: 'word', start: at, end: at };
    return index === 0 ? characters : [mark, ...characters];
  });
}

const joined = (characters: readonly FoldedCharacter[]): string => characters.map(({ text }) => text).join('');

function occurrences(characters: readonly FoldedCharacter[], haystack: string, needle: string): TextRange[] {
  const starts = unitStarts(characters);
  const ranges: TextRange[] = [];
  for (let at = haystack.indexOf(needle); at >= 0 && needle !== ''; at = haystack.indexOf(needle, at + needle.length)) {
    const first = characters[starts[at] ?? 0];
    const last = characters[starts[at + needle.length - 1] ?? 0];
    if (first !== undefined && last !== undefined) ranges.push({ start: first.start, end: last.end });
  }
  return ranges;
}

/** For every UTF-16 unit of the joined characters, the index of the character it belongs to. */
function unitStarts(characters: readonly FoldedCharacter[]): number[] {
  return characters.flatMap(({ text }, index) => Array.from({ length: text.length }, () => index));
}

function merged(ranges: readonly TextRange[]): TextRange[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** Moves a cut that would fall between the halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
