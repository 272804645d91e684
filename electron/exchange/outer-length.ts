import type { Bytes } from '../../shared/model/brand.ts';

/** Bytes of a file's beginning that {@link outerLength} may need. */
export const OUTER_HEADER: Bytes = 16;

/**
 * How long a package says it is, from its first bytes: identifier and length of the outer SEQUENCE (X.690, 8.1.3). Null: it does not
 * say (BER indefinite length), or it is no package at all; then only time tells whether a synced file is whole.
 */
export function outerLength(beginning: Buffer): Bytes | null {
  const first = beginning[1];
  if (beginning[0] !== 0x30 || first === undefined) return null;
  if (first < 0x80) return 2 + first;
  const octets = first & 0x7f;
  if (octets === 0 || octets > 6 || beginning.length < 2 + octets) return null;
  return 2 + octets + beginning.readUIntBE(2, octets);
}
