import type { Language } from '../../shared/i18n/create-i18n.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** A moment in UTC, always with its year: a report is read elsewhere and later. */
export function formatInstant(at: Date | string, language: Language): string {
  const date = new Date(at);
  const iso = date.toISOString();
  const time = `${iso.slice(11, 16)} UTC`;
  if (language === 'zh-CN') return `${iso.slice(0, 10)} ${time}`;
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} ${time}`;
}

/** A digest as it is compared by voice: groups of four. */
export function formatFingerprint(hex: string): string {
  return (
    hex
      .toUpperCase()
      .match(/.{1,4}/g)
      ?.join(' ') ?? ''
  );
}
