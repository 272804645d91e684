import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeFileAtomic } from '../../../electron/files/atomic-write.ts';
import { requireFreeSpace } from '../../../electron/files/free-space.ts';
import { smallFileSystem } from '../../fixtures/small-file-system.ts';
import { temporaryFolder } from '../../fixtures/vault-material.ts';

describe('an atomic write', () => {
  test('replaces a file and leaves nothing else', async () => {
    const dir = temporaryFolder();
    const path = join(dir, 'x.json');
    writeFileSync(path, 'a much longer old text');
    await writeFileAtomic(path, Buffer.from('new'));
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(dir)).toEqual(['x.json']);
  });

  test.skipIf(process.platform === 'win32')('makes a file that only its owner reads', async () => {
    const path = join(temporaryFolder(), 'x.json');
    await writeFileAtomic(path, Buffer.from('new'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('into a missing folder is FILE_NOT_FOUND', async () => {
    const path = join(temporaryFolder(), 'missing', 'x.json');
    await expect(writeFileAtomic(path, Buffer.from('new'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  test('over a folder fails and leaves no partial file', async () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, 'x.json'));
    await expect(writeFileAtomic(join(dir, 'x.json'), Buffer.from('new'))).rejects.toMatchObject({ name: 'AppError' });
    expect(readdirSync(dir)).toEqual(['x.json']);
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'into a read-only folder is refused',
    async () => {
      const dir = temporaryFolder();
      chmodSync(dir, 0o500);
      await expect(writeFileAtomic(join(dir, 'x'), Buffer.from('new'))).rejects.toMatchObject({
        code: 'FOLDER_NOT_WRITABLE',
      });
    },
  );
});

const disk = smallFileSystem();

describe.skipIf(disk === null)('on a full disk', () => {
  test('the old file stays whole and no partial one is left', async () => {
    const dir = disk?.mount(256 * 1024) ?? '';
    const path = join(dir, 'x.json');
    await writeFileAtomic(path, Buffer.from('old'));
    await expect(writeFileAtomic(path, Buffer.alloc(1024 * 1024))).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(dir)).toEqual(['x.json']);
  });

  test('what would not fit is refused before the first byte', async () => {
    const dir = disk?.mount(32 * 1024 * 1024) ?? '';
    await expect(requireFreeSpace(dir, 1024)).resolves.toBeUndefined();
    await expect(requireFreeSpace(dir, 20 * 1024 * 1024)).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(existsSync(dir)).toBe(true);
  });
});
