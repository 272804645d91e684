import { foldRuns } from './fold.ts';
import { runTokens } from './grams.ts';

const MAX_TERMS = 8;
const MAX_TERM_LENGTH = 64;

/** The terms of a query: what white space separates, at most 8, of at most 64 characters each. */
export function queryTerms(query: string): string[] {
  return query
    .normalize('NFC')
    .split(/\s+/u)
    .filter((term) => foldRuns(term).length > 0)
    .slice(0, MAX_TERMS)
    .map((term) => term.slice(0, MAX_TERM_LENGTH));
}

/**
 * The FTS5 expression that finds texts with all terms of `query`, each as a phrase; null where it has no term. Tokens hold letters and digits
 * alone, so nothing in a query can be syntax.
 */
export function toMatchExpression(query: string): string | null {
  const phrases = queryTerms(query).map(toPhrase);
  return phrases.length === 0 ? null : phrases.join(' AND ');
}

function toPhrase(term: string): string {
  const runs = foldRuns(term);
  const last = runs.at(-1);
  const tokens = runs.flatMap((run) => runTokens(run, run !== last));
  const open = last?.kind === 'word' || last?.characters.length === 1;
  return `"${tokens.join(' ')}"${open ? '*' : ''}`;
}
