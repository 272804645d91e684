/**
 * Branch-free arithmetic on small non-negative integers: secret bytes decide neither a jump nor an index. Masks are 0
 * or 0xff.
 */

/** 0xff where `a` and `b` (0 to 255) are equal, else 0. */
export function equalMask(a: number, b: number): number {
  return (((a ^ b) - 1) >> 8) & 0xff;
}

/** `a` where the mask is 0xff, `b` where it is 0. */
export function select(mask: number, a: number, b: number): number {
  return (a & mask) | (b & ~mask & 0xff);
}

/** 0xff where every byte is equal. The lengths are public and must agree. */
export function equalBytesMask(a: Buffer, b: Buffer): number {
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return equalMask(difference, 0);
}
