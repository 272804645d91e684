import { describe, expect, test } from 'vitest';
import {
  civilDay,
  documentDayParts,
  formatDay,
  formatExact,
  formatLongDay,
  formatMoment,
} from '../../../../renderer/text/format-date.ts';
import { formatBytes } from '../../../../renderer/text/format-number.ts';

const NOW = new Date('2026-11-24T02:20:31Z');

describe('dates are written in Shanghai time', () => {
  test('a day without its year while it is this year', () => {
    expect(formatDay('2026-11-24', 'zh-CN', NOW)).toBe('11-24 周二');
    expect(formatDay('2026-11-24', 'en', NOW)).toBe('Tue 24 Nov');
    expect(formatDay('2027-01-04', 'zh-CN', NOW)).toBe('2027-01-04 周一');
    expect(formatDay('2027-01-04', 'en', NOW)).toBe('Mon 4 Jan 2027');
  });

  test('an instant late in the day in UTC is the next day here', () => {
    expect(civilDay('2026-12-31T16:00:00.000Z')).toBe('2027-01-01');
    expect(formatDay('2026-11-23T18:30:00.000Z', 'zh-CN', NOW)).toBe('11-24 周二');
  });

  test('a moment of today says so', () => {
    expect(formatMoment('2026-11-24T01:02:00.000Z', 'zh-CN', NOW, '今天')).toBe('今天 09:02');
    expect(formatMoment('2026-11-11T05:11:00.000Z', 'en', NOW, 'Today')).toBe('11 Nov 13:11');
    expect(formatMoment('2026-11-23T16:00:00.000Z', 'zh-CN', NOW, '今天')).toBe('今天 00:00');
  });

  test.each([
    ['2026-11-24', '二〇二六 十一 二十四', '2026 November 24'],
    ['2026-10-10', '二〇二六 十 十', '2026 October 10'],
    ['2030-01-30', '二〇三〇 一 三十', '2030 January 30'],
    ['2026-12-01', '二〇二六 十二 一', '2026 December 1'],
  ])('a document of %s is dated %s', (on, zh, en) => {
    const written = (language: 'zh-CN' | 'en', numerals: string): string => {
      const { year, month, day } = documentDayParts(on, language, numerals);
      return `${year} ${month} ${day}`;
    };
    expect(written('zh-CN', '〇一二三四五六七八九十')).toBe(zh);
    expect(written('en', '0123456789')).toBe(en);
  });

  test('the head of the day and the exact instant', () => {
    expect(formatLongDay(NOW, 'zh-CN')).toBe('11 月 24 日 星期二');
    expect(formatLongDay(NOW, 'en')).toBe('Tuesday, 24 November');
    expect(formatExact(NOW)).toBe('2026-11-24 10:20:31');
  });
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [190_000, '190 kB'],
  [4_800_000, '4.8 MB'],
  [1_440_000_000, '1.4 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes).replace('\u00a0', ' ')).toBe(text);
});
