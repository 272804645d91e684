import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createFileTokens, listFolder } from '../../../electron/usecases/session/file-tokens.ts';

const dir = mkdtempSync(join(tmpdir(), 'lexpost-tokens-'));
const file = join(dir, '委托书.pdf');
writeFileSync(file, '%PDF-');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('tokens of chosen files', () => {
  test('serve once, for a while, and tell no path', async () => {
    const clock = { now: Date.parse('2026-11-24T06:00:00Z') };
    const tokens = createFileTokens(() => new Date(clock.now));
    const [first, second] = [...(await tokens.register([file])), ...(await tokens.register([file]))];
    expect(JSON.stringify([first, second])).not.toContain(dir);
    expect(tokens.take(first?.token ?? '')).toBe(file);
    expect(() => tokens.take(first?.token ?? '')).toThrow(expect.objectContaining({ code: 'FILE_NOT_CHOSEN' }));
    clock.now += 31 * 60_000;
    expect(() => tokens.take(second?.token ?? '')).toThrow(expect.objectContaining({ code: 'FILE_NOT_CHOSEN' }));
  });

  test('what was chosen for one end, dropped, or proposed by a link serves where another end is asked for', async () => {
    const tokens = createFileTokens(() => new Date());
    const given = [...(await tokens.register([file])), ...(await tokens.register([file], 'documents'))];
    for (const { token } of given) {
      expect(() => tokens.take(token, 'token-module')).toThrow(expect.objectContaining({ code: 'FILE_NOT_CHOSEN' }));
      expect(tokens.take(token)).toBe(file);
    }
    const [chosen] = await tokens.register([file], 'token-module');
    expect(tokens.take(chosen?.token ?? '', 'token-module')).toBe(file);
  });

  test('folders, missing files and devices get none', async () => {
    const tokens = createFileTokens(() => new Date());
    expect(await tokens.register([dir, join(dir, 'missing'), '/dev/null'])).toEqual([]);
  });

  test('a folder lists its own plain files: no hidden ones, no links', async () => {
    writeFileSync(join(dir, '.hidden'), '');
    symlinkSync('/etc/passwd', join(dir, 'link'));
    expect(await listFolder(dir)).toEqual([file]);
  });
});
