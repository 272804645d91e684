/**
 * What a text of others must not do unseen (threat-model.md, rule 1): move the cursor, turn the direction of writing, or hide a character.
 * Controls, bidi controls, line and paragraph separators, and what is drawn as nothing; selectors of emoji forms do no harm.
 */
const HIDDEN = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\ufe00-\ufe0f]]/gv;

/** Text of others in one line: what would not be seen stands there as an escape. */
export function visible(text: string): string {
  return text.replace(HIDDEN, escapeOf);
}

/** `\u202e`, or `\u{e0041}` beyond the first plane. */
function escapeOf(char: string): string {
  const hex = (char.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
}

/** A piece of a text: `plain`, a character that is not what it looks like (its letter is shown beside its number), or one that would not be seen. */
export interface TextPiece {
  readonly kind: 'plain' | 'lookalike' | 'hidden';
  readonly text: string;
  /** `U+202E`, for those that are not plain. */
  readonly codePoint: string | null;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const LATIN = /\p{Script=Latin}/u;
/** Scripts whose letters pass for Latin ones, and the mathematical alphabets. */
const CONFUSABLE =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}\u{1d400}-\u{1d7ff}]/u;
/** Letters of Cyrillic and Greek that are drawn as Latin ones are; a word of nothing else is taken for a Latin word. */
const DRAWN_AS_LATIN =
  /^[\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u0501\u04bb\u051b\u051d\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd\u03c50-9]+$/u;

/** Cuts a text of others so that a page can show what is hidden and mark what passes for something else (UTS 39, mixed scripts). */
export function revealText(text: string): TextPiece[] {
  const suspicious = suspiciousRanges(text);
  const pieces: TextPiece[] = [];
  let at = 0;
  let plain = '';
  const flush = (): void => {
    if (plain !== '') pieces.push({ kind: 'plain', text: plain, codePoint: null });
    plain = '';
  };
  for (const char of text) {
    const kind = kindOf(char, at, suspicious);
    at += char.length;
    if (kind === 'plain') {
      plain += char;
      continue;
    }
    flush();
    const codePoint = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    pieces.push({ kind, text: char, codePoint });
  }
  flush();
  return pieces;
}

function kindOf(char: string, at: number, suspicious: readonly Range[]): TextPiece['kind'] {
  HIDDEN.lastIndex = 0;
  if (HIDDEN.test(char)) return 'hidden';
  const isInside = suspicious.some(({ start, end }) => start <= at && at < end);
  return isInside && CONFUSABLE.test(char) ? 'lookalike' : 'plain';
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Words that mix Latin with letters that pass for it, or that only seem to be Latin. */
function suspiciousRanges(text: string): Range[] {
  return [...text.matchAll(WORD)]
    .filter(([word]) => CONFUSABLE.test(word) && (LATIN.test(word) || DRAWN_AS_LATIN.test(word) || MATH.test(word)))
    .map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}

const MATH = /[\u{1d400}-\u{1d7ff}]/u;
