import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFolderStore } from '../../../electron/exchange/transports/folder-store.ts';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { randomTransportName, resumeTransportFile } from '../../../electron/vault/transport/transport-files.ts';
import { vaultPaths } from '../../../electron/vault/vault-paths.ts';

const MIB = 1024 * 1024;
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'lexpost-resume-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a download that is begun again and brings nothing does not fall back further each time', async () => {
  const paths = vaultPaths(dir);
  mkdirSync(paths.incoming, { recursive: true });
  const [name, bytes] = [randomTransportName(), randomBytes(21 * MIB)];
  const first = await resumeTransportFile({ paths }, name, bytes.length);
  await first.write(bytes.subarray(0, 20 * MIB));
  await first.pause();
  for (let tries = 0; tries < 4; tries++) {
    const next = await resumeTransportFile({ paths }, name, bytes.length);
    expect(next.offset).toBe(16 * MIB);
    await next.pause();
  }
  const last = await resumeTransportFile({ paths }, name, bytes.length);
  await last.write(bytes.subarray(last.offset));
  const { size } = await last.finish();
  expect(size).toBe(bytes.length);
  expect(readFileSync(join(paths.incoming, name)).equals(bytes)).toBe(true);
});

test('what an earlier try left behind the end of the package is cut off', async () => {
  const paths = vaultPaths(dir);
  const [name, bytes] = [randomTransportName(), randomBytes(21 * MIB)];
  const longer = await resumeTransportFile({ paths }, name, 0);
  await longer.write(bytes);
  await longer.pause();
  const shorter = await resumeTransportFile({ paths }, name, 0);
  await shorter.write(bytes.subarray(16 * MIB, 17 * MIB));
  await shorter.finish();
  expect(readFileSync(join(paths.incoming, name)).equals(bytes.subarray(0, 17 * MIB))).toBe(true);
});

test('nor does an upload into a folder', async () => {
  const store = openFolderStore(dir);
  const bytes = randomBytes(40 * MIB);
  let asked: number[] = [];
  const source = (fails: number) => ({
    ...bufferSource(bytes),
    read: async (target: Buffer, position: number) => {
      asked.push(position);
      if (position >= fails) throw new Error('gone');
      return bytes.copy(target, 0, position, position + target.length);
    },
  });
  await expect(store.upload('package', source(36 * MIB))).rejects.toThrow();
  for (let tries = 0; tries < 3; tries++) {
    asked = [];
    await expect(store.upload('package', source(0))).rejects.toThrow();
    expect(asked).toEqual([32 * MIB]);
  }
  await store.upload('package', source(Number.POSITIVE_INFINITY));
  expect(readFileSync(join(dir, 'package')).equals(bytes)).toBe(true);
});
