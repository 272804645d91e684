import { createHash } from 'node:crypto';
import type { Paper } from '../../shared/papers/paper.ts';
import { paperText } from '../../shared/papers/paper-text.ts';
import { openFonts } from './font-set.ts';
import { layOutPaper } from './lay-out-paper.ts';
import { writePdf } from './write-pdf.ts';

/**
 * A paper as a PDF of A4 pages. The same paper and date give the same bytes on every machine.
 *
 * @param date for the document's information: when the message was signed, never the time of printing
 */
export function renderPaper(paper: Paper, date: Date): Promise<Buffer> {
  const fonts = openFonts();
  const textDigest = createHash('sha256').update(paperText(paper)).digest('hex');
  const pages = layOutPaper(paper, fonts, textDigest);
  const id = createHash('sha256')
    .update(`${textDigest} ${date.toISOString()} ${JSON.stringify(paper)}`)
    .digest('hex');
  return writePdf(pages, { title: paper.title.join(''), author: paper.issuer, date, fonts, id: id.slice(0, 32) });
}
