import { randomBytes } from 'node:crypto';
import { BrowserWindow } from 'electron';
import { PARTITION, SCHEME } from './own-scheme.ts';

/** A page of its own host: it shares no origin with the window, so the door of the contract is shut to it whatever it holds. */
const HOST = 'paper';
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface PrintedPages {
  /** Answers for a page that is being printed; null for every other address. */
  serve(address: string): Response | null;
  /** Opens the system's own dialog. @returns false where the person closed it */
  print(page: { readonly title: string; readonly html: string }): Promise<boolean>;
}

/** Pages on their way to paper: kept in memory, each under a name of this moment, shown to the printer by a page without scripts. */
export function createPrintedPages(): PrintedPages {
  const pages = new Map<string, string>();
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
    async print({ title, html }) {
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
        return await new Promise<boolean>((resolve) => {
          window.webContents.print({ printBackground: true }, (printed) => resolve(printed));
        });
      } finally {
        pages.delete(address);
        window.destroy();
      }
    },
  };
}
