import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOutput, withOutput, writeOutput } from '../../../electron/cli/output-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lexpost-output-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('an output file', () => {
  test('has its name only after commit', async () => {
    const path = join(folder, 'x');
    const file = await openOutput(path, { force: false });
    await file.write(Buffer.from('abc'));
    expect(await readdir(folder)).not.toContain('x');
    await file.commit();
    expect(await readdir(folder)).toEqual(['x']);
    expect(await readFile(path, 'utf8')).toBe('abc');
  });

  test('hides half a file where no vault will clear it away, or shows it where one will', async () => {
    const path = join(folder, 'x');
    const noted: string[] = [];
    const note = { begin: (name: string) => void noted.push(name), end: () => void noted.pop() };
    const [open, hidden] = [await openOutput(path, { force: false }), await openOutput(path, { force: false, note })];
    const names = (await readdir(folder)).sort();
    expect(names).toEqual([
      expect.stringMatching(/^\.x\.[0-9a-f]{12}\.part$/),
      expect.stringMatching(/^x\.[0-9a-f]{12}\.part$/),
    ]);
    expect(noted).toEqual([join(folder, names[0] ?? '')]);
    await open.abort();
    await hidden.abort();
    expect([await readdir(folder), noted]).toEqual([[], []]);
  });

  test('leaves nothing when the work fails', async () => {
    const work = withOutput(join(folder, 'x'), { force: false }, async (file) => {
      await file.write(Buffer.from('half'));
      throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    expect(await readdir(folder)).toEqual([]);
  });

  test('does not replace an existing file, also one that appears while it is written', async () => {
    const path = join(folder, 'x');
    const file = await openOutput(path, { force: false });
    await writeFile(path, 'theirs');
    await expect(file.commit()).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    await file.abort();
    await expect(openOutput(path, { force: false })).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(await readFile(path, 'utf8')).toBe('theirs');
    expect(await readdir(folder)).toEqual(['x']);
  });

  test('replaces it with force, but never a folder', async () => {
    await writeFile(join(folder, 'x'), 'old');
    await writeOutput(join(folder, 'x'), 'new', { force: true });
    expect(await readFile(join(folder, 'x'), 'utf8')).toBe('new');
    await mkdir(join(folder, 'd'));
    await expect(writeOutput(join(folder, 'd'), 'new', { force: true })).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  });

  test.skipIf(process.platform === 'win32')('is readable by its owner alone when it holds keys', async () => {
    await writeOutput(join(folder, 'k'), 'key', { force: false, mode: 0o600 });
    expect((await stat(join(folder, 'k'))).mode & 0o777).toBe(0o600);
  });

  test.skipIf(process.platform === 'win32')('may be a device', async () => {
    await writeOutput('/dev/null', 'x', { force: false });
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  test('names the folder that is missing', async () => {
    const path = join(folder, 'no', 'x');
    await expect(writeOutput(path, 'x', { force: false })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      params: { path },
    });
  });
});
