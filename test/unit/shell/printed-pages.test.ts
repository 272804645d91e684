import { beforeEach, expect, test, vi } from 'vitest';

let loaded: string[] = [];
const windows: string[] = [];
vi.mock('electron', () => ({
  app: { getName: () => 'LexPost' },
  protocol: {},
  BrowserWindow: class {
    readonly webContents = {
      print: (_options: object, done: (printed: boolean) => void) => done(true),
      printToPDF: async () => Buffer.from('%PDF-'),
    };
    constructor({ title }: { readonly title: string }) {
      windows.push(title);
    }
    async loadURL(address: string): Promise<void> {
      loaded.push((await pages.serve(address)?.text()) ?? '');
    }
    destroy(): void {}
  },
}));
const { createPrintedPages } = await import('../../../electron/shell/printed-pages.ts');
const pages = createPrintedPages();

const NAME = '李四 诈骗罪';
const page = { title: NAME, html: `<!doctype html><html><head><title>${NAME}</title></head><body>阅卷</body></html>` };
beforeEach(() => {
  loaded = [];
  windows.length = 0;
});

test('a page goes to the printer under the names of the people that it is about', async () => {
  expect(await pages.print(page)).toBe(true);
  expect([loaded[0], windows[0]].join()).not.toContain(NAME);
  expect(loaded[0]).toContain('<title>LexPost</title>');
  expect(loaded[0]).toContain('阅卷');
});

test('a page that a person saves as PDF keeps its title', async () => {
  await pages.drawPdf(page);
  expect(loaded[0]).toBe(page.html);
});
