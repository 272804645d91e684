import { randomBytes } from 'node:crypto';
import { app, BrowserWindow, type WebContents } from 'electron';
import { PARTITION, SCHEME } from './own-scheme.ts';

/** A page of its own host: it shares no origin with the window, so the door of the contract is shut to it whatever it holds. */
const HOST = 'paper';
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface PaperPage {
  readonly title: string;
  readonly html: string;
}

export interface PrintedPages {
  /** Answers for a page that is being printed; null for every other address. */
  serve(address: string): Response | null;
  /** Opens the system's own dialog. @returns false where the person closed it */
  print(page: PaperPage): Promise<boolean>;
  /** The same as a PDF of A4 pages, with its headings and tables told to screen readers. */
  drawPdf(page: PaperPage): Promise<Buffer>;
}

/** Pages on their way to paper: kept in memory, each under a name of this moment, shown to the printer by a page without scripts. */
export function createPrintedPages(): PrintedPages {
  const pages = new Map<string, string>();
  const onPaper = async <T>({ title, html }: PaperPage, draw: (page: WebContents) => Promise<T>): Promise<T> => {
    const address = `${SCHEME}://${HOST}/${randomBytes(16).toString('hex')}`;
    pages.set(address, html);
    const window = new BrowserWindow({
      show: false,
      title,
      webPreferences: {
        partition: PARTITION,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        javascript: false,
        disableBlinkFeatures: 'Auxclick',
      },
    });
    try {
      await window.loadURL(address);
      return await draw(window.webContents);
    } finally {
      pages.delete(address);
      window.destroy();
    }
  };
  return {
    serve(address) {
      const html = pages.get(address);
      if (html === undefined) return null;
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      };
      return new Response(html, { headers });
    },
    print: (page) =>
      onPaper(underOurName(page), (paper) => {
        const { promise, resolve } = Promise.withResolvers<boolean>();
        paper.print({ printBackground: true }, resolve);
        return promise;
      }),
    drawPdf: (page) =>
      onPaper(page, (paper) =>
        paper.printToPDF({ printBackground: true, pageSize: 'A4', preferCSSPageSize: true, generateTaggedPDF: true }),
      ),
  };
}

/** Its title is the name of the job, which stands in the queue, in its log and on the printer for everybody: the names of people are in it. */
function underOurName({ html }: PaperPage): PaperPage {
  const title = app.getName();
  return { title, html: html.replace(/<title>[^<]*<\/title>/, `<title>${title}</title>`) };
}
