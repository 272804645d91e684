import type { Language } from '../../shared/i18n/create-i18n.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import { formatSize } from '../../shared/text/format-size.ts';

/** 4.8 MB, as reports and papers write it beside the window; never broken before its unit. */
export function formatBytes(bytes: Bytes): string {
  return formatSize(bytes).replace(' ', '\u00a0');
}

/** 100,000 */
export function formatCount(count: number): string {
  return new Intl.NumberFormat('en-GB').format(count);
}

/** 96.2% */
export function formatShare(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
