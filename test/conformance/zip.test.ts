import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/files/bytes.ts';
import { readForeignZip } from '../../electron/packages/zip/read-foreign-zip.ts';
import { isAppError } from '../../shared/errors.ts';
import { runSuite, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();
const folder = join(root ?? '', 'zip');

/** Files of Go's archive/zip that its own tests refuse. */
const GO_REFUSED = ['comment-truncated.zip', 'readme.notzip'];

interface Case {
  readonly file: string;
  readonly readable: boolean;
}

function casesIn(path: string, readable: (name: string) => boolean): Case[] {
  return readdirSync(join(folder, path))
    .filter((name) => /\.(zip|notzip|base64)$/.test(name))
    .map((name) => ({ file: `${path}/${name}`, readable: readable(name) }));
}

function readCase({ file }: Case): Buffer {
  const bytes = readFileSync(join(folder, file));
  return file.endsWith('.base64') ? Buffer.from(bytes.toString('latin1'), 'base64') : bytes;
}

/** Largest piece that reading an archive to its end gave at once, and every name it has; or the code of its refusal. */
async function readEverything(bytes: Buffer): Promise<{ readonly names: string[]; readonly largest: number } | string> {
  try {
    const entries = await readForeignZip(bufferSource(bytes));
    let largest = 0;
    for (const entry of entries) {
      for await (const chunk of entry.stream()) largest = Math.max(largest, chunk.length);
    }
    return { names: entries.map(({ name }) => name), largest };
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

describe.skipIf(root === null)('ZIP files of yauzl, Go archive/zip and zip-slip (80 files)', () => {
  test('a sound archive is refused, or a broken one is read', async () => {
    const cases = [
      ...casesIn('yauzl/test/failure', () => false),
      ...casesIn('yauzl/test/success', () => true),
      ...casesIn('go-archive-zip', (name) => !GO_REFUSED.includes(name)),
      ...casesIn('zip-slip/archives', () => false),
    ];
    const outcomes = new Map<string, Awaited<ReturnType<typeof readEverything>>>();
    for (const one of cases) outcomes.set(one.file, await readEverything(readCase(one)));
    const result = runSuite(
      'zip',
      cases,
      ({ file }) => file,
      ({ file, readable }) => {
        const outcome = outcomes.get(file);
        if ((typeof outcome === 'object') === readable) return null;
        return typeof outcome === 'string' ? outcome : 'read';
      },
    );
    expect(result.total).toBe(80);
    expect(result.unexpected).toEqual([]);
    expect(result.stale).toEqual([]);
    for (const outcome of outcomes.values()) {
      if (typeof outcome === 'string') expect(outcome).toMatch(/^CONTAINER_/);
      else expectSafe(outcome);
    }
  });
});

/** No name that leaves its folder, and never more of an archive in memory than one piece. */
function expectSafe({ names, largest }: { readonly names: readonly string[]; readonly largest: number }): void {
  const target = resolve('target');
  for (const name of names) expect(resolve(target, name).startsWith(`${target}${sep}`), name).toBe(true);
  expect(largest).toBeLessThanOrEqual(256 * 1024);
}
