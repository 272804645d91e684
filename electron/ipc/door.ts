import { AppError } from '../../shared/errors.ts';
import type { Access } from '../../shared/ipc/channel.ts';
import { CHANNELS, PRELOAD_CHANNELS } from '../../shared/ipc/contract.ts';
import { failed, type Result, succeed } from '../../shared/result.ts';
import { word } from '../log/log-value.ts';
import { type Log, silentLog } from '../log/logger.ts';
import type { Desk } from './desk.ts';
import type { AnyHandler, Handlers } from './handlers.ts';

/** What a handler is registered with: `ipcMain`, or a stand-in of a test. */
export interface Door<Event> {
  handle(name: string, listener: (event: Event, request: unknown) => Promise<unknown>): void;
}

export interface OpenDoor<Event> {
  readonly door: Door<Event>;
  /** The main frame of our own window, with our own origin: nobody else is answered. */
  readonly isOurs: (event: Event) => boolean;
  readonly handlers: Handlers;
  readonly desk: Desk;
  readonly log?: Log;
  /** Holds answers against the contract too: in tests and while developing. */
  readonly checkAnswers?: boolean;
}

/**
 * The one way in: sender, then the vault's state, then the schema of the request, then the use case. What comes back is a value or a code with the parameters
 * of its text; never a stack, never a path of this machine that the window did not have.
 */
export function openDoor<Event>({
  door,
  isOurs,
  handlers,
  desk,
  log = silentLog,
  checkAnswers = false,
}: OpenDoor<Event>): void {
  const channels = { ...CHANNELS, ...PRELOAD_CHANNELS };
  for (const [name, { access, request: schema, response }] of Object.entries(channels)) {
    const handler = handlers[name as keyof Handlers] as AnyHandler;
    const answer = async (event: Event, request: unknown): Promise<unknown> => {
      if (!isOurs(event)) throw new AppError('REQUEST_REFUSED');
      requireAccess(access, desk);
      const parsed = schema.safeParse(request);
      if (!parsed.success) throw new AppError('REQUEST_MALFORMED', { channel: name, field: fieldOf(parsed.error) });
      const value = await handler(parsed.data, desk);
      if (!checkAnswers) return value;
      const checked = response.safeParse(value);
      if (checked.success) return value;
      throw new AppError('INTERNAL', { channel: name, field: fieldOf(checked.error) });
    };
    door.handle(name, async (event, request): Promise<Result<unknown>> => {
      try {
        return succeed(await answer(event, request));
      } catch (error) {
        log('warn', 'ipc-request-failed', { channel: word(name.replace(':', '-')), error: error as Error });
        return failed(withoutPath(error));
      }
    });
  }
}

function requireAccess(access: Access, { session }: Desk): void {
  if (access === 'open' && !session.isOpen()) throw new AppError('VAULT_LOCKED');
  if (access === 'closed' && session.isOpen()) throw new AppError('VAULT_OPEN');
}

/** Names of members alone: what stood in them may be a secret. */
function fieldOf(error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] }): string {
  return (error.issues[0]?.path ?? []).map(String).join('.').slice(0, 100);
}

/** Texts of the command name files; the window knows none. */
function withoutPath(error: unknown): unknown {
  if (!(error instanceof AppError) || !('path' in error.params)) return error;
  const { path: _, ...params } = error.params;
  return new AppError(error.code, params);
}
