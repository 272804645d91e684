import type { Instant } from '../../../shared/model/brand.ts';

/** A moment as `<input type="datetime-local">` gives it, read as Shanghai's. Undefined where it is none, or still to come. */
export function toInstant(local: string, now: Date): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local)) return undefined;
  const moment = new Date(`${local}+08:00`);
  if (Number.isNaN(moment.getTime()) || moment > now) return undefined;
  return moment.toISOString() as Instant;
}
