/** What a spreadsheet would take for a formula, or for the end of a cell: CWE-1236. Tabs and returns before it are skipped by some programs. */
const FORMULA = /^[\s\u0000]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;
const QUOTED = /[",\r\n]/u;

/**
 * One line of CSV (RFC 4180), with its line end. A cell that a spreadsheet could run as a formula gets an apostrophe in front: its text comes from counterparts.
 * Plain numbers stay numbers.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Tells Excel that the file is UTF-8. */
export const CSV_BOM = '\ufeff';
