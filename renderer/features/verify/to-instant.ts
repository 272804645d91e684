import type { Instant } from '../../../shared/model/brand.ts';

/** A moment as `<input type="datetime-local">` gives it, read as Shanghai's. Undefined where it is none, or still to come. */
export function toInstant(local: string, now: Date): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local)) return undefined;
  const moment = new Date(`${local}+08:00`);
  if (Number.isNaN(moment.getTime()) || moment > now) return undefined;
  return moment.toISOString() as Instant;
}

/** Fingerprints one a line, blanks and groups as people write them. `wrong`: the first line, from 1, that is none. */
export function toFingerprints(text: string): { readonly found: readonly string[]; readonly wrong: number | null } {
  const lines = text.split('\n').map((line) => line.replaceAll(/[\s:-]/g, '').toLowerCase());
  const wrong = lines.findIndex((line) => line !== '' && !/^[0-9a-f]{64}$/.test(line));
  return { found: lines.filter((line) => line !== ''), wrong: wrong < 0 ? null : wrong + 1 };
}
