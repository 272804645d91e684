import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAll } from '../../../electron/files/bytes.ts';
import { backupVault } from '../../../electron/vault/backup/backup-vault.ts';
import { restoreVault } from '../../../electron/vault/backup/restore-vault.ts';
import { listBlobs } from '../../../electron/vault/blobs/blob-rows.ts';
import { openBlob } from '../../../electron/vault/blobs/blob-store.ts';
import { deleteBlob } from '../../../electron/vault/blobs/delete-blob.ts';
import { openVault } from '../../../electron/vault/open-vault.ts';
import { listOpenAlarms } from '../../../electron/vault/repositories/alarms.ts';
import { appendAudit, verifyAudit } from '../../../electron/vault/repositories/audit.ts';
import { findMeta, putMeta } from '../../../electron/vault/repositories/meta.ts';
import type { Vault } from '../../../electron/vault/vault.ts';
import { getVaultState } from '../../../electron/vault/vault-state.ts';
import { DAY } from '../../fixtures/exchange-messages.ts';
import {
  filesBelow,
  filesWith,
  makeVault,
  NOW,
  noise,
  PASSPHRASE,
  reopen,
  storeBlob,
  temporaryFolder,
} from '../../fixtures/vault-material.ts';

const secret = { passphrase: PASSPHRASE };

async function contents(vault: Vault): Promise<string[]> {
  const texts: string[] = [];
  for (const { id } of listBlobs(vault.read)) {
    const source = await openBlob(vault, id);
    texts.push((await readAll(source, 100_000_000)).subarray(0, 40).toString('hex'));
    await source.close();
  }
  return texts.sort();
}

async function backedUp() {
  const parent = temporaryFolder();
  const made = await makeVault(parent);
  for (let index = 0; index < 5; index++) await storeBlob(made.vault, noise(300_000, `blob ${index}`));
  made.vault.write((db) => putMeta(db, 'test.state', 'at backup'));
  const backup = join(parent, 'backup');
  await backupVault(made.vault, backup);
  return { ...made, parent, backup, restored: join(parent, 'restored') };
}

describe('a backup', () => {
  test('restores to the state of its moment, whatever came after', async () => {
    const { vault, backup, restored } = await backedUp();
    const before = await contents(vault);
    await storeBlob(vault, noise(1000, 'later'));
    vault.write((db) => putMeta(db, 'test.state', 'later'));
    await vault.close();
    await restoreVault({ backup, dir: restored, secret, now: NOW });
    const again = await reopen(restored);
    expect(findMeta(again.read, 'test.state')).toBe('at backup');
    expect(await contents(again)).toEqual(before);
    expect(again.swept).toEqual({ removed: 0, missing: [] });
    verifyAudit(again.read);
  });

  test('restored has no right to send and owes a new epoch', async () => {
    const { backup, restored } = await backedUp();
    await restoreVault({ backup, dir: restored, secret, now: NOW });
    const again = await reopen(restored);
    const { state, epoch, pendingEpoch } = getVaultState(again.read);
    expect({ state, epoch }).toEqual({ state: 'restored', epoch: 1 });
    expect(pendingEpoch).toBeGreaterThan(1);
    expect(listOpenAlarms(again.read)).toMatchObject([{ code: 'VAULT_ROLLED_BACK', detail: { reason: 'backup' } }]);
  });

  test('opens with the recovery key too', async () => {
    const { backup, restored, recoveryKey } = await backedUp();
    await restoreVault({ backup, dir: restored, secret: { recoveryKey }, now: NOW });
    await (await openVault({ dir: restored, secret: { recoveryKey }, now: NOW, program: 'test' })).close();
  });

  test('shows nothing that the vault does not show', async () => {
    const parent = temporaryFolder();
    const { vault } = await makeVault(parent);
    await storeBlob(vault, Buffer.from('王秀英的阅卷委托书'.repeat(1000)));
    vault.write((db) => putMeta(db, 'test.state', '王秀英的阅卷委托书'));
    await backupVault(vault, join(parent, 'backup'));
    expect(filesWith(parent, ['王秀英的阅卷委托书'])).toEqual([]);
    expect(filesBelow(join(parent, 'backup')).length).toBeGreaterThan(3);
  });

  test('is of one moment, although writing and deleting go on while it runs', async () => {
    const { vault, parent, restored } = await backedUp();
    const before = await contents(vault);
    const [doomed] = listBlobs(vault.read);
    vault.write((db) => putMeta(db, 'test.state', 'at the moment'));
    const running = backupVault(vault, join(parent, 'second'));
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    let round = 0;
    let over = false;
    const done = running.finally(() => {
      over = true;
    });
    while (!over && round < 10_000) {
      round += 1;
      if (round === 3 && doomed !== undefined) vault.write((db) => deleteBlob(vault, db, doomed.id));
      vault.write((db) => {
        for (let index = 0; index < 50; index++) putMeta(db, `test.${index}`, noise(500, `${round}`).toString('hex'));
        putMeta(db, 'test.state', 'moved on');
        appendAudit(db, { at: DAY, actor: 'vault', action: 'message-opened', subject: null });
      });
      if (round % 5 === 0) await storeBlob(vault, noise(50_000, `while ${round}`));
      await turn();
    }
    await done;
    expect(round).toBeGreaterThan(3);
    expect(existsSync(join(vault.paths.blobs, doomed?.id ?? ''))).toBe(false);
    await restoreVault({ backup: join(parent, 'second'), dir: restored, secret, now: NOW });
    const again = await reopen(restored);
    expect(findMeta(again.read, 'test.state')).toBe('at the moment');
    expect(await contents(again)).toEqual(before);
    expect(again.read.all('PRAGMA integrity_check')).toEqual([{ integrityCheck: 'ok' }]);
  });

  test('keeps a blob readable that was deleted and came again while it ran', async () => {
    const { vault, parent, restored } = await backedUp();
    const before = await contents(vault);
    const content = noise(300_000, 'blob 2');
    const id = await storeBlob(vault, content);
    const running = backupVault(vault, join(parent, 'second'));
    vault.write((db) => deleteBlob(vault, db, id));
    expect(await storeBlob(vault, content)).toBe(id);
    await running;
    expect(await contents(vault)).toEqual(before);
    await restoreVault({ backup: join(parent, 'second'), dir: restored, secret, now: NOW });
    expect(await contents(await reopen(restored))).toEqual(before);
  });

  test('is waited for when the vault is closed', async () => {
    const { vault, parent, restored } = await backedUp();
    const running = backupVault(vault, join(parent, 'second'));
    await vault.close();
    await running;
    await restoreVault({ backup: join(parent, 'second'), dir: restored, secret, now: NOW });
  });

  test('runs once at a time', async () => {
    const { vault, parent } = await backedUp();
    const first = backupVault(vault, join(parent, 'second'));
    await expect(backupVault(vault, join(parent, 'third'))).rejects.toMatchObject({ code: 'VAULT_IN_USE' });
    await first;
    await backupVault(vault, join(parent, 'fourth'));
  });

  test('goes into no folder that holds anything', async () => {
    const { vault, backup } = await backedUp();
    await expect(backupVault(vault, backup)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  });

  test('that was cancelled has no manifest and is refused', async () => {
    const { vault, parent, restored } = await backedUp();
    const target = join(parent, 'cancelled');
    const controller = new AbortController();
    const progress = (): void => controller.abort();
    await expect(backupVault(vault, target, { signal: controller.signal, progress })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    await expect(restoreVault({ backup: target, dir: restored, secret, now: NOW })).rejects.toMatchObject({
      code: 'BACKUP_MALFORMED',
    });
    await storeBlob(vault, noise(10, 'goes on'));
  });

  test('of a vault that lost a blob is made, and says so', async () => {
    const { vault, parent, restored } = await backedUp();
    const [lost] = listBlobs(vault.read);
    rmSync(join(vault.paths.blobs, lost?.id ?? ''));
    const { missing, blobs } = await backupVault(vault, join(parent, 'second'));
    expect([missing, blobs.length]).toEqual([[lost?.id], 4]);
    await restoreVault({ backup: join(parent, 'second'), dir: restored, secret, now: NOW });
    expect((await reopen(restored)).swept.missing).toEqual([lost?.id]);
  });
});

describe('a backup that was spoilt', () => {
  const flip = (path: string, at: number): void => {
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
  const anyBlob = (backup: string): string => join(backup, 'blobs', readdirSync(join(backup, 'blobs'))[2] ?? '');
  const manifestOf = (backup: string, change: (text: string) => string): void =>
    writeFileSync(join(backup, 'backup.json'), change(readFileSync(join(backup, 'backup.json'), 'utf8')));
  const spoilers: readonly (readonly [string, (backup: string) => void])[] = [
    ['a changed blob', (backup) => flip(anyBlob(backup), 1000)],
    ['a cut blob', (backup) => truncateSync(anyBlob(backup), 10)],
    ['a missing blob', (backup) => rmSync(anyBlob(backup))],
    ['a changed database', (backup) => flip(join(backup, 'lexpost.db'), 10_000)],
    ['a missing database', (backup) => rmSync(join(backup, 'lexpost.db'))],
    ['a missing header', (backup) => rmSync(join(backup, 'vault.json'))],
    ['a missing manifest', (backup) => rmSync(join(backup, 'backup.json'))],
    ['a cut manifest', (backup) => truncateSync(join(backup, 'backup.json'), 100)],
    ['a manifest without one blob', (backup) => manifestOf(backup, (text) => text.replace(/\{"name":"[^}]*\},/, ''))],
    [
      'a manifest of another time',
      (backup) => manifestOf(backup, (text) => text.replace(/"createdAt":"2026/, '"createdAt":"2025')),
    ],
  ];

  test.each(spoilers)('by %s is BACKUP_MALFORMED, and nothing of it becomes visible', async (_, spoil) => {
    const { parent, backup, restored } = await backedUp();
    spoil(backup);
    const before = readdirSync(parent).sort();
    await expect(restoreVault({ backup, dir: restored, secret, now: NOW })).rejects.toMatchObject({
      code: 'BACKUP_MALFORMED',
    });
    expect(readdirSync(parent).sort()).toEqual(before);
  });

  test('by another database of the same vault is BACKUP_MALFORMED', async () => {
    const { vault, parent, backup, restored } = await backedUp();
    vault.write((db) => putMeta(db, 'test.state', 'later'));
    await backupVault(vault, join(parent, 'second'));
    cpSync(join(parent, 'second', 'lexpost.db'), join(backup, 'lexpost.db'));
    await expect(restoreVault({ backup, dir: restored, secret, now: NOW })).rejects.toMatchObject({
      code: 'BACKUP_MALFORMED',
      params: { part: 'database' },
    });
  });

  test('of a later program is VAULT_NEWER', async () => {
    const { backup, restored } = await backedUp();
    manifestOf(backup, (text) => text.replace('"version":1', '"version":2'));
    await expect(restoreVault({ backup, dir: restored, secret, now: NOW })).rejects.toMatchObject({
      code: 'VAULT_NEWER',
    });
  });
});

describe('restoring', () => {
  test('with the wrong passphrase says so', async () => {
    const { backup, restored } = await backedUp();
    const wrong = restoreVault({ backup, dir: restored, secret: { passphrase: 'wrong' }, now: NOW });
    await expect(wrong).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE_WRONG' });
  });

  test('over a vault is refused', async () => {
    const { backup, dir } = await backedUp();
    const over = restoreVault({ backup, dir, secret, now: NOW });
    await expect(over).rejects.toMatchObject({ code: 'VAULT_EXISTS' });
  });
});
