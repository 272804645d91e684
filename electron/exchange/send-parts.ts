import type { Bytes } from '../../shared/model/brand.ts';

/**
 * An upload in parts, of which some are under way at once: each is whole and durable before the one `abreast` after it begins. So the length of what lies there tells
 * which parts are whole, even where a machine lost its power and left holes.
 */
export interface Parts {
  readonly part: Bytes;
  readonly abreast: number;
}

/** One after another. */
export const IN_TURN: Parts = { part: 16 * 1024 * 1024, abreast: 1 };
/** Two keep the line busy while the far end confirms. A cut costs both and, where the server saw no byte of the second, the one before: under 32 MiB together. */
export const IN_PAIRS: Parts = { part: 8 * 1024 * 1024, abreast: 2 };

/** Where to go on with an upload of which `stored` bytes are there. */
export function resumeOffset(stored: Bytes, size: Bytes, { part, abreast }: Parts): Bytes {
  if (stored === 0 || stored > size) return 0;
  return Math.max(0, Math.floor((stored - 1) / part) - (abreast - 1)) * part;
}

/**
 * Sends from `offset`, a multiple of the part, to `size`. Where one part fails no other begins, and all have ended when this rejects.
 *
 * @param send resolves when the part is whole and durable
 */
export async function sendParts(
  offset: Bytes,
  size: Bytes,
  { part, abreast }: Parts,
  send: (start: Bytes, end: Bytes) => Promise<unknown>,
): Promise<void> {
  const sent: Promise<unknown>[] = [];
  try {
    for (let start = offset; start < size; start += part) {
      await sent.at(-abreast);
      const one = send(start, Math.min(size, start + part));
      // It is awaited in its turn; until then its failure belongs to nobody
      one.catch(() => {});
      sent.push(one);
    }
    await Promise.all(sent);
  } finally {
    await Promise.allSettled(sent);
  }
}
