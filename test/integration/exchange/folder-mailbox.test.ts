import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFolderMailbox } from '../../../electron/exchange/folder-mailbox.ts';
import { MAILBOX_LIFE } from '../../../electron/exchange/mailbox-life.ts';
import { randomMailboxName } from '../../../electron/exchange/mailbox-name.ts';
import { bufferSource, readAll } from '../../../electron/files/bytes.ts';

const address = randomMailboxName();
const name = randomMailboxName();
const [me, other] = [randomMailboxName(), randomMailboxName()];
let root: string;
const box = () => openFolderMailbox(root);
const put = (text = 'sealed', as: string = name) => box().put(address, as, bufferSource(Buffer.from(text)));
const files = () => readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lexpost-mailbox-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('folder mailbox', () => {
  test('what was put is listed, read by range and gone after removal', async () => {
    await put('abcdef');
    expect(await box().list(address)).toMatchObject([{ name, size: 6, holder: null }]);
    const source = await box().open(address, name);
    const part = Buffer.alloc(3);
    expect([await source?.read(part, 2), part.toString()]).toEqual([3, 'cde']);
    await source?.close();
    await box().remove(address, name);
    await box().remove(address, name);
    expect([await box().list(address), await box().open(address, name), files()]).toEqual([[], null, []]);
  });

  test('putting the same name again leaves one file, even while it is claimed', async () => {
    await put();
    await put();
    expect(files()).toHaveLength(1);
    await box().claim(address, name, me);
    await put();
    expect(await box().list(address)).toHaveLength(1);
  });

  test('a put that died half-way is finished by the next one and never listed before', async () => {
    mkdirSync(join(root, address, 'tmp'), { recursive: true });
    writeFileSync(join(root, address, 'tmp', name), 'sea');
    expect(await box().list(address)).toEqual([]);
    await put();
    const source = await box().open(address, name);
    expect(source === null ? '' : String(await readAll(source, 100))).toBe('sealed');
    await source?.close();
    expect(files()).toHaveLength(1);
  });

  test('pieces of old puts are swept by the owner, fresh ones are not', async () => {
    mkdirSync(join(root, address, 'tmp'), { recursive: true });
    for (const file of [name, other]) writeFileSync(join(root, address, 'tmp', file), 'x');
    const old = new Date(Date.now() - MAILBOX_LIFE.partial - 60_000);
    utimesSync(join(root, address, 'tmp', name), old, old);
    await box().sweep(address);
    expect(readdirSync(join(root, address, 'tmp'))).toEqual([other]);
  });

  test('a claim keeps others off until it is released or old', async () => {
    await put();
    expect(await box().claim(address, name, me)).toBe(true);
    expect(await box().claim(address, name, me)).toBe(true);
    expect(await box().claim(address, name, other)).toBe(false);
    expect(await box().list(address)).toMatchObject([{ holder: me }]);
    await box().release(address, name, me);
    expect(await box().claim(address, name, other)).toBe(true);
    expect(await openFolderMailbox(root, { ...MAILBOX_LIFE, claim: 0 }).claim(address, name, me)).toBe(true);
    expect(await box().claim(address, randomMailboxName(), me)).toBe(false);
  });

  test('names that a sync tool made are ignored', async () => {
    await put();
    const folder = join(root, address, 'new');
    for (const file of [`${name} (conflicted copy)`, `.${name}.swp`, `${name}.part`, 'desktop.ini'])
      writeFileSync(join(folder, file), 'x');
    mkdirSync(join(folder, other));
    expect((await box().list(address)).map((entry) => entry.name)).toEqual([name]);
  });

  test('a missing root is a route that is down, not an empty mailbox', async () => {
    rmSync(root, { recursive: true });
    await expect(box().list(address)).rejects.toThrow('ROUTE_UNAVAILABLE');
    await expect(put()).rejects.toThrow('ROUTE_UNAVAILABLE');
  });

  test.skipIf(process.getuid?.() === 0)(
    'a read-only folder is a route that lets nobody write, and nothing is left behind',
    async () => {
      chmodSync(root, 0o500);
      await expect(put()).rejects.toThrow('ROUTE_READ_ONLY');
      expect(files()).toEqual([]);
      chmodSync(root, 0o700);
    },
  );

  test('a root that is no folder is a route that is down', async () => {
    rmSync(root, { recursive: true });
    writeFileSync(root, 'x');
    await expect(put()).rejects.toThrow('ROUTE_UNAVAILABLE');
    await expect(box().claim(address, name, me)).rejects.toThrow('ROUTE_UNAVAILABLE');
  });

  test('everything has the root’s own permissions, so that a counterpart under another account can take its files away', async () => {
    chmodSync(root, 0o770);
    const before = process.umask(0o077);
    await put();
    process.umask(before);
    expect(statSync(join(root, address, 'new')).mode & 0o777).toBe(0o770);
    expect(statSync(join(root, address, 'new', name)).mode & 0o777).toBe(0o660);
  });

  test('a cancelled put leaves nothing to be found', async () => {
    const stop = AbortSignal.abort();
    await expect(box().put(address, name, bufferSource(Buffer.from('x')), stop)).rejects.toThrow('CANCELLED');
    expect(await box().list(address)).toEqual([]);
  });

  test('a name that is not random base32 never becomes a path', async () => {
    await expect(put('x', '../../etc')).rejects.toThrow('INTERNAL');
  });
});
