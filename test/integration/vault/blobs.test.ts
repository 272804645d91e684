import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAll, readRange } from '../../../electron/files/bytes.ts';
import type { BlobId } from '../../../electron/vault/blobs/blob-id.ts';
import { openBlob } from '../../../electron/vault/blobs/blob-store.ts';
import { CHUNK, TAG } from '../../../electron/vault/blobs/chunk-cipher.ts';
import { createBlob } from '../../../electron/vault/blobs/create-blob.ts';
import { deleteBlob } from '../../../electron/vault/blobs/delete-blob.ts';
import { sweepBlobs } from '../../../electron/vault/blobs/sweep-blobs.ts';
import { setMessageBlob } from '../../../electron/vault/repositories/messages.ts';
import type { Vault } from '../../../electron/vault/vault.ts';
import { makeAct } from '../../fixtures/exchange-messages.ts';
import { smallFileSystem } from '../../fixtures/small-file-system.ts';
import {
  FIRM,
  makeVault,
  noise,
  PROCURATORATE,
  reopen,
  storeBlob,
  storeOpening,
} from '../../fixtures/vault-material.ts';

const SIZES = [0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7, 6 * CHUNK];

const pathOf = (vault: Vault, id: BlobId): string => join(vault.paths.blobs, id);

async function contentOf(vault: Vault, id: BlobId): Promise<Buffer> {
  const source = await openBlob(vault, id);
  try {
    return await readAll(source, 100 * 1024 * 1024);
  } finally {
    await source.close();
  }
}

function changeByte(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

describe('a blob', () => {
  test.each(SIZES)('of %d bytes comes back, whole and in parts', async (size) => {
    const { vault, dir } = await makeVault();
    const content = noise(size);
    const id = await storeBlob(vault, content);
    await vault.close();
    const again = await reopen(dir);
    const source = await openBlob(again, id);
    expect(source.size).toBe(size);
    expect((await readAll(source, size)).equals(content)).toBe(true);
    for (const [position, length] of [
      [0, 1],
      [size - 1, 5],
      [CHUNK - 3, 7],
      [size, 4],
      [CHUNK, CHUNK + 1],
      [size + 9, 1],
    ] as const) {
      const from = Math.max(0, position);
      const part = await readRange(source, from, length);
      expect(part.equals(content.subarray(from, from + length))).toBe(true);
    }
    await source.close();
  });

  test.each([1, 100, 65_536, CHUNK, CHUNK + 1, 1024 * 1024])(
    'is the same file whatever the pieces: %d bytes',
    async (piece) => {
      const { vault } = await makeVault();
      const content = noise(3 * CHUNK + 1000).subarray(0, piece === 1 ? 3000 : undefined);
      const id = await storeBlob(vault, content);
      const writer = await createBlob(vault);
      const reused = Buffer.alloc(piece);
      for (let at = 0; at < content.length; at += piece) {
        const part = reused.subarray(0, content.copy(reused, 0, at, at + piece));
        await writer.write(part);
        part.fill(0);
      }
      const source = await writer.finish();
      expect((await readAll(source, content.length)).equals(content)).toBe(true);
      await source.close();
      expect(vault.write((db) => writer.commit(db))).toBe(id);
      expect(readdirSync(vault.paths.blobs)).toEqual([id]);
    },
  );

  test('can be read by many at once, at random', async () => {
    const { vault } = await makeVault();
    const content = noise(5 * CHUNK);
    const source = await openBlob(vault, await storeBlob(vault, content));
    const reads = Array.from({ length: 200 }, async (_, index) => {
      const position = (index * 7_919) % content.length;
      const got = await readRange(source, position, (index * 1_543) % (2 * CHUNK));
      return got.equals(content.subarray(position, position + got.length));
    });
    expect((await Promise.all(reads)).every(Boolean)).toBe(true);
    await source.close();
  });

  test('is stored once, and its name tells nothing that a digest would', async () => {
    const { vault } = await makeVault();
    const first = await storeBlob(vault, noise(1000));
    const before = readFileSync(pathOf(vault, first));
    expect(await storeBlob(vault, noise(1000))).toBe(first);
    expect(readFileSync(pathOf(vault, first))).toEqual(before);
    expect(readdirSync(vault.paths.blobs)).toHaveLength(1);
    const { vault: other } = await makeVault();
    expect(await storeBlob(other, noise(1000))).not.toBe(first);
  });
});

describe('a blob file that was changed', () => {
  const size = 3 * CHUNK + 5000;
  const places = [
    ['the magic', 3],
    ['the first chunk', 100],
    ['a tag', 8 + CHUNK + 3],
    ['a middle chunk', 8 + CHUNK + TAG + 50],
    ['the last chunk', 8 + 3 * (CHUNK + TAG) + 100],
    ['the last tag', 8 + size + 4 * TAG - 1],
  ] as const;

  test.each(places)('in %s is BLOB_TAMPERED', async (_, at) => {
    const { vault } = await makeVault();
    const id = await storeBlob(vault, noise(size));
    changeByte(pathOf(vault, id), at);
    await expect(contentOf(vault, id)).rejects.toMatchObject({ code: 'BLOB_TAMPERED' });
  });

  test('gives out its other chunks and nothing of the changed one', async () => {
    const { vault } = await makeVault();
    const content = noise(size);
    const id = await storeBlob(vault, content);
    changeByte(pathOf(vault, id), 8 + CHUNK + TAG + 50);
    const source = await openBlob(vault, id);
    expect(await readRange(source, 0, 10)).toEqual(content.subarray(0, 10));
    expect(await readRange(source, 2 * CHUNK, 10)).toEqual(content.subarray(2 * CHUNK, 2 * CHUNK + 10));
    const target = Buffer.alloc(10);
    await expect(source.read(target, CHUNK)).rejects.toMatchObject({ code: 'BLOB_TAMPERED', params: { chunk: 1 } });
    expect(target).toEqual(Buffer.alloc(10));
    await source.close();
  });

  const resize: readonly (readonly [string, (path: string) => void])[] = [
    ['cut at a chunk', (path) => truncateSync(path, 8 + 3 * (CHUNK + TAG))],
    ['cut by a byte', (path) => truncateSync(path, readFileSync(path).length - 1)],
    ['emptied', (path) => truncateSync(path)],
    [
      'extended by a chunk',
      (path) => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(CHUNK + TAG)])),
    ],
  ];

  test.each(resize)('%s is BLOB_TAMPERED before anything is read', async (_, change) => {
    const { vault } = await makeVault();
    const id = await storeBlob(vault, noise(size));
    change(pathOf(vault, id));
    await expect(openBlob(vault, id)).rejects.toMatchObject({ code: 'BLOB_TAMPERED' });
  });

  test('by exchanging two chunks is BLOB_TAMPERED', async () => {
    const { vault } = await makeVault();
    const id = await storeBlob(vault, noise(size));
    const bytes = readFileSync(pathOf(vault, id));
    const [first, second] = [0, 1].map((index) =>
      Buffer.from(bytes.subarray(8 + index * (CHUNK + TAG), 8 + (index + 1) * (CHUNK + TAG))),
    );
    second?.copy(bytes, 8);
    first?.copy(bytes, 8 + CHUNK + TAG);
    writeFileSync(pathOf(vault, id), bytes);
    await expect(contentOf(vault, id)).rejects.toMatchObject({ code: 'BLOB_TAMPERED', params: { chunk: 0 } });
  });

  test('for another blob of the same size is BLOB_TAMPERED', async () => {
    const { vault } = await makeVault();
    const id = await storeBlob(vault, noise(size));
    const other = await storeBlob(vault, noise(size, 'other'));
    copyFileSync(pathOf(vault, other), pathOf(vault, id));
    await expect(contentOf(vault, id)).rejects.toMatchObject({ code: 'BLOB_TAMPERED' });
  });

  test('or lost is healed when the same content comes again', async () => {
    const { vault } = await makeVault();
    const id = await storeBlob(vault, noise(size));
    const original = readFileSync(pathOf(vault, id));
    changeByte(pathOf(vault, id), 8 + CHUNK + TAG + 50);
    await storeBlob(vault, noise(size));
    expect(readFileSync(pathOf(vault, id)).equals(original)).toBe(true);
    rmSync(pathOf(vault, id));
    await expect(openBlob(vault, id)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
    await storeBlob(vault, noise(size));
    expect((await contentOf(vault, id)).equals(noise(size))).toBe(true);
    expect(readdirSync(vault.paths.blobs)).toEqual([id]);
  });
});

describe('writing a blob', () => {
  test('leaves nothing when it is aborted, before or after finish', async () => {
    const { vault } = await makeVault();
    const before = await createBlob(vault);
    await before.write(noise(1_000_000));
    await before.abort();
    const after = await createBlob(vault);
    await after.write(noise(1_000_000));
    await (await after.finish()).close();
    await after.abort();
    await after.abort();
    expect(readdirSync(vault.paths.blobs)).toEqual([]);
  });

  test('leaves the writer as it was when the transaction is rolled back', async () => {
    const { vault } = await makeVault();
    const writer = await createBlob(vault);
    await writer.write(noise(1000));
    await (await writer.finish()).close();
    expect(() =>
      vault.write((db) => {
        writer.commit(db);
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
    const id = vault.write((db) => writer.commit(db));
    await writer.abort();
    expect(await contentOf(vault, id)).toEqual(noise(1000));
  });

  test('by two at once of one content keeps it for whoever commits', async () => {
    const { vault } = await makeVault();
    const writers = await Promise.all([createBlob(vault), createBlob(vault), createBlob(vault)]);
    await Promise.all(writers.map((writer) => writer.write(noise(100_000))));
    for (const source of await Promise.all(writers.map((writer) => writer.finish()))) await source.close();
    await writers[0].abort();
    const id = vault.write((db) => writers[1].commit(db));
    await writers[2].abort();
    expect((await contentOf(vault, id)).equals(noise(100_000))).toBe(true);
    expect(readdirSync(vault.paths.blobs)).toEqual([id]);
  });

  test('cannot be committed before it is finished, nor written after', async () => {
    const { vault } = await makeVault();
    const writer = await createBlob(vault);
    expect(() => vault.write((db) => writer.commit(db))).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    await (await writer.finish()).close();
    await expect(writer.write(Buffer.alloc(1))).rejects.toMatchObject({ code: 'INTERNAL' });
    await writer.abort();
  });
});

describe('deleting a blob', () => {
  test('waits for the commit', async () => {
    const { vault } = await makeVault();
    const id = await storeBlob(vault, noise(1000));
    expect(() =>
      vault.write((db) => {
        deleteBlob(vault, db, id);
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
    expect(await contentOf(vault, id)).toEqual(noise(1000));
    vault.write((db) => deleteBlob(vault, db, id));
    expect(existsSync(pathOf(vault, id))).toBe(false);
    await expect(openBlob(vault, id)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  });

  test('is refused while a message refers to it', async () => {
    const { vault } = await makeVault();
    const id = await storeBlob(vault, noise(1000));
    const { m, message } = makeAct({ from: FIRM.id, to: [PROCURATORATE.id] });
    storeOpening(vault, m, message, id);
    expect(() => vault.write((db) => deleteBlob(vault, db, id))).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    expect(await contentOf(vault, id)).toEqual(noise(1000));
    vault.write((db) => {
      setMessageBlob(db, m, null);
      deleteBlob(vault, db, id);
    });
    expect(readdirSync(vault.paths.blobs)).toEqual([]);
  });
});

describe('sweeping', () => {
  test('removes what no row names, and no file that is not ours', async () => {
    const { vault, dir } = await makeVault();
    const id = await storeBlob(vault, noise(1000));
    const unfinished = await createBlob(vault);
    await unfinished.write(noise(1_000_000));
    const uncommitted = await createBlob(vault);
    await uncommitted.write(noise(2000));
    await (await uncommitted.finish()).close();
    writeFileSync(join(vault.paths.blobs, 'Thumbs.db'), 'x');
    expect((await sweepBlobs(vault)).removed).toBe(1);
    await vault.close();
    const again = await reopen(dir);
    expect(again.swept).toEqual({ removed: 1, missing: [] });
    expect(readdirSync(again.paths.blobs).sort()).toEqual([id, 'Thumbs.db'].sort());
    await unfinished.abort();
  });

  test('names the blobs whose file is gone', async () => {
    const { vault } = await makeVault();
    const id = await storeBlob(vault, noise(1000));
    rmSync(pathOf(vault, id));
    expect(await sweepBlobs(vault)).toEqual({ removed: 0, missing: [id] });
  });
});

const disk = smallFileSystem();

describe.skipIf(disk === null)('on a full disk', () => {
  test('writing stops with DISK_FULL, leaves nothing behind, and the vault goes on', async () => {
    const { vault } = await makeVault(disk?.mount(24 * 1024 * 1024));
    const writer = await createBlob(vault);
    const fill = async (): Promise<void> => {
      for (let index = 0; index < 64; index++) await writer.write(noise(1024 * 1024));
      await writer.finish();
    };
    await expect(fill()).rejects.toMatchObject({ code: 'DISK_FULL' });
    await writer.abort();
    expect(readdirSync(vault.paths.blobs)).toEqual([]);
    const id = await storeBlob(vault, noise(1000));
    expect(await contentOf(vault, id)).toEqual(noise(1000));
  });

  test('what is known not to fit is refused before its first byte', async () => {
    const { vault } = await makeVault(disk?.mount(24 * 1024 * 1024));
    await expect(createBlob(vault, 1024 * 1024 * 1024)).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(readdirSync(vault.paths.blobs)).toEqual([]);
  });
});
