import { runInThisContext } from 'node:vm';
import { browser, started } from './browser.ts';
import { BrowserWindow } from './browser-window.ts';
import { listRecorded } from './recorded.ts';
import { queueAnswer } from './system.ts';

/** What a test asks of the host, over Node's own channel between parent and child. */
export type TestRequest =
  | { readonly ask: 'windows' }
  | { readonly ask: 'recorded' }
  | { readonly ask: 'queue-answer'; readonly dialog: string; readonly answer: unknown }
  /** Source of a function that is given the module `electron` and `arg`. */
  | { readonly ask: 'evaluate'; readonly source: string; readonly arg: unknown }
  | { readonly ask: 'quit' };

export interface WindowList {
  readonly endpoint: string;
  /** Since the host started. Milliseconds. */
  readonly elapsed: number;
  readonly browserVersion: string;
  readonly windows: readonly { readonly targetId: string; readonly url: string; readonly visible: boolean }[];
}

interface Api {
  readonly app: { quit(): void };
}

export function listenToTest(electron: Api): void {
  process.on('message', ({ id, request }: { id: number; request: TestRequest }) => {
    void answer(request, electron).then(
      (value) => process.send?.({ id, value }),
      (error: unknown) => process.send?.({ id, error: String((error as Error).stack ?? error) }),
    );
  });
  // The test is gone: so is what it looked at
  process.on('disconnect', () => process.exit(0));
}

async function answer(request: TestRequest, electron: Api): Promise<unknown> {
  switch (request.ask) {
    case 'windows':
      return listWindows();
    case 'recorded':
      return listRecorded();
    case 'queue-answer':
      return queueAnswer(request);
    case 'evaluate':
      return (runInThisContext(`(${request.source})`) as (...args: unknown[]) => unknown)(electron, request.arg);
    case 'quit':
      return electron.app.quit();
  }
}

async function listWindows(): Promise<WindowList> {
  const { endpoint, version } = await browser;
  const windows = BrowserWindow.getAllWindows();
  await Promise.all(windows.map(({ webContents }) => webContents.ready));
  return {
    endpoint,
    elapsed: performance.now() - started,
    browserVersion: version,
    windows: windows.map((window) => ({
      targetId: window.webContents.targetId,
      url: window.webContents.getURL(),
      visible: window.isVisible(),
    })),
  };
}
