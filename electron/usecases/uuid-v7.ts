import { randomBytes } from 'node:crypto';
import type { Instant } from '../../shared/model/brand.ts';

/** A UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, then random bits. A label that sorts by time, of no other meaning. */
export function uuidV7(now: Date, random: (size: number) => Buffer = randomBytes): string {
  const bytes = random(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** RFC 3339 with milliseconds, as every stored and signed time is written. */
export function instantOf(date: Date): Instant {
  return date.toISOString() as Instant;
}
