import { randomUUID } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createVault } from '../../../electron/vault/create-vault.ts';
import { openVault } from '../../../electron/vault/open-vault.ts';
import type { OfficeId, VaultId } from '../../../shared/model/brand.ts';
import { createDesk, type Desk, PASSPHRASE, USCC } from '../../fixtures/lexpost-command.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await createDesk();
  const office = { id: USCC.firm as OfficeId, name: '安徽徽正律师事务所', type: 'law-firm', region: '340100' } as const;
  const { vault, recoveryKey } = await createVault({
    dir: desk.path('vault'),
    passphrase: PASSPHRASE,
    profile: { vault: randomUUID() as VaultId, office },
    now: () => new Date(),
    program: 'test',
    scryptCost: 2 ** 14,
  });
  await vault.close();
  await writeFile(desk.path('recovery'), `${recoveryKey.toLowerCase()}\n`);
  await writeFile(desk.path('wrong'), 'wrong\n');
  await writeFile(desk.path('new'), 'new passphrase\n');
}, 60_000);
afterAll(() => desk.remove());

const outside = { ok: z.literal(true), vault: z.uuid(), office: z.string(), createdAt: z.iso.datetime() };
const head = z.strictObject({ seq: z.int(), hash: z.string() });

describe('vault status', () => {
  test('says what stands outside the lock where nobody can be asked', async () => {
    const { exit, document } = await desk.json('vault', 'status', 'vault');
    expect(exit).toBe(0);
    const status = z.strictObject({ ...outside, locked: z.literal(true) }).parse(document);
    expect(status.office).toBe('安徽徽正律师事务所');
  });

  test('says whether it may send, with the passphrase', async () => {
    const { exit, document } = await desk.json('vault', 'status', 'vault', '--passphrase-file', 'pw');
    expect(exit).toBe(0);
    const schema = z.strictObject({
      ...outside,
      locked: z.literal(false),
      officeId: z.literal(USCC.firm),
      epoch: z.literal(1),
      state: z.literal('active'),
      pendingEpoch: z.null(),
      audit: head,
      frozen: z.literal(0),
      alarms: z.array(z.unknown()).length(0),
      swept: z.looseObject({}),
      expiring: z.array(z.unknown()).length(0),
      lacking: z.tuple([z.literal('own-card'), z.literal('other-card'), z.literal('route')]),
    });
    schema.parse(document);
    const { stdout } = await desk.run('vault', 'status', 'vault', '--passphrase-file', 'pw');
    expect(stdout).not.toContain('may send');
    expect(stdout).toContain('Before it can exchange anything it lacks:\n  a card of the office');
  });

  test.each([
    ['a wrong passphrase', ['vault', '--passphrase-file', 'wrong'], 'VAULT_PASSPHRASE_WRONG'],
    ['a folder without a vault', ['nowhere', '--passphrase-file', 'pw'], 'VAULT_NOT_FOUND'],
  ])('ends with 5 for %s', async (_name, argv, code) => {
    const { exit, document } = await desk.json('vault', 'status', ...argv);
    expect([exit, document['code']]).toEqual([5, code]);
  });

  test('ends with 5 and names the holder while another process has it', async () => {
    const vault = await openVault({
      dir: desk.path('vault'),
      secret: { passphrase: PASSPHRASE },
      now: () => new Date(),
      program: 'window',
    });
    const { exit, document } = await desk.json('vault', 'status', 'vault', '--passphrase-file', 'pw');
    await vault.close();
    expect([exit, document['code']]).toEqual([5, 'VAULT_IN_USE']);
    expect(document['params']).toMatchObject({ program: 'window', pid: process.pid });
  });
});

describe('vault backup and restore', () => {
  test('make a vault that knows it was restored', async () => {
    const made = await desk.json('vault', 'backup', 'vault', '--out', 'backup', '--passphrase-file', 'pw');
    expect(made.exit).toBe(0);
    const schema = z.strictObject({
      ok: z.literal(true),
      folder: z.literal('backup'),
      vault: z.uuid(),
      createdAt: z.iso.datetime(),
      audit: head,
      blobs: z.literal(0),
      missing: z.array(z.string()).length(0),
      size: z.number(),
    });
    const { vault } = schema.parse(made.document);
    const restored = await desk.json('vault', 'restore', 'again', '--from', 'backup', '--passphrase-file', 'pw');
    expect(restored.exit).toBe(0);
    expect(restored.document).toMatchObject({ ok: true, folder: 'again', vault, state: 'restored' });
    const status = await desk.json('vault', 'status', 'again', '--passphrase-file', 'pw');
    expect(status.document).toMatchObject({ state: 'restored', alarms: [{ code: 'VAULT_ROLLED_BACK' }] });
  });

  test('restore by the recovery key too', async () => {
    const argv = ['vault', 'restore', 'by-key', '--from', 'backup', '--recovery-key-file', 'recovery'];
    expect((await desk.run(...argv)).exit).toBe(0);
  });

  test.each([
    ['into a folder that is not empty', ['again', '--from', 'backup', '--passphrase-file', 'pw'], 5, 'VAULT_EXISTS'],
    ['from a folder that is no backup', ['x', '--from', 'vault', '--passphrase-file', 'pw'], 1, 'BACKUP_MALFORMED'],
    ['with a wrong passphrase', ['x', '--from', 'backup', '--passphrase-file', 'wrong'], 5, 'VAULT_PASSPHRASE_WRONG'],
    ['with a mistyped key', ['x', '--from', 'backup', '--recovery-key-file', 'pw'], 2, 'VAULT_RECOVERY_KEY_MISTYPED'],
  ])('refuse to restore %s', async (_name, argv, status, code) => {
    const { exit, document } = await desk.json('vault', 'restore', ...argv);
    expect([exit, document['code']]).toEqual([status, code]);
    expect(await readdir(desk.folder)).not.toContain('x');
  });

  test('refuse to back up into a folder that is not empty', async () => {
    const { exit, document } = await desk.json(
      'vault',
      'backup',
      'vault',
      '--out',
      'backup',
      '--passphrase-file',
      'pw',
    );
    expect([exit, document['code']]).toEqual([5, 'FILE_EXISTS']);
    // The command knows no --force
    expect(document['text']).toContain('a folder that is empty; where the command has --force');
  });
});

describe('vault recover', () => {
  test('sets a new passphrase by the recovery key, and the old one no longer opens', async () => {
    const argv = ['vault', 'recover', 'by-key', '--recovery-key-file', 'recovery', '--new-passphrase-file', 'new'];
    expect((await desk.run(...argv)).exit).toBe(0);
    expect((await desk.run('vault', 'status', 'by-key', '--passphrase-file', 'new')).exit).toBe(0);
    expect((await desk.run('vault', 'status', 'by-key', '--passphrase-file', 'pw')).exit).toBe(5);
  });

  test('asks for both secrets by their own flags', async () => {
    const without = await desk.json('vault', 'recover', 'vault', '--new-passphrase-file', 'new');
    expect(without.exit).toBe(2);
    expect(without.document['params']).toMatchObject({ reason: expect.stringContaining('--recovery-key-file') });
  });
});
