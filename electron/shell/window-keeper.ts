import { app, BrowserWindow, dialog, screen } from 'electron';
import type { Translate } from '../../shared/i18n/create-i18n.ts';
import type { EventName, EventOf } from '../../shared/ipc/contract.ts';
import { openOfficeWindow } from './office-window.ts';
import { readWindowPlace, writeWindowPlace } from './window-place.ts';

export interface WindowKeeperOptions {
  readonly preload: string;
  readonly placeFile: string;
  readonly background: () => string;
  readonly translate: Translate;
  /** The page died: what it showed must not come back unasked. */
  readonly crashed: () => void;
}

/** The one window: opened, remembered, opened again where it died or a mac shows the program without one. */
export interface WindowKeeper {
  open(): BrowserWindow;
  find(): BrowserWindow | null;
  /** @throws where there is none */
  get(): BrowserWindow;
  tell<Name extends EventName>(name: Name, payload: EventOf<Name>): void;
}

export function keepWindow(options: WindowKeeperOptions): WindowKeeper {
  const { preload, placeFile, background, translate, crashed } = options;
  let window: BrowserWindow | null = null;

  const rememberPlace = (): void => {
    if (window === null || window.isDestroyed() || window.isMinimized()) return;
    void writeWindowPlace(placeFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }).catch(() => {});
  };
  const reopen = (): void => {
    crashed();
    dialog.showErrorBox(translate('shell.crashed.title'), translate('shell.crashed.body'));
    const dead = window;
    window = null;
    open();
    dead?.destroy();
  };
  const open = (): BrowserWindow => {
    if (window !== null && !window.isDestroyed()) return window;
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
    const place = readWindowPlace(placeFile, screens);
    window = openOfficeWindow({ preload, place, title: translate('window.title'), background: background() });
    window.on('close', rememberPlace);
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') reopen();
    });
    return window;
  };
  const find = (): BrowserWindow | null => (window === null || window.isDestroyed() ? null : window);
  const get = (): BrowserWindow => {
    const found = find();
    if (found === null) throw new Error('the window is gone');
    return found;
  };
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  return {
    open,
    find,
    get,
    tell: (name, payload) => find()?.webContents.send(name, payload),
  };
}
