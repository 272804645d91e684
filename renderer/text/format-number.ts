import type { Language } from '../../shared/i18n/create-i18n.ts';
import type { Bytes } from '../../shared/model/brand.ts';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
const STEP = 1024;

/** 4.8 MB: a no-break space before the unit, one decimal under ten, two for gigabytes. */
export function formatBytes(bytes: Bytes): string {
  let value = bytes;
  let unit = 0;
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit++;
  }
  const digits = unit >= 3 ? 2 : unit >= 1 && value < 10 ? 1 : 0;
  return `${value.toFixed(digits)}\u00a0${UNITS[unit]}`;
}

/** 100,000 */
export function formatCount(count: number): string {
  return new Intl.NumberFormat('en-GB').format(count);
}

/** 96.2% */
export function formatShare(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
