/** One line of the table: the median and the range of its runs, and how it compares. */
export interface Row {
  readonly run: string;
  readonly value: number;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly runs: number;
  /** Peak resident set, MiB. */
  readonly peak?: number | null;
  /** "1.32x of openssl" and the like. */
  readonly ratio?: string;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

const digits = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);

export function formatTable(sections: readonly Section[]): string {
  const lines = [
    '| run | median | unit | least – most | runs | peak RSS MiB | ratio |',
    '|---|---:|---|---|---:|---:|---|',
    ...sections.flatMap(({ title, rows }) => [`| **${title}** | | | | | | |`, ...rows.map(formatRow)]),
  ];
  return lines.join('\n');
}

function formatRow({ run, value, unit, least, most, runs, peak, ratio }: Row): string {
  const memory = peak === undefined || peak === null ? '' : digits(peak);
  return `| ${run} | ${digits(value)} | ${unit} | ${digits(least)} – ${digits(most)} | ${runs} | ${memory} | ${ratio ?? ''} |`;
}
