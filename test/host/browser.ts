import { type Cdp, type CdpParams, connectPipe } from './cdp.ts';
import { readConfig } from './host-config.ts';
import { type StartedBrowser, startChromium } from './start-chromium.ts';

export const config = readConfig();
export const started = performance.now();

/** A page that Chromium opened and holds until it is told to run. */
export interface Arrival {
  readonly targetId: string;
  readonly openerId: string | undefined;
  readonly url: string;
  readonly session: string;
}

export interface Browser extends StartedBrowser {
  readonly cdp: Cdp;
  readonly version: string;
  /** Opens an empty page and returns it held: what is to run in it first can be put there. */
  openPage(width: number, height: number): Promise<Arrival>;
}

type Unasked = (arrival: Arrival) => void;

let takeUnasked: Unasked = () => {};
let takeClosed: (targetId: string) => void = () => {};

/** Pages that nobody asked the host for: what `window.open` made, and the browser's own first one. */
export function onUnaskedPage(listener: Unasked): void {
  takeUnasked = listener;
}

export function onPageClosed(listener: (targetId: string) => void): void {
  takeClosed = listener;
}

export const browser: Promise<Browser> = startChromium(config).then(async (running) => {
  const cdp = connectPipe(running.process);
  const held: Arrival[] = [];
  const expected = new Map<string, (arrival: Arrival) => void>();
  /** While a page is being asked for, its arrival may come before the answer that names it. */
  let asking = 0;
  const settle = (): void => {
    if (asking > 0) return;
    for (const arrival of held.splice(0)) takeUnasked(arrival);
  };
  const arrive = ({ targetInfo, sessionId }: CdpParams): void => {
    if (targetInfo.type !== 'page') {
      cdp.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(() => {});
      return;
    }
    const { targetId, openerId, url } = targetInfo;
    const arrival: Arrival = { targetId, openerId, url, session: sessionId };
    const take = expected.get(targetId);
    expected.delete(targetId);
    if (take === undefined) held.push(arrival);
    else take(arrival);
    settle();
  };
  cdp.listen(null, (method, params) => {
    if (method === 'Target.attachedToTarget') arrive(params);
    else if (method === 'Target.targetDestroyed') takeClosed(params.targetId);
  });
  const { product } = await cdp.send('Browser.getVersion');
  await cdp.send('Target.setDiscoverTargets', { discover: true });
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  return {
    ...running,
    cdp,
    version: String(product).split('/')[1] ?? '',
    async openPage(width, height) {
      asking++;
      try {
        const target = { url: 'about:blank', newWindow: true, width, height };
        const { targetId } = await cdp.send('Target.createTarget', target);
        const index = held.findIndex((arrival) => arrival.targetId === targetId);
        if (index >= 0) return held.splice(index, 1)[0] as Arrival;
        return await new Promise((resolve) => expected.set(targetId, resolve));
      } finally {
        asking--;
        settle();
      }
    },
  };
});
