import { parentPort } from 'node:worker_threads';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes, OfficeId } from '../../../shared/model/brand.ts';
import type { ByteSource } from '../../files/bytes.ts';
import type { ThreadAnswer, ThreadSaying, TrustData } from './thread-messages.ts';

/** Small files of a container lie side by side: asked for one by one, each would cost main a turn. */
const AHEAD: Bytes = 256 * 1024;

const waiting = new Map<number, (value: unknown) => void>();
let last = 0;

parentPort?.on('message', ({ id, value }: ThreadAnswer) => {
  waiting.get(id)?.(value);
  waiting.delete(id);
});

type Question =
  | Omit<Extract<ThreadSaying, { kind: 'read' }>, 'id'>
  | Omit<Extract<ThreadSaying, { kind: 'trust' }>, 'id'>;

async function ask<T>(question: Question): Promise<T> {
  const id = ++last;
  const answer = new Promise<unknown>((resolve) => waiting.set(id, resolve));
  parentPort?.postMessage({ ...question, id } as ThreadSaying);
  const value = await answer;
  if (value === null) throw new AppError('IO_ERROR');
  return value as T;
}

export const askTrust = (office: OfficeId | null): Promise<TrustData> => ask({ kind: 'trust', office });

/** The file that the owner of this thread holds open. @throws AppError IO_ERROR where it cannot be read; the owner knows why */
export function ownersBytes(size: Bytes): ByteSource {
  let held = { position: 0, bytes: new Uint8Array(0) };
  const fetch = async (position: Bytes, length: Bytes) => {
    const wanted = Math.min(Math.max(length, AHEAD), Math.max(0, size - position));
    held = { position, bytes: await ask<Uint8Array<ArrayBuffer>>({ kind: 'read', position, length: wanted }) };
    return held;
  };
  return {
    size,
    async read(target, position) {
      const { length } = target;
      const inside = position >= held.position && position + length <= held.position + held.bytes.length;
      const block = inside ? held : await fetch(position, length);
      const from = position - block.position;
      const part = block.bytes.subarray(from, from + length);
      target.set(part);
      return part.length;
    },
    close: async () => {},
  };
}
