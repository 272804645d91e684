import { AppError } from '../../../shared/errors.ts';
import type { Instant, M, MatterId } from '../../../shared/model/brand.ts';
import { findPaper } from '../../../shared/papers/find-paper.ts';
import type { Paper } from '../../../shared/papers/paper.ts';
import { shanghaiDay } from '../../../shared/papers/write-text.ts';
import { renderPaper } from '../../papers/render-paper.ts';
import type { OfficeContext } from '../context.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { giveNumber } from './paper-number.ts';
import { readMatterPapers, toPaperSource } from './paper-source.ts';

export interface PaperRequest {
  readonly matter: MatterId;
  /** Id of the paper, e.g. `aid-granted`. */
  readonly paper: string;
  /** Whose paper; absent: that of the last act that produces one. */
  readonly m?: M;
}

export interface RenderedPaper {
  readonly paper: Paper;
  readonly m: M;
  /** When the message says that it was signed: the date of the document. */
  readonly signedAt: Instant;
  readonly pdf: Buffer;
}

/**
 * The words of a paper, for a preview or for print. Our own papers get a number by our pattern the first time.
 *
 * @throws AppError MATTER_UNKNOWN; PAPER_UNKNOWN where no act of the matter produces it
 */
export function buildMatterPaper(
  context: OfficeContext,
  { matter, paper, m }: PaperRequest,
): Omit<RenderedPaper, 'pdf'> {
  const db = context.vault.read;
  const papers = readMatterPapers(db, matter);
  const definition = findPaper(paper);
  const found = papers.acts.findLast(({ stored, papers: ids }) => ids.includes(paper) && (m ?? stored.m) === stored.m);
  if (definition === null || found === undefined) throw new AppError('PAPER_UNKNOWN', { paper });
  const { stored } = found;
  const own = stored.message.sender.office === getOwnVault(db).office.id;
  const year = Number(shanghaiDay(stored.row.createdAt).slice(0, 4));
  const formNumber = stored.message.form['number'];
  const number = own && typeof formNumber !== 'string' ? giveNumber(context, paper, stored.m, year) : null;
  const body = definition.build(toPaperSource(db, papers, stored, number));
  return {
    m: stored.m,
    signedAt: stored.row.createdAt,
    paper: { id: paper, ...body, reference: { matter, m: stored.m } },
  };
}

/** The same as a PDF: the same bytes from the same messages, wherever it is printed. */
export async function renderMatterPaper(context: OfficeContext, request: PaperRequest): Promise<RenderedPaper> {
  const built = buildMatterPaper(context, request);
  return { ...built, pdf: await renderPaper(built.paper, new Date(built.signedAt)) };
}
