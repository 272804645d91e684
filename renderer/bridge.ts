import type { ErrorCode, ErrorParams } from '../shared/errors.ts';
import type { ChannelName, EventName, EventOf, LexpostBridge, RequestOf, ResponseOf } from '../shared/ipc/contract.ts';
import type { ChosenFile } from '../shared/ipc/parts.ts';
import type { Result } from '../shared/result.ts';

/**
 * The one place that touches what the preload exposes. Everything else asks through here, so that what the window can reach
 * is what this file lets through.
 */

declare global {
  interface Window {
    readonly lexpost: LexpostBridge<File>;
  }
}

/** What main answered instead of a value: a code, and the values of its text. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refusal(result.error.code, result.error.params);
}

/** Asks main. @throws Refusal */
export async function ask<C extends ChannelName>(channel: C, request: RequestOf<C>): Promise<ResponseOf<C>> {
  return unwrap(await window.lexpost.invoke(channel, request));
}

/** Hears of something that happened, until the function returned is called. */
export function hear<E extends EventName>(event: E, listener: (payload: EventOf<E>) => void): () => void {
  return window.lexpost.on(event, listener);
}

/** Tokens for files that were dropped on the window; what has no place on disk is left out. @throws Refusal */
export async function registerDropped(files: readonly File[]): Promise<readonly ChosenFile[]> {
  return unwrap(await window.lexpost.registerDropped(files)).files;
}
