import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { Milliseconds } from '../../../shared/model/brand.ts';
import { ANSWERS, type TokenCall, tokenReply } from './token-calls.ts';

/** A started process, as little of it as is needed: Electron's utilityProcess fits too. */
export interface ChildPort {
  send(message: unknown): void;
  listen(message: (value: unknown) => void, ended: () => void): void;
  kill(): void;
}

export type StartChild = () => ChildPort;

type Answer<Kind extends TokenCall['kind']> = z.infer<(typeof ANSWERS)[Kind]>;

export interface TokenProcess {
  /** @throws AppError TOKEN_… */
  ask<Kind extends TokenCall['kind']>(call: Extract<TokenCall, { readonly kind: Kind }>): Promise<Answer<Kind>>;
  /** Ends the process, and with it every login. */
  end(): void;
}

/** As long as somebody may take over a reader with a PIN pad, or a slow card over a signature. */
const PATIENCE: Milliseconds = 60_000;

/**
 * One process for one module. Where it ends by itself, or is silent for longer than `patience`, every call under way and every later one fails with
 * TOKEN_MODULE_FAILED: what it was asked for may or may not have happened in the token, and nothing of it happened here.
 */
export function startTokenProcess(start: StartChild = forkChild, patience: Milliseconds = PATIENCE): TokenProcess {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const child = start();
  let last = 0;
  let failure: AppError | null = null;
  const fail = (reason: string): void => {
    failure ??= new AppError('TOKEN_MODULE_FAILED', { reason });
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
    child.kill();
  };
  child.listen(
    (value) => {
      const reply = tokenReply.safeParse(value);
      if (!reply.success) return fail('answer');
      const asked = waiting.get(reply.data.id);
      waiting.delete(reply.data.id);
      if (reply.data.ok) asked?.resolve(reply.data.value);
      else asked?.reject(new AppError(reply.data.code, reply.data.params));
    },
    () => fail('ended'),
  );
  return {
    async ask<Kind extends TokenCall['kind']>(
      call: Extract<TokenCall, { readonly kind: Kind }>,
    ): Promise<Answer<Kind>> {
      if (failure !== null) throw failure;
      const id = ++last;
      const asked = Promise.withResolvers<unknown>();
      waiting.set(id, asked);
      const timer = setTimeout(() => fail('silent'), patience);
      try {
        child.send({ id, call });
        const answer = ANSWERS[call.kind as Kind].safeParse(await asked.promise);
        if (answer.success) return answer.data as Answer<Kind>;
        fail('answer');
        throw failure ?? new AppError('TOKEN_MODULE_FAILED', { reason: 'answer' });
      } finally {
        clearTimeout(timer);
      }
    },
    end: () => fail('ended'),
  };
}

/** On plain Node. Vendor modules write where they like: their output goes nowhere. */
function forkChild(): ChildPort {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = fork(fileURLToPath(new URL('./token-process.ts', import.meta.url)), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    env,
  });
  return {
    send: (message) => {
      child.send(message as object, () => {});
    },
    listen: (message, ended) => {
      child.on('message', message).on('error', ended).on('exit', ended);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
