import { describe, expect, test } from 'vitest';
import { csvLine } from '../../../electron/usecases/csv.ts';

describe('a line of CSV', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =cmd|x', '＝1+1', '＋1', '－1', '＠x'])(
    '%j is text for a spreadsheet, no formula',
    (text) => {
      expect(csvLine([text])).toMatch(/^"?'/);
    },
  );

  test('cells with quotes, commas and line breaks are quoted', () => {
    expect(csvLine(['a"b', 'c,d', 'e\nf', '律师', 7, null])).toBe('"a""b","c,d","e\nf",律师,7,\r\n');
  });
});
