import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { config } from './browser.ts';
import { createEvent } from './host-event.ts';
import { record, recordingStub } from './recorded.ts';

/** Windows that are open, which close in turn when the app quits. Filled by browser-window.ts. */
export interface Closable {
  requestClose(): Promise<boolean>;
}
export const windows = new Set<Closable>();

class App extends EventEmitter {
  readonly #ready = Promise.withResolvers<void>();
  readonly #paths = new Map<string, string>();
  #isReady = false;
  #quitting = false;
  name = 'lexpost';
  readonly isPackaged = config.isPackaged;
  readonly commandLine = recordingStub('app.commandLine');
  readonly dock = undefined;

  isReady(): boolean {
    return this.#isReady;
  }
  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  becomeReady(): void {
    this.#isReady = true;
    this.emit('ready', {}, {});
    this.#ready.resolve();
  }
  getPath(name: string): string {
    const { userData } = config;
    mkdirSync(userData, { recursive: true });
    const known: Record<string, string> = {
      userData,
      sessionData: userData,
      appData: dirname(userData),
      logs: join(userData, 'logs'),
      crashDumps: join(userData, 'Crashpad'),
      home: homedir(),
      temp: tmpdir(),
      exe: process.execPath,
      documents: join(userData, 'Documents'),
      downloads: join(userData, 'Downloads'),
    };
    const path = this.#paths.get(name) ?? known[name];
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  getAppPath(): string {
    return config.appPath;
  }
  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getVersion(): string {
    const { version } = JSON.parse(readFileSync(join(config.appPath, 'package.json'), 'utf8')) as { version: string };
    return version;
  }
  getLocale(): string {
    return config.locale;
  }
  getPreferredSystemLanguages(): string[] {
    return [config.locale];
  }
  enableSandbox(): void {
    record('app.enableSandbox');
  }
  setAppUserModelId(id: string): void {
    record('app.setAppUserModelId', id);
  }
  setAsDefaultProtocolClient(scheme: string): boolean {
    record('app.setAsDefaultProtocolClient', scheme);
    return true;
  }
  setBadgeCount(count: number): boolean {
    record('app.setBadgeCount', count);
    return true;
  }
  setSecureKeyboardEntryEnabled(): void {}
  focus(): void {
    record('app.focus');
  }
  hasSingleInstanceLock(): boolean {
    return true;
  }
  releaseSingleInstanceLock(): void {}
  /** A file names the process that holds the lock; a second one leaves its arguments beside it. */
  requestSingleInstanceLock(data?: unknown): boolean {
    const folder = this.getPath('userData');
    const lock = join(folder, 'host-lock');
    if (isHeld(lock)) {
      const path = join(folder, `second-${randomUUID()}`);
      writeFileSync(path, JSON.stringify({ argv: process.argv, cwd: process.cwd(), data }));
      renameSync(path, `${path}.json`);
      return false;
    }
    writeFileSync(lock, String(process.pid));
    process.once('exit', () => rmSync(lock, { force: true }));
    watch(folder, () => this.#takeSecond(folder)).unref();
    return true;
  }
  #takeSecond(folder: string): void {
    for (const name of readdirSync(folder)) {
      if (!/^second-.*\.json$/.test(name)) continue;
      const { argv, cwd, data } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      rmSync(join(folder, name));
      this.emit('second-instance', {}, argv, cwd, data);
    }
  }
  quit(): void {
    if (this.#quitting) return;
    const event = createEvent({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    void this.#closeAll();
  }
  async #closeAll(): Promise<void> {
    for (const window of [...windows]) {
      if (await window.requestClose()) continue;
      this.#quitting = false;
      return;
    }
    const event = createEvent({});
    this.emit('will-quit', event);
    this.#quitting = false;
    if (!event.defaultPrevented) this.exit(0);
  }
  exit(code = 0): void {
    this.emit('quit', {}, code);
    process.exit(code);
  }
  relaunch(): void {
    record('app.relaunch');
  }
  /** Called when the last window is gone. */
  lastWindowClosed(): void {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}

function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

export const app = new App();
