import { PAPERS } from '../../../shared/papers/find-paper.ts';
import type { OfficeContext } from '../context.ts';
import { findNumberPattern } from './paper-number.ts';

export interface PaperPattern {
  readonly id: string;
  /** What the paper is called, in Chinese. */
  readonly title: string;
  /** Null: the office gives it no number. */
  readonly pattern: string | null;
}

/** Every kind of paper, with the pattern that this office numbers it by. */
export function listPatterns(context: OfficeContext): PaperPattern[] {
  return PAPERS.map(({ id, title }) => ({ id, title, pattern: findNumberPattern(context, id) }));
}
