import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../build/bundle.ts';
import { writeRandomFile } from '../fixtures/random-file.ts';
import { ensureOffice } from './bench-office.ts';
import { median, timeProgram } from './measure.ts';
import type { Row, Section } from './table.ts';
import { benchWindowMatters } from './window-matters.ts';

const CHILD = fileURLToPath(new URL('./package-child.ts', import.meta.url));

interface Held {
  readonly longest: number;
  readonly percentile99: number;
}

async function measureDelay(args: readonly string[]): Promise<Held> {
  const { stdout } = await timeProgram(process.execPath, [CHILD, ...args, 'delay']);
  return JSON.parse(stdout);
}

function toRow(run: string, values: readonly number[]): Row {
  return {
    run,
    value: median([...values]),
    unit: 'ms',
    least: Math.min(...values),
    most: Math.max(...values),
    runs: values.length,
  };
}

async function repeat<T>(rounds: number, task: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let round = 0; round < rounds; round++) results.push(await task());
  return results;
}

/** How long main cannot answer the window while it seals and opens much, and how soon the window is there. */
export async function benchWindow(folder: string, size: number, rounds: number, matters: number): Promise<Section[]> {
  const office = ensureOffice(folder);
  const document = join(folder, 'document');
  writeRandomFile(document, size);
  const sealed = join(folder, 'document.p7m');
  const seals = await repeat(rounds, () => measureDelay(['seal', office, document, sealed]));
  const opens = await repeat(rounds, () => measureDelay(['open', office, sealed, folder]));

  await bundle({ watch: false });
  const lists = await benchWindowMatters(folder, matters, rounds);
  const megabytes = Math.round(size / 1e6);
  return [
    {
      title: `event loop of main kept waiting, ${megabytes} MB`,
      rows: [
        toRow(
          'seal: longest',
          seals.map(({ longest }) => longest),
        ),
        toRow(
          'seal: 99th percentile',
          seals.map(({ percentile99 }) => percentile99),
        ),
        toRow(
          'open and verify: longest',
          opens.map(({ longest }) => longest),
        ),
        toRow(
          'open and verify: 99th percentile',
          opens.map(({ percentile99 }) => percentile99),
        ),
      ],
    },
    ...lists,
  ];
}
