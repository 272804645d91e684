import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { type Arrival, type Browser, browser, config } from './browser.ts';
import type { CdpParams } from './cdp.ts';
import { createCodec } from './codec.ts';
import { createEvent } from './host-event.ts';
import { ipcMain } from './ipc-main.ts';
import {
  BINDING,
  createBridge,
  DELIVER,
  PRELOAD_WORLD,
  showBanner,
  startMainWorld,
  startPreloadWorld,
} from './page.ts';
import { record, recordingStub } from './recorded.ts';
import { findHandler, listSchemes, toApp, toReal, toRealHeader } from './schemes.ts';
import { defaultSession, PERMISSIONS } from './session.ts';

interface Frame {
  readonly id: string;
  readonly parentId?: string;
  url: string;
}
type Verdict = { readonly action: 'allow' | 'deny' };
interface Size {
  readonly width: number;
  readonly height: number;
}

const codec = createCodec();
let lastId = 0;

/** The page of a window, as main sees it. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly session = defaultSession;
  readonly navigationHistory = recordingStub('navigationHistory', { canGoBack: () => false });
  readonly ready: Promise<void>;
  targetId = '';
  #browser: Browser | null = null;
  #session = '';
  #frames = new Map<string, Frame>();
  #mainFrameId = '';
  /** Of the preload's world, by frame. */
  #contexts = new Map<string, number>();
  #openHandler: ((details: { url: string }) => Verdict) | null = null;
  #destroyed = false;
  /** The navigation that main asked for, which no listener of the app is asked about. */
  #ownNavigation: string | null = null;
  #loading: PromiseWithResolvers<void> | null = null;

  constructor(preload: string | undefined, size: Size) {
    super();
    this.ready = this.#attach(preload, size);
    this.ready.catch((error: unknown) => {
      if (!this.#destroyed) console.error('[host] no page', error);
    });
  }

  get mainFrame(): object {
    return this.#describeFrame(this.#frames.get(this.#mainFrameId));
  }
  getURL(): string {
    return toApp(this.#frames.get(this.#mainFrameId)?.url ?? '');
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => Verdict): void {
    this.#openHandler = handler;
  }
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }
  setZoomFactor(factor: number): void {
    record('webContents.setZoomFactor', factor);
  }
  openDevTools(): void {
    record('webContents.openDevTools');
  }
  focus(): void {}
  async loadURL(url: string): Promise<void> {
    await this.ready;
    this.#ownNavigation = toReal(url);
    const loading = Promise.withResolvers<void>();
    loading.promise.catch(() => {});
    this.#loading = loading;
    const { errorText } = await this.cdp('Page.navigate', { url: this.#ownNavigation });
    if (errorText !== undefined) throw new Error(`${errorText} loading '${url}'`);
    return loading.promise;
  }
  async reload(): Promise<void> {
    this.#ownNavigation = this.#frames.get(this.#mainFrameId)?.url ?? null;
    await this.cdp('Page.reload');
  }
  async printToPDF(options: { readonly printBackground?: boolean } = {}): Promise<Buffer> {
    const a4 = { paperWidth: 8.27, paperHeight: 11.69, printBackground: options.printBackground };
    return Buffer.from((await this.cdp('Page.printToPDF', a4)).data, 'base64');
  }
  print(options: object, done?: (printed: boolean) => void): void {
    record('webContents.print', options);
    done?.(true);
  }
  send(channel: string, ...args: unknown[]): void {
    const packed = codec.pack(args);
    void this.ready.then(() => {
      const context = this.#contexts.get(this.#mainFrameId);
      if (context !== undefined) this.#deliver({ kind: 'event', channel, args: packed }, context);
    });
  }
  /** Tells whoever listens, and lets go of the page. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#browser?.cdp.forget(this.#session);
    this.emit('destroyed');
    void this.ready
      .then(() => this.#browser?.cdp.send('Target.closeTarget', { targetId: this.targetId }))
      .catch(() => {});
  }
  async setSize(size: Size): Promise<void> {
    await this.ready;
    await this.#applySize(size);
  }
  /** What the app answers to a page that opened `url`; Electron allows where nobody was asked. */
  decideOpening(url: string): Verdict {
    return this.#openHandler?.({ url }) ?? { action: 'allow' };
  }

  cdp(method: string, params?: object): Promise<CdpParams> {
    if (this.#browser === null) return Promise.reject(new Error('the page is not there yet'));
    return this.#browser.cdp.send(method, params, this.#session);
  }

  async #attach(preload: string | undefined, size: Size): Promise<void> {
    this.#browser = await browser;
    const page: Arrival = await this.#browser.openPage(size.width, size.height);
    this.targetId = page.targetId;
    this.#session = page.session;
    this.#browser.cdp.listen(page.session, (method, params) => this.#take(method, params));
    const tree = this.cdp('Page.getFrameTree');
    const steps = [
      tree,
      this.cdp('Page.enable'),
      this.cdp('Runtime.enable'),
      this.cdp('Inspector.enable'),
      this.cdp('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      this.cdp('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
      this.#applySize(size),
      this.cdp('Emulation.setFocusEmulationEnabled', { enabled: true }),
      this.#applyPermissions(),
      ...this.#injectWorlds(preload),
      this.cdp('Runtime.runIfWaitingForDebugger'),
    ];
    await Promise.all(steps);
    const { frame } = (await tree).frameTree;
    this.#mainFrameId = frame.id;
    this.#frames.set(frame.id, frame);
  }
  async #applySize({ width, height }: Size): Promise<void> {
    if (config.visible) return;
    await this.cdp('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  }
  /** Sets each permission as the app's handlers answer; an app without handlers grants all, as in Electron. */
  async #applyPermissions(): Promise<void> {
    for (const [chromium, electron] of Object.entries(PERMISSIONS)) {
      const granted = await defaultSession.grants(electron, { getURL: () => 'app://bundle/' }, 'app://bundle/');
      const setting = granted ? 'granted' : 'denied';
      await this.#browser?.cdp
        .send('Browser.setPermission', { permission: { name: chromium }, setting, origin: toReal('app://bundle') })
        .catch(() => record('permission unknown to this browser', chromium));
    }
  }
  #injectWorlds(preload: string | undefined): Promise<CdpParams>[] {
    const secret = JSON.stringify(randomUUID());
    const topOnly = (code: string): string => `if (window === window.top) { ${code} }`;
    const inject = (source: string, worldName?: string): Promise<CdpParams> =>
      this.cdp('Page.addScriptToEvaluateOnNewDocument', { source, worldName });
    const main = `(${startMainWorld})(${createBridge}, ${secret}, ${JSON.stringify(listSchemes())})`;
    const banner = config.banner === null ? '' : `(${showBanner})(${JSON.stringify(config.banner)})`;
    const steps = [inject(topOnly(`${main};${banner}`))];
    if (preload === undefined) return steps;
    const info = {
      platform: process.platform,
      arch: process.arch,
      versions: process.versions,
      droppedFiles: config.droppedFiles,
      binding: BINDING,
      deliver: DELIVER,
    };
    const code = `function (require, module, exports, process) { ${readFileSync(preload, 'utf8')}\n}`;
    const start = `(${startPreloadWorld})(${createBridge}, ${createCodec}, ${secret}, ${JSON.stringify(info)}, ${code})`;
    steps.push(
      this.cdp('Runtime.addBinding', { name: BINDING, executionContextName: PRELOAD_WORLD }),
      inject(`${topOnly(start)}\n//# sourceURL=preload.cjs`, PRELOAD_WORLD),
    );
    return steps;
  }

  #describeFrame(frame: Frame | undefined): object {
    const url = toApp(frame?.url ?? '');
    const parsed = URL.parse(url);
    const parent = frame?.parentId === undefined ? null : this.#describeFrame(this.#frames.get(frame.parentId));
    return {
      url,
      origin: parsed === null ? 'null' : `${parsed.protocol}//${parsed.host}`,
      frameTreeNodeId: frame?.id,
      parent,
      isDestroyed: () => false,
    };
  }
  #deliver(message: object, context: number): void {
    if (this.#destroyed) return;
    this.cdp('Runtime.callFunctionOn', {
      functionDeclaration: `function (text) { ${DELIVER}(text); }`,
      executionContextId: context,
      arguments: [{ value: JSON.stringify(message) }],
    }).catch(() => {});
  }

  #take(method: string, params: CdpParams): void {
    switch (method) {
      case 'Page.frameNavigated':
        this.#frameNavigated(params.frame);
        break;
      case 'Page.navigatedWithinDocument': {
        const frame = this.#frames.get(params.frameId);
        if (frame !== undefined) frame.url = params.url;
        break;
      }
      case 'Page.frameDetached':
        this.#frames.delete(params.frameId);
        break;
      case 'Page.frameAttached':
        this.#frames.set(params.frameId, { id: params.frameId, parentId: params.parentFrameId, url: 'about:blank' });
        break;
      case 'Page.domContentEventFired':
        this.emit('dom-ready', {});
        break;
      case 'Page.loadEventFired':
        this.#loading?.resolve();
        this.emit('did-finish-load', {});
        break;
      case 'Inspector.targetCrashed':
        this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
        break;
      case 'Runtime.executionContextCreated':
        if (params.context.name === PRELOAD_WORLD)
          this.#contexts.set(params.context.auxData.frameId, params.context.id);
        break;
      case 'Runtime.executionContextsCleared':
        this.#contexts.clear();
        break;
      case 'Runtime.bindingCalled':
        if (params.name === BINDING) void this.#answer(JSON.parse(params.payload), params.executionContextId);
        break;
      case 'Fetch.requestPaused':
        void this.#answerRequest(params, this.#session);
        break;
      case 'Target.attachedToTarget':
        void this.#takeChild(params);
        break;
    }
  }
  #frameNavigated(frame: Frame): void {
    this.#frames.set(frame.id, { ...frame });
    if (frame.parentId !== undefined) return;
    this.#mainFrameId = frame.id;
    this.emit('did-navigate', {}, toApp(frame.url), 200, '');
  }
  /** A frame of another origin, or a thread of the page. */
  async #takeChild({ sessionId, targetInfo }: CdpParams): Promise<void> {
    const cdp = this.#browser?.cdp;
    if (targetInfo.type === 'iframe') {
      cdp?.listen(sessionId, (method, params) => {
        if (method === 'Fetch.requestPaused') void this.#answerRequest(params, sessionId);
      });
      await cdp?.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId).catch(() => {});
    }
    cdp?.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(() => {});
  }

  async #answer(message: CdpParams, context: number): Promise<void> {
    const { kind, channel, id } = message;
    const args = codec.unpack(message.args) as unknown[];
    if (kind === 'preload-error') {
      console.error('[host] preload failed:', ...args);
      return;
    }
    const frameId = [...this.#contexts].find(([, known]) => known === context)?.[0] ?? this.#mainFrameId;
    const event = createEvent({
      sender: this,
      senderFrame: this.#describeFrame(this.#frames.get(frameId)),
      type: 'frame',
    });
    if (kind === 'send') {
      ipcMain.emit(channel, event, ...args);
      return;
    }
    try {
      const handler = ipcMain.handlers.get(channel) ?? (await findMadeUp(channel));
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      this.#deliver({ kind: 'reply', id, value: codec.pack(await handler(event, ...args)) }, context);
    } catch (error) {
      this.#deliver({ kind: 'reply', id, error: `Error invoking remote method '${channel}': ${error}` }, context);
    }
  }

  /** Every request of the page, of its frames and of its threads passes here. */
  async #answerRequest(paused: CdpParams, session: string): Promise<void> {
    const { requestId, request, resourceType, frameId } = paused;
    const url = toApp(request.url);
    const finish = (method: string, more: object): void => {
      this.#browser?.cdp.send(`Fetch.${method}`, { requestId, ...more }, session).catch(() => {});
    };
    if (resourceType === 'Document' && !this.#mayNavigate(url, request.url, frameId)) {
      return finish('failRequest', { errorReason: 'Aborted' });
    }
    if (!(await defaultSession.lets(url, resourceType))) {
      record('request refused', url);
      return finish('failRequest', { errorReason: 'BlockedByClient' });
    }
    const handler = findHandler(url);
    if (handler === undefined) {
      // The host has no network: an app that lets such a request pass is seen by this record
      record('network', url);
      return finish('failRequest', { errorReason: 'InternetDisconnected' });
    }
    const response = await handler(new Request(url, { method: request.method, headers: request.headers }));
    finish('fulfillRequest', {
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value: toRealHeader(name, value) })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }
  #mayNavigate(url: string, real: string, frameId: string): boolean {
    const isMainFrame = frameId === this.#mainFrameId;
    if (isMainFrame && this.#ownNavigation === real) {
      this.#ownNavigation = null;
      return true;
    }
    const event = createEvent({ url, isMainFrame, isSameDocument: false });
    this.emit('will-frame-navigate', event);
    if (isMainFrame) this.emit('will-navigate', event, url);
    return !event.defaultPrevented;
  }
}

type Answer = (event: object, request: unknown) => unknown;

async function findMadeUp(channel: string): Promise<Answer | undefined> {
  if (config.answers === null) return undefined;
  const { answers } = (await import(config.answers)) as { answers: Record<string, (request: unknown) => unknown> };
  const answer = answers[channel];
  return answer === undefined ? undefined : (_event, request) => ({ ok: true, value: answer(request) });
}
