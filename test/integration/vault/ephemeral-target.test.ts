import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAll } from '../../../electron/files/bytes.ts';
import { createEphemeralTarget } from '../../../electron/vault/blobs/ephemeral-target.ts';
import { noise, temporaryFolder } from '../../fixtures/vault-material.ts';

const onPosix = process.platform !== 'win32';

describe('a container for the command', () => {
  test('can be read and leaves no name from the beginning on', async () => {
    const dir = temporaryFolder();
    const target = await createEphemeralTarget(dir);
    await target.write(noise(1_000_000));
    if (onPosix) expect(readdirSync(dir)).toEqual([]);
    const source = await target.finish();
    expect((await readAll(source, 1_000_000)).equals(noise(1_000_000))).toBe(true);
    await source.close();
    await target.abort();
    expect(readdirSync(dir)).toEqual([]);
  });

  test('that is aborted leaves nothing, and refuses what comes later', async () => {
    const dir = temporaryFolder();
    const target = await createEphemeralTarget(dir);
    await target.write(noise(1_000_000));
    await target.abort();
    expect(readdirSync(dir)).toEqual([]);
    await expect(target.write(Buffer.alloc(1))).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  test('needs a folder, and says so', async () => {
    const dir = join(temporaryFolder(), 'missing');
    await expect(createEphemeralTarget(dir)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    mkdirSync(dir);
    await (await createEphemeralTarget(dir)).abort();
  });
});
