import { describe, expect, test } from 'vitest';
import { formatFingerprint, formatInstant } from '../../../electron/cli/format.ts';
import { formatSize } from '../../../shared/text/format-size.ts';
import { visible } from '../../../shared/text/visible.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [1_250_000_000, '1.3 GB'],
  [5e15, '5000 TB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});

test('a moment is in UTC with its year, in the order of each language', () => {
  const at = '2026-11-04T23:05:59.000Z';
  expect(formatInstant(at, 'zh-CN')).toBe('2026-11-04 23:05 UTC');
  expect(formatInstant(new Date(at), 'en')).toBe('4 Nov 2026 23:05 UTC');
});

test('a fingerprint is in groups of four capitals', () => {
  expect(formatFingerprint('0a1b2c3d4e')).toBe('0A1B 2C3D 4E');
});

describe('visible', () => {
  test.each(['\u001b[2J', '\u0007', '\u009b31m', '\u202e', '\u2066', '\u2028', '\ufeff'])('escapes %j', (text) => {
    expect(visible(text)).toMatch(/^\\u[0-9a-f]{4}/);
  });

  test('leaves what people write as it is', () => {
    expect(visible('阅卷申请 〔2026〕第 417 号.pdf')).toBe('阅卷申请 〔2026〕第 417 号.pdf');
  });
});
