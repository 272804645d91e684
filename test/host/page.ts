/// <reference lib="dom" />
/**
 * What runs in the page. The functions are put there as source, so each may name nothing outside itself. The two worlds of a page, its own and the preload's,
 * talk by synchronous events on `document`, whose name is a secret of this load; Chromium clones what they carry, so functions, promises and errors travel as
 * descriptions, as Electron's contextBridge has it.
 */
import type { createCodec } from './codec.ts';

export const PRELOAD_WORLD = 'lexpost-preload';
export const BINDING = '__lexpostHost';
export const DELIVER = '__lexpostDeliver';

// biome-ignore lint/suspicious/noExplicitAny: descriptions of values of any kind
type Any = any;

export interface Bridge {
  encode(value: unknown): Any;
  decode(description: Any): Any;
  fire(kind: string, detail: object): void;
  on(kind: string, listener: (detail: Any) => void): void;
}

export function createBridge(secret: string, self: string, peer: string): Bridge {
  const functions = new Map<number, (...args: Any[]) => unknown>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, (detail: Any) => void>();
  let last = 0;
  let reply: Any;

  const fire = (kind: string, detail: object): void => {
    document.dispatchEvent(new CustomEvent(secret + peer, { detail: { kind, ...detail } }));
  };
  const describeError = (error: Any): object => ({ name: error?.name, message: error?.message ?? String(error) });
  const makeError = (from: Any): Error => Object.assign(new Error(from.message), { name: from.name ?? 'Error' });
  const isPlain = (value: object): boolean => {
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || Object.getPrototypeOf(prototype) === null;
  };
  const encodePromise = (promise: Promise<unknown>): Any => {
    const key = ++last;
    promise.then(
      (value) => fire('settle', { key, value: encode(value) }),
      (error) => fire('settle', { key, error: describeError(error) }),
    );
    return { promise: key };
  };
  const encode = (value: Any): Any => {
    if (typeof value === 'function') {
      const key = ++last;
      functions.set(key, value);
      return { function: key };
    }
    if (value === null || typeof value !== 'object') return { value };
    if (value instanceof Promise) return encodePromise(value);
    if (value instanceof Error) return { error: describeError(value) };
    if (Array.isArray(value)) return { array: value.map(encode) };
    if (!isPlain(value)) return { value };
    return { object: Object.fromEntries(Object.entries(value).map(([name, held]) => [name, encode(held)])) };
  };
  const call = (key: number, args: unknown[]): unknown => {
    reply = undefined;
    fire('call', { key, args: args.map(encode) });
    const answer = reply;
    if (answer?.error !== undefined) throw makeError(answer.error);
    return decode(answer.value);
  };
  const decode = (from: Any): Any => {
    if ('function' in from) return (...args: unknown[]) => call(from.function, args);
    if ('promise' in from) {
      return new Promise((resolve, reject) => {
        promises.set(from.promise, { resolve, reject });
      });
    }
    if ('error' in from) return makeError(from.error);
    if ('array' in from) return from.array.map(decode);
    if ('object' in from)
      return Object.fromEntries(Object.entries(from.object).map(([name, held]) => [name, decode(held)]));
    return from.value;
  };
  const answerCall = (detail: Any): void => {
    let answer: object;
    try {
      answer = { value: encode(functions.get(detail.key)?.(...detail.args.map(decode))) };
    } catch (error) {
      answer = { error: describeError(error) };
    }
    fire('reply', { answer });
  };
  document.addEventListener(secret + self, (event) => {
    event.stopImmediatePropagation();
    const { detail } = event as CustomEvent;
    if (detail.kind === 'call') answerCall(detail);
    else if (detail.kind === 'reply') reply = detail.answer;
    else if (detail.kind === 'settle') {
      const promise = promises.get(detail.key);
      promises.delete(detail.key);
      if (detail.error === undefined) promise?.resolve(decode(detail.value));
      else promise?.reject(makeError(detail.error));
    } else listeners.get(detail.kind)?.(detail);
  });
  return { encode, decode, fire, on: (kind, listener) => listeners.set(kind, listener) };
}

/** The page's own world: takes what the preload exposes, and speaks of the app's schemes as Electron does. */
export function startMainWorld(makeBridge: typeof createBridge, secret: string, schemes: readonly string[]): void {
  const toReal = (address: string): string => {
    const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(address);
    return parts !== null && schemes.includes(parts[1] ?? '')
      ? `https://${parts[2] || 'x'}.${parts[1]}.invalid${parts[3]}`
      : address;
  };
  // Chromium refuses fetch() of a scheme it does not know before DevTools see it
  const ownFetch = window.fetch;
  window.fetch = (input, init) =>
    ownFetch.call(window, typeof input === 'string' || input instanceof URL ? toReal(String(input)) : input, init);
  const freeze = (value: Any): Any => {
    if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      Object.freeze(value);
      for (const held of Object.values(value)) freeze(held);
    }
    return value;
  };
  const bridge = makeBridge(secret, ':main', ':preload');
  bridge.on('expose', ({ key, api }) => {
    Object.defineProperty(window, key, { value: freeze(bridge.decode(api)), enumerable: true, writable: false });
  });
}

export interface PreloadInfo {
  readonly platform: string;
  readonly arch: string;
  readonly versions: object;
  readonly droppedFiles: Readonly<Record<string, string>>;
  readonly binding: string;
  readonly deliver: string;
}

/** The preload's world: `electron` as a sandboxed preload finds it. */
export function startPreloadWorld(
  makeBridge: typeof createBridge,
  makeCodec: typeof createCodec,
  secret: string,
  info: PreloadInfo,
  preload: (require: (name: string) => unknown, module: object, exports: object, process: object) => void,
): void {
  const world = globalThis as Any;
  const bridge = makeBridge(secret, ':preload', ':main');
  const codec = makeCodec();
  const toHost = world[info.binding] as (text: string) => void;
  delete world[info.binding];
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, { listener: (...args: unknown[]) => void; once: boolean }[]>();
  let last = 0;

  const post = (kind: string, channel: string, args: unknown, id?: number): void =>
    toHost(JSON.stringify({ kind, channel, id, args: codec.pack(args) }));
  const listen = (channel: string, listener: (...args: unknown[]) => void, once: boolean): void => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
  };
  const unlisten = (channel: string, listener: (...args: unknown[]) => void): void => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((entry) => entry.listener !== listener),
    );
  };
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) => {
      const id = ++last;
      const answer = Promise.withResolvers<unknown>();
      asked.set(id, answer);
      try {
        post('invoke', channel, args, id);
      } catch (error) {
        asked.delete(id);
        answer.reject(error);
      }
      return answer.promise;
    },
    send: (channel: string, ...args: unknown[]) => post('send', channel, args),
    on: (channel: string, listener: (...args: unknown[]) => void) => listen(channel, listener, false),
    once: (channel: string, listener: (...args: unknown[]) => void) => listen(channel, listener, true),
    off: unlisten,
  };
  world[info.deliver] = (text: string) => {
    const message = JSON.parse(text);
    if (message.kind === 'reply') {
      const answer = asked.get(message.id);
      asked.delete(message.id);
      if (message.error === undefined) answer?.resolve(codec.unpack(message.value));
      else answer?.reject(new Error(message.error));
      return;
    }
    for (const { listener, once } of listeners.get(message.channel) ?? []) {
      if (once) unlisten(message.channel, listener);
      listener({}, ...(codec.unpack(message.args) as unknown[]));
    }
  };
  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => bridge.fire('expose', { key, api: bridge.encode(api) }),
    },
    webUtils: { getPathForFile: (file: File) => info.droppedFiles[file.name] ?? '' },
  };
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name} (a sandboxed preload has electron alone)`);
  };
  const module = { exports: {} };
  const sandboxed = { platform: info.platform, arch: info.arch, type: 'renderer', sandboxed: true, env: {}, argv: [] };
  try {
    preload(require, module, module.exports, { ...sandboxed, contextIsolated: true, versions: info.versions });
  } catch (error) {
    post('preload-error', '', [String((error as Error)?.stack ?? error)]);
  }
}

/** The strip that keeps a preview from being taken for the app. It lies over the page and takes no clicks. */
export function showBanner(text: string): void {
  addEventListener('DOMContentLoaded', () => {
    const strip = document.createElement('div');
    strip.textContent = text;
    strip.setAttribute('aria-hidden', 'true');
    Object.assign(strip.style, {
      position: 'fixed',
      insetInline: '0',
      bottom: '0',
      zIndex: '2147483647',
      padding: '2px 12px',
      font: '12px/18px system-ui, sans-serif',
      textAlign: 'center',
      color: '#18202b',
      background: '#ffe9b8',
      pointerEvents: 'none',
    });
    document.body.append(strip);
  });
}
