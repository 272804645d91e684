import type { M, MatterId } from '../../../shared/model/brand.ts';
import type { Act } from '../../../shared/model/vocabulary.ts';
import { findPaper } from '../../../shared/papers/find-paper.ts';
import type { OfficeContext } from '../context.ts';
import { readMatterPapers } from './paper-source.ts';

export interface ListedPaper {
  readonly id: string;
  /** What the paper is called, in Chinese. */
  readonly title: string;
  readonly m: M;
  readonly act: Act;
}

/** Every paper that a matter can print now, act by act in the lead's order. @throws AppError MATTER_UNKNOWN */
export function listPapers({ vault }: OfficeContext, matter: MatterId): ListedPaper[] {
  return readMatterPapers(vault.read, matter).acts.flatMap(({ stored, papers }) =>
    papers.flatMap((id): ListedPaper[] => {
      const paper = findPaper(id);
      return paper === null ? [] : [{ id, title: paper.title, m: stored.m, act: stored.message.act }];
    }),
  );
}
