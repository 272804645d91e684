import { BrowserWindow } from 'electron';
import { PARTITION, START_PAGE } from './own-scheme.ts';
import type { WindowPlace } from './window-place.ts';

export interface OfficeWindowOptions {
  /** The built preload. */
  readonly preload: string;
  readonly place: WindowPlace;
  readonly title: string;
  /** Shown until the page has painted. */
  readonly background: string;
}

/** The one window of the program. It is shown when its page is there, so that nobody sees it empty. */
export function openOfficeWindow({ preload, place, title, background }: OfficeWindowOptions): BrowserWindow {
  const { maximized, ...bounds } = place;
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title,
    backgroundColor: background,
    webPreferences: {
      preload,
      partition: PARTITION,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      // A click with the middle button would ask for a window
      disableBlinkFeatures: 'Auxclick',
      // A picture that is dropped beside its field must not replace the page
      navigateOnDragDrop: false,
      spellcheck: false,
      enableWebSQL: false,
      safeDialogs: true,
    },
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  void window.loadURL(START_PAGE);
  return window;
}
