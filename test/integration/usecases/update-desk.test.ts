import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createUpdateDesk, type UpdateDesk } from '../../../electron/usecases/updates/update-desk.ts';
import { updateFromFeed, updateFromFile } from '../../../electron/usecases/updates/update-source.ts';
import {
  INSTALLED,
  INSTALLER,
  NOW,
  newReleaseKey,
  pin,
  releaseOf,
  signRelease,
} from '../../fixtures/release-material.ts';

/** An update on a stick: the signed description, and the installer beside it. */

const root = mkdtempSync(join(tmpdir(), 'lexpost-update-'));
const key = newReleaseKey();
const name = releaseOf().installers[0]?.name ?? '';
let stick: string;
let folder: string;
let clock: Date;
let desk: UpdateDesk;
let turn = 0;

beforeEach(() => {
  turn += 1;
  stick = join(root, `stick-${turn}`);
  folder = join(root, `app-${turn}`);
  mkdirSync(stick);
  writeFileSync(join(stick, name), INSTALLER);
  clock = NOW;
  desk = open();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const open = () => createUpdateDesk({ folder, pinned: pin(key), installed: INSTALLED, now: () => clock });
const publish = (change: Parameters<typeof releaseOf>[0] = {}): string => {
  const path = join(stick, 'stable.lexpost-update');
  writeFileSync(path, signRelease(releaseOf(change), key));
  return path;
};
const take = (change: Parameters<typeof releaseOf>[0] = {}) => desk.take(updateFromFile(publish(change)));

test('a good update lies ready in the folder of the app, and is read again before it is opened', async () => {
  const seen: number[] = [];
  await desk.take(updateFromFile(publish()), { progress: (done) => seen.push(done) });
  expect(seen.at(-1)).toBe(INSTALLER.length);
  expect(desk.state().ready?.release.version).toBe('0.2.0');
  const path = await desk.checkReady();
  expect(path.startsWith(folder)).toBe(true);
  expect(readFileSync(path)).toEqual(INSTALLER);
  // What happens on the stick afterwards is nobody's concern
  writeFileSync(join(stick, name), 'evil');
  expect(await desk.checkReady()).toBe(path);
});

test.each([
  ['cut off', INSTALLER.subarray(0, -1)],
  ['longer', Buffer.concat([INSTALLER, Buffer.from('x')])],
  ['changed in one byte', Buffer.from(INSTALLER.map((byte, at) => (at === 1000 ? byte ^ 1 : byte)))],
])('an installer that is %s is not laid ready', async (_what, bytes) => {
  const path = publish();
  writeFileSync(join(stick, name), bytes);
  await expect(desk.take(updateFromFile(path))).rejects.toMatchObject({ code: 'UPDATE_INSTALLER_CHANGED' });
  expect(desk.state().ready).toBeNull();
  expect(readdirSync(join(folder, 'installer'))).toEqual([]);
  await expect(desk.checkReady()).rejects.toMatchObject({ code: 'UPDATE_NOT_READY' });
});

test('a release without its installer says which file is missing', async () => {
  rmSync(join(stick, name));
  await expect(take()).rejects.toMatchObject({ code: 'UPDATE_INSTALLER_MISSING', params: { name } });
});

test('an installer that was changed while it lay ready is not opened', async () => {
  await take();
  writeFileSync(await desk.checkReady(), Buffer.from(INSTALLER).fill(0, 0, 8));
  await expect(desk.checkReady()).rejects.toMatchObject({ code: 'UPDATE_INSTALLER_CHANGED' });
});

test('a release that expired while it lay ready is not opened', async () => {
  await take();
  clock = new Date(releaseOf().expiresAt);
  await expect(desk.checkReady()).rejects.toMatchObject({ code: 'UPDATE_EXPIRED' });
});

test('what was seen is not gone back behind, by a start in between either', async () => {
  await take({ release: 9, version: '0.4.0' });
  desk = open();
  expect(desk.state().ready).toBeNull();
  await expect(take({ release: 8, version: '0.3.0' })).rejects.toMatchObject({ code: 'UPDATE_OLDER' });
  await take({ release: 9, version: '0.4.0' });
  expect(desk.state().ready?.release.release).toBe(9);
});

test('a refused release leaves what lay ready', async () => {
  await take();
  await expect(take({ channel: 'beta', release: 8 })).rejects.toMatchObject({ code: 'UPDATE_CHANNEL' });
  expect(existsSync(await desk.checkReady())).toBe(true);
});

test('from an address: the same judgement, of two files of one folder', async () => {
  const asked: string[] = [];
  const signed = signRelease(releaseOf(), key);
  const feed = (installer: Buffer) =>
    updateFromFeed(
      async ({ kind, url, sink }) => {
        asked.push(`${kind} ${url}`);
        if (sink === undefined) return signed;
        await sink.write(installer);
        return Buffer.alloc(0);
      },
      'https://releases.example/lexpost/',
      'stable',
    );
  await desk.take(feed(INSTALLER));
  expect(readFileSync(await desk.checkReady())).toEqual(INSTALLER);
  expect(asked).toEqual([
    'release https://releases.example/lexpost/stable.lexpost-update',
    `installer https://releases.example/lexpost/${name}`,
  ]);
  await expect(desk.take(feed(INSTALLER.subarray(1)))).rejects.toMatchObject({ code: 'UPDATE_INSTALLER_CHANGED' });
  expect(desk.state().ready).toBeNull();
});

test('a copy that is cancelled leaves nothing', async () => {
  const signal = AbortSignal.abort();
  await expect(desk.take(updateFromFile(publish()), { signal })).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(readdirSync(join(folder, 'installer'))).toEqual([]);
});
