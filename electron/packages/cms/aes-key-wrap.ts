import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';

/**
 * AES key wrap (RFC 3394) over AES-ECB: BoringSSL, which Electron links, lacks `id-aes256-wrap`.
 */
const BLOCK = 16;
const HALF = 8;
const ROUNDS = 6;
const INITIAL_VALUE = Buffer.alloc(HALF, 0xa6);

/** Wraps `key` (a multiple of 8 bytes, at least 16) under `kek` (16, 24 or 32 bytes). */
export function wrapKey(kek: Buffer, key: Buffer): Buffer {
  if (key.length % HALF !== 0 || key.length < BLOCK)
    throw new RangeError('key wrap takes whole 64-bit blocks, at least two');
  const cipher = createCipheriv(`aes-${kek.length * 8}-ecb`, kek, null).setAutoPadding(false);
  const count = key.length / HALF;
  const wrapped = Buffer.concat([INITIAL_VALUE, key]);
  const block = Buffer.alloc(BLOCK);
  INITIAL_VALUE.copy(block);
  for (let step = 1; step <= ROUNDS * count; step++) {
    const at = (((step - 1) % count) + 1) * HALF;
    wrapped.copy(block, HALF, at, at + HALF);
    const output = cipher.update(block);
    output.copy(wrapped, at, HALF);
    output.copy(block, 0, 0, HALF);
    output.fill(0);
    xorStep(block, step);
  }
  block.copy(wrapped, 0, 0, HALF);
  block.fill(0);
  return wrapped;
}

/** The key, or null where the integrity check fails: another KEK, or altered bytes. */
export function unwrapKey(kek: Buffer, wrapped: Buffer): Buffer | null {
  if (wrapped.length % HALF !== 0 || wrapped.length < BLOCK + HALF) return null;
  const decipher = createDecipheriv(`aes-${kek.length * 8}-ecb`, kek, null).setAutoPadding(false);
  const count = wrapped.length / HALF - 1;
  const key = Buffer.from(wrapped.subarray(HALF));
  const block = Buffer.alloc(BLOCK);
  wrapped.copy(block, 0, 0, HALF);
  for (let step = ROUNDS * count; step >= 1; step--) {
    const at = ((step - 1) % count) * HALF;
    xorStep(block, step);
    key.copy(block, HALF, at, at + HALF);
    const output = decipher.update(block);
    output.copy(key, at, HALF);
    output.copy(block, 0, 0, HALF);
    output.fill(0);
  }
  const intact = timingSafeEqual(block.subarray(0, HALF), INITIAL_VALUE);
  block.fill(0);
  if (intact) return key;
  key.fill(0);
  return null;
}

/** A ^= t, for a step number that fits the lower 32 bits: keys here are at most some hundred bytes. */
function xorStep(block: Buffer, step: number): void {
  block.writeUInt32BE((block.readUInt32BE(4) ^ step) >>> 0, 4);
}
