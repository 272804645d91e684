import type { Language } from '../i18n/create-i18n.ts';

/** The zone that papers and reports of the offices are written in. It has had no daylight saving since 1991. */
export const REPORT_ZONE = { name: 'Asia/Shanghai', label: 'UTC+8' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** 2026-11-24 10:20:31 / 24 Nov 2026 10:20:31, where the exact instant is the point. */
export function formatExact(at: string, language: Language, timeZone: string): string {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const time = `${part('hour')}:${part('minute')}:${part('second')}`;
  if (language === 'zh-CN') return `${part('year')}-${part('month')}-${part('day')} ${time}`;
  return `${Number(part('day'))} ${MONTHS[Number(part('month')) - 1]} ${part('year')} ${time}`;
}
