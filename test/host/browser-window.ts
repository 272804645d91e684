import { EventEmitter } from 'node:events';
import { app, type Closable, windows } from './app.ts';
import { browser, onPageClosed, onUnaskedPage } from './browser.ts';
import { createEvent } from './host-event.ts';
import { record } from './recorded.ts';
import { WebContents } from './web-contents.ts';

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface Options extends Partial<Bounds> {
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: {
    readonly preload?: string;
    readonly nodeIntegration?: boolean;
    readonly contextIsolation?: boolean;
    readonly sandbox?: boolean;
  };
}

/** A window of the app: a page of the browser, with the state that a window manager would keep. */
export class BrowserWindow extends EventEmitter implements Closable {
  readonly id: number;
  readonly webContents: WebContents;
  #bounds: Bounds;
  #title: string;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #gone = false;

  static getAllWindows(): BrowserWindow[] {
    return [...windows] as BrowserWindow[];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().at(-1) ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  constructor(options: Options = {}) {
    super();
    const { preload, nodeIntegration, contextIsolation, sandbox } = options.webPreferences ?? {};
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    if (nodeIntegration === true || contextIsolation === false || sandbox === false) {
      throw new Error('the host knows no page with less than sandbox and context isolation');
    }
    record('BrowserWindow', options);
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.#title = options.title ?? app.name;
    this.#visible = options.show !== false;
    this.webContents = new WebContents(preload, this.#bounds);
    this.id = this.webContents.id;
    app.emit('web-contents-created', {}, this.webContents);
    let shown = false;
    this.webContents.on('did-finish-load', () => {
      if (!shown) this.emit('ready-to-show', {});
      shown = true;
    });
    windows.add(this);
  }

  async requestClose(): Promise<boolean> {
    const event = createEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
    return !event.defaultPrevented;
  }
  close(): void {
    void this.requestClose();
  }
  destroy(): void {
    if (this.#gone) return;
    this.#gone = true;
    windows.delete(this);
    this.webContents.destroy();
    this.emit('closed');
    if (windows.size === 0) app.lastWindowClosed();
  }
  isDestroyed(): boolean {
    return this.#gone;
  }
  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  show(): void {
    this.#visible = true;
    this.emit('show');
  }
  hide(): void {
    this.#visible = false;
    this.emit('hide');
  }
  focus(): void {
    this.emit('focus');
  }
  isVisible(): boolean {
    return this.#visible;
  }
  isFocused(): boolean {
    return this.#visible;
  }
  minimize(): void {
    this.#minimized = true;
    this.emit('minimize');
  }
  restore(): void {
    this.#minimized = false;
    this.emit('restore');
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  maximize(): void {
    this.#maximized = true;
    this.emit('maximize');
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  isFullScreen(): boolean {
    return false;
  }
  getBounds(): Bounds {
    return { ...this.#bounds };
  }
  getNormalBounds(): Bounds {
    return this.getBounds();
  }
  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    void this.webContents.setSize(this.#bounds);
    this.emit('resize');
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  setContentProtection(on: boolean): void {
    record('BrowserWindow.setContentProtection', on);
  }
  setBackgroundColor(color: string): void {
    record('BrowserWindow.setBackgroundColor', color);
  }
  setProgressBar(part: number): void {
    record('BrowserWindow.setProgressBar', part);
  }
  flashFrame(on: boolean): void {
    record('BrowserWindow.flashFrame', on);
  }
  setMenuBarVisibility(): void {}
  removeMenu(): void {}
}

onPageClosed((targetId) => {
  BrowserWindow.getAllWindows()
    .find(({ webContents }) => webContents.targetId === targetId)
    ?.destroy();
});

/** The browser's own first page stays as it is. A page that one of ours opened is closed unless the app allowed it. */
onUnaskedPage((page) => {
  void browser.then(({ cdp }) => {
    const opener = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.targetId === page.openerId);
    const verdict = opener?.webContents.decideOpening(page.url);
    if (opener !== undefined) record('window opened by the page', verdict?.action);
    // Let go first, even to be closed: Chromium holds the opener's thread as long as its new page, and for ever where that closes meanwhile
    cdp.send('Runtime.runIfWaitingForDebugger', {}, page.session).catch(() => {});
    if (opener !== undefined && verdict?.action !== 'allow') {
      cdp.send('Target.closeTarget', { targetId: page.targetId }).catch(() => {});
    }
  });
});
