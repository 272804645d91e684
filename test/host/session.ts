import { EventEmitter } from 'node:events';
import { record } from './recorded.ts';
import { protocol } from './schemes.ts';

// biome-ignore lint/suspicious/noExplicitAny: handlers of Electron's many signatures
type Handler = (...args: any[]) => any;

/** Chromium's names in DevTools beside Electron's, for what a page can ask with a function of its own. */
export const PERMISSIONS: Readonly<Record<string, string>> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  camera: 'media',
  microphone: 'media',
  'clipboard-read': 'clipboard-read',
  'clipboard-write': 'clipboard-sanitized-write',
  'midi-sysex': 'midiSysex',
  'display-capture': 'display-capture',
  'storage-access': 'storage-access',
  'window-management': 'window-management',
};

class Session extends EventEmitter {
  permissionRequest: Handler | null = null;
  permissionCheck: Handler | null = null;
  beforeRequest: Handler | null = null;
  readonly protocol = protocol;
  readonly webRequest = {
    onBeforeRequest: (...args: unknown[]) => {
      this.beforeRequest = args.at(-1) as Handler;
    },
    onHeadersReceived: () => record('webRequest.onHeadersReceived'),
  };

  setPermissionRequestHandler(handler: Handler | null): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: Handler | null): void {
    this.permissionCheck = handler;
  }
  /** As Electron: granted where no handler says otherwise. */
  async grants(permission: string, contents: object, origin: string): Promise<boolean> {
    const checked = this.permissionCheck?.(contents, permission, origin, {}) ?? true;
    const { permissionRequest } = this;
    if (permissionRequest === null) return checked;
    const asked = await new Promise<boolean>((resolve) => permissionRequest(contents, permission, resolve, {}));
    return checked && asked;
  }
  /** Whether a request of the page may go on. */
  async lets(url: string, resourceType: string): Promise<boolean> {
    const { beforeRequest } = this;
    if (beforeRequest === null) return true;
    const answer = await new Promise<{ cancel?: boolean }>((resolve) => beforeRequest({ url, resourceType }, resolve));
    return answer.cancel !== true;
  }
  setDevicePermissionHandler(): void {
    record('session.setDevicePermissionHandler');
  }
  setDisplayMediaRequestHandler(): void {
    record('session.setDisplayMediaRequestHandler');
  }
  setBluetoothPairingHandler(): void {
    record('session.setBluetoothPairingHandler');
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    record('session.setSpellCheckerEnabled', enabled);
  }
  async setProxy(config: unknown): Promise<void> {
    record('session.setProxy', config);
  }
  async clearStorageData(): Promise<void> {}
  async clearCache(): Promise<void> {}
}

export const defaultSession = new Session();
export const session = { defaultSession, fromPartition: () => defaultSession };
