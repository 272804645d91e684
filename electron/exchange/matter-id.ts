import { createHash } from 'node:crypto';
import type { MatterId, MessageId, OfficeId } from '../../shared/model/brand.ts';

/**
 * The id of the matter that an opening act opens: a UUIDv7 with the milliseconds of the act's own id, whose 74 other bits are the first of
 * SHA-256 over opener and act. Whoever is sent an opening learns the id, and a mailbox that delays the others would give it the time to open the same matter
 * first, under a lead of its choice; an id that names its opener leaves it nothing to open, short of a second preimage.
 */
export function deriveMatterId(opener: OfficeId, opening: MessageId): MatterId {
  const time = opening.slice(0, 'xxxxxxxx-xxxx'.length);
  const rest = createHash('sha256').update(`lexpost-matter:${opener}:${opening}`).digest().subarray(0, 10);
  rest.writeUInt8((rest.readUInt8(0) & 0x0f) | 0x70, 0);
  rest.writeUInt8((rest.readUInt8(2) & 0x3f) | 0x80, 2);
  const hex = rest.toString('hex');
  return [time, hex.slice(0, 4), hex.slice(4, 8), hex.slice(8)].join('-') as MatterId;
}
