import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureOffice } from './bench-office.ts';
import { runChild } from './bulk.ts';
import { MiB, median } from './measure.ts';
import type { Row, Section } from './table.ts';

/** Peak resident set of a process that seals, and of one that opens, by size of the document. */
export async function benchMemory(folder: string, sizes: readonly number[], rounds: number): Promise<Section> {
  const office = ensureOffice(folder);
  const document = join(folder, 'sparse');
  const sealed = join(folder, 'sparse.p7m');
  writeFileSync(document, '');
  const rows: Row[] = [];
  for (const size of sizes) {
    truncateSync(document, size);
    const peaks: Record<'seal' | 'open', number[]> = { seal: [], open: [] };
    for (let round = 0; round < rounds; round++) {
      peaks.seal.push((await runChild(['seal', office, document, sealed])).peak / MiB);
      peaks.open.push((await runChild(['open', office, sealed, folder])).peak / MiB);
    }
    for (const verb of ['seal', 'open'] as const) {
      const values = peaks[verb];
      rows.push({
        run: `${verb} ${size >= 1e9 ? `${size / 1e9} GB` : `${size / 1e6} MB`}`,
        value: median(values),
        unit: 'MiB',
        least: Math.min(...values),
        most: Math.max(...values),
        runs: rounds,
      });
    }
  }
  return { title: 'peak RSS of the whole process, Node included', rows };
}
