/** The system around the window: recorded, answered from a queue, or quietly absent. */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { config } from './browser.ts';
import { record, recordingStub } from './recorded.ts';

interface QueuedAnswer {
  readonly dialog: string;
  readonly answer: unknown;
}

const answers: QueuedAnswer[] = [];
const CLOSED: Readonly<Record<string, unknown>> = {
  showOpenDialog: { canceled: true, filePaths: [] },
  showSaveDialog: { canceled: true, filePath: '' },
  showMessageBox: { response: 0, checkboxChecked: false },
};

/** The next dialog of this kind gets this answer. */
export function queueAnswer(queued: QueuedAnswer): void {
  answers.push(queued);
}

function ask(name: string): (...args: unknown[]) => Promise<unknown> {
  return async (...args) => {
    record(`dialog.${name}`, args.at(-1));
    const index = answers.findIndex((queued) => queued.dialog === name);
    if (index >= 0) return answers.splice(index, 1)[0]?.answer;
    if (config.closeDialogs) return CLOSED[name];
    throw new Error(`dialog.${name} was not expected: no answer is queued`);
  };
}

export const dialog = {
  showOpenDialog: ask('showOpenDialog'),
  showSaveDialog: ask('showSaveDialog'),
  showMessageBox: ask('showMessageBox'),
  showErrorBox: (...args: unknown[]) => record('dialog.showErrorBox', ...args),
};

export const shell = {
  openExternal: async (address: string) => record('shell.openExternal', address),
  openPath: async (path: string) => {
    record('shell.openPath', path);
    return '';
  },
  showItemInFolder: (path: string) => record('shell.showItemInFolder', path),
  beep: () => {},
};

interface Item {
  readonly label?: string;
  readonly submenu?: Menu | readonly Item[];
  readonly click?: () => void;
}

export class Menu {
  readonly items: readonly Item[];
  static #application: Menu | null = null;

  constructor(items: readonly Item[] = []) {
    this.items = items;
  }
  static buildFromTemplate(template: readonly Item[]): Menu {
    return new Menu(
      template.map((item) => {
        const { submenu } = item;
        return submenu === undefined || submenu instanceof Menu
          ? item
          : { ...item, submenu: Menu.buildFromTemplate(submenu) };
      }),
    );
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }
  popup(): void {
    record('Menu.popup');
  }
}

export class Tray extends EventEmitter {
  constructor() {
    super();
    record('Tray');
  }
  setToolTip(text: string): void {
    record('Tray.setToolTip', text);
  }
  setContextMenu(): void {}
  setImage(): void {}
  destroy(): void {}
  isDestroyed(): boolean {
    return false;
  }
}

export class Notification extends EventEmitter {
  readonly options: unknown;
  static isSupported(): boolean {
    return true;
  }
  constructor(options: unknown) {
    super();
    this.options = options;
  }
  show(): void {
    record('Notification.show', this.options);
  }
  close(): void {}
}

/** Seconds without a key or click, as a test sets them. */
let idleSeconds = 0;

/** A process of Node in place of Electron's; what it runs finds no `parentPort` and takes Node's own channel. */
export const utilityProcess = {
  fork(file: string) {
    const child = fork(file, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
    });
    return {
      postMessage: (message: object) => child.send(message, () => {}),
      on: (event: string, listener: (value: unknown) => void) => child.on(event, listener),
      kill: () => child.kill('SIGKILL'),
    };
  },
};

class PowerMonitor extends EventEmitter {
  getSystemIdleTime(): number {
    return idleSeconds;
  }
  getSystemIdleState(): string {
    return 'active';
  }
  setIdleTime(seconds: number): void {
    idleSeconds = seconds;
  }
}
export const powerMonitor = new PowerMonitor();

const DISPLAY = {
  id: 1,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  workAreaSize: { width: 1920, height: 1040 },
};
class Screen extends EventEmitter {
  getPrimaryDisplay(): typeof DISPLAY {
    return DISPLAY;
  }
  getAllDisplays(): (typeof DISPLAY)[] {
    return [DISPLAY];
  }
}
export const screen = new Screen();

class NativeTheme extends EventEmitter {
  themeSource = 'system';
  readonly shouldUseDarkColors = false;
}
export const nativeTheme = new NativeTheme();

export const nativeImage = {
  createFromPath: (path: string) => ({ path, isEmpty: () => false, setTemplateImage: () => {}, resize: () => ({}) }),
  createFromBuffer: () => nativeImage.createFromPath(''),
  createEmpty: () => nativeImage.createFromPath(''),
};
export const safeStorage = { isEncryptionAvailable: () => false };
export const net = { isOnline: () => false };
export const clipboard = { writeText: (text: string) => record('clipboard.writeText', text.length) };
export const crashReporter = recordingStub('crashReporter');
export const autoUpdater = recordingStub('autoUpdater');
export const contentTracing = recordingStub('contentTracing');
export const systemPreferences = recordingStub('systemPreferences');
