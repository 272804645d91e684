import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bufferSource } from '../../electron/files/bytes.ts';
import { memorySink, memoryTarget } from '../fixtures/memory-bytes.ts';
import { hasTool } from '../interop/foreign-tool.ts';
import { type BenchOffice, createOffice, encryptionFiles, saveOffice } from './bench-office.ts';
import { createGpgHome } from './gpg-home.ts';
import { median, timeProgram } from './measure.ts';
import { openOne, sealOne } from './package-work.ts';
import type { Row, Section } from './table.ts';

const SIZE = 20 * 1024;
const document = randomBytes(SIZE);

/** Packages a second in each of `rounds` batches of `count`. */
async function rateOf(run: string, rounds: number, count: number, task: () => Promise<unknown>): Promise<Row> {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    for (let index = 0; index < count; index++) await task();
    rates.push(count / ((performance.now() - started) / 1000));
  }
  return { run, value: median(rates), unit: '/s', least: Math.min(...rates), most: Math.max(...rates), runs: rounds };
}

async function ownRows(label: string, office: BenchOffice, rounds: number, count: number): Promise<Row[]> {
  const now = new Date();
  const sink = memorySink();
  await sealOne(office, bufferSource(document), sink, now);
  const sealed = sink.bytes();
  const seal = () => sealOne(office, bufferSource(document), { write: async () => {} }, now);
  const open = () => openOne(office, bufferSource(sealed), memoryTarget(), now);
  // Compiled before it is measured
  for (let index = 0; index < count / 2; index++) await seal();
  for (let index = 0; index < count / 5; index++) await open();
  return [
    await rateOf(`LexPost seal, ${label}`, rounds, count, seal),
    await rateOf(`LexPost open and verify, ${label}`, rounds, Math.ceil(count / 2), open),
  ];
}

async function foreignRows(folder: string, rounds: number): Promise<Row[]> {
  const path = join(folder, 'small');
  writeFileSync(path, document);
  const rows: Row[] = [];
  const perBatch = 10;
  if (hasTool('openssl')) {
    const { certificate } = encryptionFiles(join(folder, 'small-office'));
    const args = [
      'cms',
      '-encrypt',
      '-binary',
      '-aes-256-gcm',
      '-stream',
      '-outform',
      'DER',
      '-in',
      path,
      '-out',
      '/dev/null',
      '-recip',
      certificate,
    ];
    rows.push(
      await rateOf('openssl cms -encrypt, a process each', rounds, perBatch, () => timeProgram('openssl', args)),
    );
  }
  if (hasTool('age') && hasTool('age-keygen')) {
    const identity = join(folder, 'small-age-key');
    await timeProgram('age-keygen', ['-o', identity]);
    const recipient = (await timeProgram('age-keygen', ['-y', identity])).stdout.trim();
    const args = ['-r', recipient, '-o', '/dev/null', path];
    rows.push(await rateOf('age, a process each', rounds, perBatch, () => timeProgram('age', args)));
  }
  if (hasTool('gpg')) {
    const gpg = await createGpgHome(join(folder, 'small-gpg'));
    try {
      const args = gpg.seal(path, '/dev/null');
      rows.push(
        await rateOf('gpg --sign --encrypt, a process each', rounds, perBatch, () =>
          timeProgram('gpg', args, { env: gpg.env }),
        ),
      );
    } finally {
      await gpg.close();
    }
  }
  return rows;
}

/** Many small packages on one thread. */
export async function benchSmall(folder: string, rounds: number, count: number): Promise<Section> {
  const office = createOffice('p256', new Date());
  const officeFolder = join(folder, 'small-office');
  mkdirSync(officeFolder);
  saveOffice(officeFolder, office);
  const own = await ownRows('P-256', office, rounds, count);
  const rsa = await ownRows('RSA-3072', createOffice('rsa3072', new Date()), rounds, Math.ceil(count / 4));
  const foreign = await foreignRows(folder, rounds);
  const best = own[0]?.value ?? Number.NaN;
  const compared = foreign.map((row) => ({ ...row, ratio: `LexPost is at ${(best / row.value).toFixed(1)}x` }));
  return { title: `packages of ${SIZE / 1024} KiB, one thread`, rows: [...own, ...rsa, ...compared] };
}
