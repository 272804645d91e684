import { describe, expect, test } from 'vitest';
import {
  civilDay,
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

  test('the head of the day and the exact instant', () => {
    expect(formatLongDay(NOW, 'zh-CN')).toBe('11 月 24 日 星期二');
    expect(formatLongDay(NOW, 'en')).toBe('Tuesday, 24 November');
    expect(formatExact(NOW)).toBe('2026-11-24 10:20:31');
  });
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KB'],
  [190_000, '186 KB'],
  [4_800_000, '4.6 MB'],
  [1_440_000_000, '1.34 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes).replace('\u00a0', ' ')).toBe(text);
});
