import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeRandomFile } from '../fixtures/random-file.ts';
import { hasTool } from '../interop/foreign-tool.ts';
import { encryptionFiles, ensureOffice } from './bench-office.ts';
import { createGpgHome } from './gpg-home.ts';
import { MiB, median, timeProgram } from './measure.ts';
import type { Row, Section } from './table.ts';

interface Contender {
  readonly name: string;
  /** One run: how long, and its peak. */
  run(): Promise<{ readonly milliseconds: number; readonly peak: number | null }>;
}

const CHILD = fileURLToPath(new URL('./package-child.ts', import.meta.url));

export async function runChild(args: readonly string[]): Promise<{ milliseconds: number; peak: number }> {
  const { stdout } = await timeProgram(process.execPath, [CHILD, ...args]);
  return JSON.parse(stdout);
}

/** Every contender once per round, so that what else the machine does falls on all of them. */
async function race(contenders: readonly Contender[], rounds: number, size: number): Promise<Row[]> {
  const times = new Map<string, number[]>();
  const peaks = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of contenders) {
      const { milliseconds, peak } = await run();
      times.set(name, [...(times.get(name) ?? []), milliseconds]);
      peaks.set(name, Math.max(peaks.get(name) ?? 0, peak ?? 0));
    }
  }
  const rate = (milliseconds: number) => size / 1e6 / (milliseconds / 1000);
  const medianOf = (name: string) => rate(median(times.get(name) ?? []));
  const own = medianOf(contenders[0]?.name ?? '');
  return contenders.map(({ name }, index) => {
    const rates = (times.get(name) ?? []).map(rate);
    return {
      run: name,
      value: median(rates),
      unit: 'MB/s',
      least: Math.min(...rates),
      most: Math.max(...rates),
      runs: rounds,
      peak: (peaks.get(name) ?? 0) / MiB,
      ...(index === 0 ? {} : { ratio: `LexPost is at ${(own / medianOf(name)).toFixed(2)}x` }),
    };
  });
}

/** A file system in memory, where there is one: opening needs a file to read back, and the speed of a disk is not what is compared. */
const IN_MEMORY = '/dev/shm';

/**
 * Seals to /dev/null; opens into an encrypted file in memory while the others decrypt to /dev/null, and once more with everybody on disk until the disk has
 * it.
 */
export async function benchBulk(folder: string, size: number, rounds: number): Promise<Section[]> {
  const office = ensureOffice(folder);
  const document = join(folder, 'document');
  writeRandomFile(document, size);
  const memory = existsSync(IN_MEMORY) ? mkdtempSync(join(IN_MEMORY, 'lx-bench-')) : folder;
  const { certificate, key } = encryptionFiles(office);
  const sealed = (name: string) => join(folder, `document.${name}`);
  const tool = (name: string, command: string, args: readonly string[], env = process.env): Contender => ({
    name,
    run: () => timeProgram(command, args, { env }),
  });

  const seals: Contender[] = [
    { name: 'LexPost seal: zip, SHA-256, CAdES, GCM', run: () => runChild(['seal', office, document, '/dev/null']) },
  ];
  const opens: Contender[] = [
    {
      name: `LexPost open and verify, into an encrypted file${memory === folder ? '' : ' in memory'}`,
      run: () => runChild(['open', office, sealed('p7m'), memory]),
    },
  ];
  const toDisk: Contender[] = [
    {
      name: 'LexPost open and verify, into an encrypted file, synced',
      run: () => runChild(['open', office, sealed('p7m'), folder]),
    },
  ];
  await runChild(['seal', office, document, sealed('p7m')]);

  if (hasTool('openssl')) {
    const encrypt = [
      'cms',
      '-encrypt',
      '-binary',
      '-aes-256-gcm',
      '-stream',
      '-outform',
      'DER',
      '-in',
      document,
      '-recip',
      certificate,
    ];
    const decrypt = [
      'cms',
      '-decrypt',
      '-binary',
      '-inform',
      'DER',
      '-inkey',
      key,
      '-in',
      sealed('openssl'),
      '-out',
      '/dev/null',
    ];
    await timeProgram('openssl', [...encrypt, '-out', sealed('openssl')]);
    seals.push(tool('openssl cms -encrypt -aes-256-gcm -stream', 'openssl', [...encrypt, '-out', '/dev/null']));
    opens.push(tool('openssl cms -decrypt', 'openssl', decrypt));
  }
  if (hasTool('age') && hasTool('age-keygen')) {
    const identity = sealed('age-key');
    await timeProgram('age-keygen', ['-o', identity]);
    const recipient = (await timeProgram('age-keygen', ['-y', identity])).stdout.trim();
    await timeProgram('age', ['-r', recipient, '-o', sealed('age'), document]);
    seals.push(tool('age', 'age', ['-r', recipient, '-o', '/dev/null', document]));
    opens.push(tool('age -d', 'age', ['-d', '-i', identity, '-o', '/dev/null', sealed('age')]));
    const script = 'age -d -i "$1" -o "$3" "$2" && sync "$3"';
    toDisk.push(tool('age -d, synced', 'sh', ['-c', script, 'sh', identity, sealed('age'), sealed('age-out')]));
  }
  const gpg = hasTool('gpg') ? await createGpgHome(join(folder, 'gpg')) : null;
  try {
    if (gpg !== null) {
      await timeProgram('gpg', gpg.seal(document, sealed('gpg')), { env: gpg.env });
      seals.push(tool('gpg --sign --encrypt, no compression', 'gpg', gpg.seal(document, '/dev/null'), gpg.env));
      opens.push(tool('gpg --decrypt', 'gpg', gpg.open(sealed('gpg')), gpg.env));
    }
    const megabytes = Math.round(size / 1e6);
    return [
      { title: `seal ${megabytes} MB to /dev/null`, rows: await race(seals, rounds, size) },
      { title: `open ${megabytes} MB`, rows: await race(opens, rounds, size) },
      { title: `open ${megabytes} MB to disk`, rows: await race(toDisk, rounds, size) },
    ];
  } finally {
    if (memory !== folder) rmSync(memory, { recursive: true, force: true });
    await gpg?.close();
  }
}
