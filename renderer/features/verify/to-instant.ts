import type { Instant } from '../../../shared/model/brand.ts';
import { readLocal } from '../../text/local-instant.ts';

/** A moment in the time of the offices that is past. Undefined where it is none, or still to come. */
export function toInstant(local: string, now: Date): Instant | undefined {
  const moment = readLocal(local);
  return moment === undefined || new Date(moment) > now ? undefined : moment;
}
