import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

// biome-ignore lint/suspicious/noExplicitAny: the protocol's messages are typed by its own documentation alone
export type CdpParams = any;
export type CdpListener = (method: string, params: CdpParams) => void;

/** Chrome's DevTools protocol over a pipe: with it the browser ends by itself when this process does, however that happens. */
export interface Cdp {
  send(method: string, params?: object, session?: string): Promise<CdpParams>;
  /** One listener per session; `null` is the browser itself. */
  listen(session: string | null, listener: CdpListener): void;
  forget(session: string): void;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method: string;
  readonly params: CdpParams;
  readonly result?: CdpParams;
  readonly error?: { readonly message: string };
}

export function connectPipe(browser: ChildProcess): Cdp {
  const output = browser.stdio[3] as Writable;
  const input = browser.stdio[4] as Readable;
  const waiting = new Map<number, { readonly method: string; readonly answer: PromiseWithResolvers<CdpParams> }>();
  const listeners = new Map<string | null, CdpListener>();
  let last = 0;

  const take = (message: Message): void => {
    if (message.id === undefined) {
      listeners.get(message.sessionId ?? null)?.(message.method, message.params);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error !== undefined) asked?.answer.reject(new Error(`${asked.method}: ${message.error.message}`));
    else asked?.answer.resolve(message.result);
  };
  readMessages(input, (text) => take(JSON.parse(text) as Message));
  input.on('close', () => {
    for (const { answer } of waiting.values()) answer.reject(new Error('the browser is gone'));
    waiting.clear();
  });
  // Written to a browser that has just ended: its close event says so
  output.on('error', () => {});

  return {
    send(method, params = {}, sessionId) {
      const id = ++last;
      const answer = Promise.withResolvers<CdpParams>();
      waiting.set(id, { method, answer });
      output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      return answer.promise;
    },
    listen: (session, listener) => listeners.set(session, listener),
    forget: (session) => listeners.delete(session),
  };
}

/** Messages end with a zero byte. */
function readMessages(input: Readable, take: (text: string) => void): void {
  const pieces: Buffer[] = [];
  input.on('data', (data: Buffer) => {
    let rest = data;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      pieces.push(rest.subarray(0, end));
      take(Buffer.concat(pieces.splice(0)).toString('utf8'));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) pieces.push(rest);
  });
}
