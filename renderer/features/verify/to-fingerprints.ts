/** Fingerprints one a line, blanks and groups as people write them. `wrong`: the first line, from 1, that is none. */
export function toFingerprints(text: string): { readonly found: readonly string[]; readonly wrong: number | null } {
  const lines = text.split('\n').map((line) => line.replaceAll(/[\s:-]/g, '').toLowerCase());
  const wrong = lines.findIndex((line) => line !== '' && !/^[0-9a-f]{64}$/.test(line));
  return { found: lines.filter((line) => line !== ''), wrong: wrong < 0 ? null : wrong + 1 };
}
