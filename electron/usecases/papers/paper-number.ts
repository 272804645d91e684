import { AppError } from '../../../shared/errors.ts';
import type { M } from '../../../shared/model/brand.ts';
import { findPaper } from '../../../shared/papers/find-paper.ts';
import { checkNumberPattern, formatNumber } from '../../../shared/papers/number-pattern.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findMeta, putMeta, removeMeta } from '../../vault/repositories/meta.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';

/**
 * The numbers that our office gives its papers by its own patterns. A number, once given to the paper of a message, stays with it for ever, so that
 * the paper is the same whenever it is printed. Each vault counts for itself: an office with several devices gives each its own pattern.
 */
const patternKey = (paper: string): string => `papers.pattern.${paper}`;
const countKey = (paper: string, year: number): string => `papers.count.${paper}.${year}`;
const numberKey = (paper: string, m: M): string => `papers.number.${paper}.${m}`;

export function findNumberPattern({ vault }: OfficeContext, paper: string): string | null {
  return findMeta(vault.read, patternKey(paper));
}

/**
 * Sets the pattern of one kind of paper, or removes it: numbers already given stay.
 *
 * @throws AppError PAPER_UNKNOWN, PAPER_PATTERN_INVALID
 */
export function setNumberPattern(
  { vault, now }: OfficeContext,
  paper: string,
  pattern: string | null,
  by: string,
): void {
  if (findPaper(paper) === null) throw new AppError('PAPER_UNKNOWN', { paper });
  const checked = pattern === null ? null : checkNumberPattern(pattern);
  vault.write((db) => {
    if (checked === null) removeMeta(db, patternKey(paper));
    else putMeta(db, patternKey(paper), checked);
    const detail = { pattern: checked };
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'paper-pattern-set', subject: paper, detail });
  });
}

export function findGivenNumber(db: ReadableDb, paper: string, m: M): string | null {
  return findMeta(db, numberKey(paper, m));
}

/**
 * The number of a message's paper, given now where it has none yet; null where the office set no pattern.
 *
 * @param year of the paper's own date
 */
export function giveNumber({ vault }: OfficeContext, paper: string, m: M, year: number): string | null {
  const given = findGivenNumber(vault.read, paper, m);
  if (given !== null) return given;
  const pattern = findMeta(vault.read, patternKey(paper));
  if (pattern === null) return null;
  return vault.write((db) => {
    const n = Number(findMeta(db, countKey(paper, year)) ?? 0) + 1;
    const number = formatNumber(pattern, year, n);
    putMeta(db, countKey(paper, year), String(n));
    putMeta(db, numberKey(paper, m), number);
    return number;
  });
}
