import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { type DeskDoor, openDeskDoor } from '../../fixtures/desk-door.ts';
import { OFFICES, PASSPHRASE } from '../../fixtures/exchange-lab.ts';

const FILE = '李四委托书.pdf';

let dir: string;
let door: DeskDoor;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'lexpost-locked-'));
  door = openDeskDoor({ dir, now: () => new Date('2026-11-24T06:00:00Z') });
  await door.ask('vault:create', { passphrase: Buffer.from(PASSPHRASE), office: OFFICES.firm });
});
afterEach(async () => {
  await door.close();
  rmSync(dir, { recursive: true, force: true });
});

test('work that the lock breaks off tells a locked window the name of its file', async () => {
  const { session } = door.desk;
  session.get().jobs.start({ kind: 'stage', label: FILE }, async ({ signal, progress }) => {
    progress(1, 2);
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    throw new AppError('CANCELLED');
  });
  await new Promise(setImmediate);
  expect(JSON.stringify(door.events)).toContain(FILE);
  door.events.length = 0;
  await door.ask('vault:lock', {});
  await session.close();
  await expect.poll(() => door.events.at(-1)?.payload).toMatchObject({ state: 'locked' });
  expect([...new Set(door.events.map(({ name }) => name))]).toEqual(['vault:changed']);
  expect(JSON.stringify(door.events)).not.toContain(FILE);
});
