import type { Text } from '../../shared/papers/paper.ts';
import { type FontSet, toUnits, type Unit, type Weight } from './font-set.ts';
import type { Points } from './page-metrics.ts';

/** Text in lines, by Chinese rules: 避头尾, numbers and their unit together, document numbers whole, full-width stops squeezed at the end of a line. */

/** One thing on a line: a character, or a place to write in by hand. */
export type Item =
  | { readonly kind: 'unit'; readonly unit: Unit; readonly width: Points }
  | { readonly kind: 'blank'; readonly width: Points };

export interface Line {
  readonly items: readonly Item[];
  readonly width: Points;
  /** Before the first item. */
  readonly indent: Points;
  /** The last line of its paragraph is never stretched. */
  readonly last: boolean;
  /** After which items the line may be stretched. */
  readonly gaps: readonly boolean[];
}

export interface BreakOptions {
  readonly fonts: FontSet;
  readonly weight: Weight;
  readonly size: Points;
  readonly width: Points;
  readonly indent?: Points;
  readonly hanging?: Points;
}

/** Must not begin a line. */
const CLOSING = new Set('，。、；：？！）〕】》〉」』”’…—～·,.;:?!)]}%％‰℃々');
/** Must not end a line. */
const OPENING = new Set('（〔【《〈「『“‘([{￥$');
/** Full-width stops whose right half is white: it may hang over the edge. */
const SQUEEZED = new Set('，。、；：）〕】》〉」』”’');
/** Kept with the number before them. */
const COUNTERS = new Set('年月日时分秒号条款项目卷页份件册个名元万亿人次第');
const NARROW = /^[!-~\u00a1-\u024f\u2010-\u2012]$/u;
const SPACES = new Set(' \u3000');

type Token = readonly Item[];

export function breakLines(text: Text, { fonts, weight, size, width, indent = 0, hanging = 0 }: BreakOptions): Line[] {
  const lines: Line[] = [];
  let current: Token[] = [];
  let used = 0;
  const room = (): Points => width - (lines.length === 0 ? indent : hanging);
  const end = (last: boolean): void => {
    lines.push(toLine(current, lines.length === 0 ? indent : hanging, last));
    current = [];
    used = 0;
  };
  const fits = (token: Token): boolean => used + widthOf(token) <= room() + overhang(token, size) + 0.01;
  const tokens = toTokens(toItems(text, fonts, weight, size)).flatMap((token) => splitTooLong(token, width - hanging));
  for (const token of tokens) {
    if (current.length > 0 && !fits(token)) end(false);
    if (current.length === 0 && lines.length > 0 && isSpace(token)) continue;
    current.push(token);
    used += widthOf(token);
  }
  end(true);
  return lines;
}

function toItems(text: Text, fonts: FontSet, weight: Weight, size: Points): Item[] {
  return text.flatMap((inline): Item[] =>
    typeof inline === 'string'
      ? toUnits(fonts, weight, inline).map((unit) => ({ kind: 'unit', unit, width: (unit.advance * size) / 1000 }))
      : [{ kind: 'blank', width: inline.blank * size }],
  );
}

function charOf(item: Item | undefined): string {
  return item?.kind === 'unit' ? item.unit.text : '';
}

/** Runs that stay on one line: a word, a number with its counter, brackets with what they touch. */
function toTokens(items: readonly Item[]): Token[] {
  const tokens: Item[][] = [];
  for (const [index, item] of items.entries()) {
    const token = tokens.at(-1);
    if (token !== undefined && sticks(items, index)) token.push(item);
    else tokens.push([item]);
  }
  return tokens;
}

/** Whether no line may end between the items at `index − 1` and `index`. */
function sticks(items: readonly Item[], index: number): boolean {
  const before = charOf(items[index - 1]);
  const here = charOf(items[index]);
  if (before === '' || here === '') return CLOSING.has(here) || OPENING.has(before);
  if (SPACES.has(here) || SPACES.has(before)) return false;
  if (OPENING.has(before) || CLOSING.has(here)) return true;
  if (NARROW.test(before) && NARROW.test(here)) return true;
  const digitBefore = /\d/.test(before);
  if (digitBefore && COUNTERS.has(here)) return true;
  if (before === '—' && /\d/.test(here) && /\d/.test(charOf(items[index - 2]))) return true;
  // 示援决〔2026〕12号 is one thing
  return before === '〕' && /[\d第]/.test(here) ? true : before === '第' && /\d/.test(here);
}

/** A digest or address that is longer than a line is cut where the line ends. */
function splitTooLong(token: Token, width: Points): Token[] {
  if (widthOf(token) <= width) return [token];
  const parts: Item[][] = [[]];
  // Evenly: 64 hex digits in two halves can be compared by eye
  const count = Math.ceil(widthOf(token) / (width * 0.98));
  const most = Math.ceil(token.length / count);
  let used = 0;
  for (const item of token) {
    const part = parts.at(-1) ?? [];
    if (part.length > 0 && (used + item.width > width || part.length >= most)) {
      parts.push([item]);
      used = item.width;
    } else {
      part.push(item);
      used += item.width;
    }
  }
  return parts;
}

function isSpace(token: Token): boolean {
  return token.every((item) => SPACES.has(charOf(item)));
}

function widthOf(token: Token): Points {
  return token.reduce((sum, { width }) => sum + width, 0);
}

function overhang(token: Token, size: Points): Points {
  return SQUEEZED.has(charOf(token.at(-1))) ? size / 2 : 0;
}

function toLine(tokens: readonly Token[], indent: Points, last: boolean): Line {
  const kept = [...tokens];
  while (!last && kept.length > 1 && isSpace(kept.at(-1) ?? [])) kept.pop();
  const items = kept.flat();
  const gaps = items.map((item, index) => {
    const next = items[index + 1];
    return next !== undefined && !(NARROW.test(charOf(item)) && NARROW.test(charOf(next)));
  });
  return { items, indent, last, gaps, width: widthOf(items) };
}
