/** A text as search compares it: one entry per character that can be found, with its place in the original (UTF-16 units). */
export interface FoldedCharacter {
  /** Compatibility form in lower case: full-width and half-width, capital and small compare equal. */
  readonly text: string;
  readonly kind: 'pair' | 'word';
  readonly start: number;
  readonly end: number;
}

/** Runs of characters that nothing separates. `word` runs are ASCII letters and digits; `pair` runs are all other letters, digits and marks. */
export interface FoldedRun {
  readonly kind: 'pair' | 'word';
  readonly characters: readonly FoldedCharacter[];
}

const WORD = /^[a-z0-9]$/;
const PAIR = /^[\p{L}\p{N}\p{M}]$/u;

export function foldRuns(text: string): FoldedRun[] {
  const runs: { kind: 'pair' | 'word'; characters: FoldedCharacter[] }[] = [];
  let open: FoldedCharacter[] | null = null;
  let at = 0;
  for (const original of text) {
    const end = at + original.length;
    for (const character of original.normalize('NFKC').toLowerCase()) {
      const kind = WORD.test(character) ? 'word' : PAIR.test(character) ? 'pair' : null;
      if (kind === null) {
        open = null;
        continue;
      }
      if (open === null || open[0]?.kind !== kind) {
        open = [];
        runs.push({ kind, characters: open });
      }
      open.push({ text: character, kind, start: at, end });
    }
    at = end;
  }
  return runs;
}
