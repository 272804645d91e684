import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instant, MatterId, Sha256 } from '../../../shared/model/brand.ts';
import { secretOf } from '../../fixtures/desk-door.ts';
import { createDesks, type Desk, PASSPHRASE } from '../../fixtures/desk-offices.ts';
import { OFFICES } from '../../fixtures/exchange-lab.ts';

/** What a person asked to be told of again: kept in the vault, whatever happens to the window. */

const desks = createDesks();
let firm: Desk;
const LATER = '2026-12-01T01:00:00.000Z' as Instant;
const SOONER = '2026-11-30T01:00:00.000Z' as Instant;
const FILE = { kind: 'file', name: '不起诉决定书.p7m' } as const;

beforeAll(async () => {
  firm = await desks.firstRun(OFFICES.firm);
});
afterAll(() => desks.close(firm));

const times = async () => (await firm.door.ask('reminder:list', {})).items.map(({ dueAt }) => dueAt);

test('stand in order of their time, and the shell learns of times alone', async () => {
  await firm.door.ask('reminder:set', { dueAt: LATER, about: FILE, note: '' });
  const set = await firm.door.ask('reminder:set', { dueAt: SOONER, about: FILE, note: '再核一次' });
  expect(set).toMatchObject({ dueAt: SOONER, about: FILE, note: '再核一次', title: '' });
  expect(await times()).toEqual([SOONER, LATER]);
  expect(firm.door.answers.reminders).toEqual([SOONER, LATER]);
});

test('about what is not here are refused', async () => {
  const matter = { kind: 'matter', matter: '01930000-0000-7000-8000-00000000ffff' as MatterId } as const;
  expect(await firm.door.refusal('reminder:set', { dueAt: LATER, about: matter, note: '' })).toBe('MATTER_UNKNOWN');
  const message = { kind: 'message', m: 'a'.repeat(64) as Sha256 } as const;
  expect(await firm.door.refusal('reminder:set', { dueAt: LATER, about: message, note: '' })).toBe('MESSAGE_UNKNOWN');
});

test('outlast the lock and are told to the shell anew; a cancelled one stays away, and cancelling it twice harms nothing', async () => {
  await firm.door.desk.session.lock('asked');
  expect(await firm.door.refusal('reminder:list', {})).toBe('VAULT_LOCKED');
  firm.door.answers.reminders = [];
  await firm.door.ask('vault:unlock', { passphrase: secretOf(PASSPHRASE) });
  expect(firm.door.answers.reminders).toEqual([SOONER, LATER]);
  const [first] = (await firm.door.ask('reminder:list', {})).items;
  for (const _ of [1, 2]) await firm.door.ask('reminder:remove', { id: first?.id ?? 0 });
  expect(await times()).toEqual([LATER]);
  expect(firm.door.answers.reminders).toEqual([LATER]);
});
