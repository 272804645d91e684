import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeskDoor, openDeskDoor, secretOf } from '../../fixtures/desk-door.ts';
import { OFFICES } from '../../fixtures/exchange-lab.ts';
import { INSTALLER, NOW, newReleaseKey, pin, releaseOf, signRelease } from '../../fixtures/release-material.ts';

/** Updates through the door: by a file that a person chose, and from an address that the office named. */

const dir = mkdtempSync(join(tmpdir(), 'lexpost-updates-'));
const key = newReleaseKey();
const name = releaseOf().installers[0]?.name ?? '';
const stick = join(dir, 'stick');
let door: DeskDoor;

beforeAll(async () => {
  mkdirSync(stick);
  writeFileSync(join(stick, name), INSTALLER);
  writeFileSync(join(stick, 'stable.lexpost-update'), signRelease(releaseOf(), key));
  door = openDeskDoor({ dir: join(dir, 'office'), now: () => NOW, pinned: pin(key) });
  await door.ask('vault:create', { passphrase: secretOf('天鹅湖 correct horse 七月'), office: OFFICES.firm });
});
afterAll(async () => {
  await door.close();
  rmSync(dir, { recursive: true, force: true });
});

async function read(path: string) {
  door.answers.files = [path];
  const [file] = (await door.ask('file:choose', { purpose: 'update', several: false })).files;
  const { job } = await door.ask('update:read-file', { file: file?.token ?? '' });
  return door.end(job);
}

test('nothing is asked of anybody before an address is named, and no other than https', async () => {
  expect(await door.ask('update:state', {})).toEqual({ takes: true, channel: 'stable', address: null, ready: null });
  expect(await door.refusal('update:check', {})).toBe('USAGE');
  expect(await door.refusal('update:open', {})).toBe('UPDATE_NOT_READY');
  for (const address of [
    'http://a.example/',
    'https://a.example/x',
    'https://u:p@a.example/',
    'file:///tmp/',
    'https://a.example/?x=/',
  ]) {
    expect(await door.refusal('update:set-address', { address }), address).toBe('REQUEST_MALFORMED');
  }
});

test('a file that was tampered with is refused in words, and nothing is ready', async () => {
  const path = join(stick, 'bad.lexpost-update');
  writeFileSync(path, readFileSync(join(stick, 'stable.lexpost-update'), 'utf8').replace('"sig": "', '"sig": "AAAA'));
  expect(await read(path)).toMatchObject({ state: 'failed', failure: { code: 'UPDATE_TAMPERED' } });
  expect((await door.ask('update:state', {})).ready).toBeNull();
});

test('a good file is ready, and opened only where main was told so', async () => {
  expect(await read(join(stick, 'stable.lexpost-update'))).toMatchObject({ state: 'done', kind: 'update' });
  const { ready } = await door.ask('update:state', {});
  expect(ready).toMatchObject({ version: '0.2.0', release: 7, name, size: INSTALLER.length });
  door.answers.sign = false;
  expect(await door.ask('update:open', {})).toEqual({ opened: false });
  expect(door.opened).toEqual([]);
  door.answers.sign = true;
  expect(await door.ask('update:open', {})).toEqual({ opened: true });
  expect(readFileSync(door.opened[0] ?? '')).toEqual(INSTALLER);
});

test('an address is listed, logged, and does not open the network to plain http or private machines', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const address = `https://localhost:${port}/lexpost/`;
    await door.ask('update:set-address', { address });
    expect((await door.ask('settings:addresses', {})).items).toContainEqual({ use: 'update', address, name: address });
    expect(
      (await door.ask('audit:list', { filter: { action: 'update-source-set' }, limit: 5, after: null })).items,
    ).toHaveLength(1);
    const { job } = await door.ask('update:check', {});
    expect(await door.end(job)).toMatchObject({ state: 'failed', failure: { code: 'FETCH_REFUSED' } });
    expect(asked).toEqual([]);
    await door.ask('update:set-address', { address: null });
    expect((await door.ask('settings:addresses', {})).items).toEqual([]);
  } finally {
    server.close();
  }
});
