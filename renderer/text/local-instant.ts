import type { Instant } from '../../shared/model/brand.ts';
import { civilDay, formatTime } from './format-date.ts';

/** A moment as `<input type="datetime-local">` gives it, read as Shanghai's. Undefined where it is none. */
export function readLocal(local: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local)) return undefined;
  const moment = new Date(`${local}+08:00`);
  return Number.isNaN(moment.getTime()) ? undefined : (moment.toISOString() as Instant);
}

/** The other way round. */
export function toLocal(moment: string | Date): string {
  return `${civilDay(moment)}T${formatTime(moment)}`;
}
