import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openConnection } from '../../../electron/vault/db/connection.ts';
import { listOpenAlarms } from '../../../electron/vault/repositories/alarms.ts';
import { appendAudit, findAuditHead, listAudit, verifyAudit } from '../../../electron/vault/repositories/audit.ts';
import { insertOutboxItem, listDueOutbox, listFrozenOutbox } from '../../../electron/vault/repositories/outbox.ts';
import type { Vault } from '../../../electron/vault/vault.ts';
import { endRestored, getVaultState, takePendingEpoch } from '../../../electron/vault/vault-state.ts';
import { DAY, sha } from '../../fixtures/exchange-messages.ts';
import { outboxItemFor } from '../../fixtures/outbox-material.ts';
import { makeVault, NOW, reopen } from '../../fixtures/vault-material.ts';

function act(vault: Vault, times: number): void {
  for (let index = 0; index < times; index++) {
    vault.write((db) =>
      appendAudit(db, { at: DAY, actor: 'vault', action: 'message-opened', subject: `s${index}`, detail: { index } }),
    );
  }
}

describe('the audit chain', () => {
  test('verifies as it stands, over many batches, and lists the newest first', async () => {
    const { vault } = await makeVault();
    vault.write((db) => {
      for (let index = 0; index < 2_500; index++)
        appendAudit(db, { at: DAY, actor: 'vault', action: 'message-opened', subject: null });
    });
    expect(verifyAudit(vault.read)).toEqual(findAuditHead(vault.read));
    const first = listAudit(vault.read, {}, 2);
    expect(first.items.map(({ seq }) => seq)).toEqual([2501, 2500]);
    expect(listAudit(vault.read, {}, 2, first.next).items.map(({ seq }) => seq)).toEqual([2499, 2498]);
  });

  test.each([
    ['a changed row', 'UPDATE audit SET detail = \'{"index":9}\' WHERE seq = 3', 3],
    ['a changed actor', "UPDATE audit SET actor = 'somebody' WHERE seq = 2", 2],
    ['a removed row', 'DELETE FROM audit WHERE seq = 3', 3],
    ['exchanged rows', 'UPDATE audit SET seq = CASE seq WHEN 3 THEN 40 ELSE 30 END WHERE seq IN (3, 4)', 3],
    ['a forged hash', `UPDATE audit SET hash = '${'0'.repeat(64)}' WHERE seq = 4`, 4],
  ])('names the place of %s, by whoever has the key and drops the triggers', async (_, sql, seq) => {
    const { vault, dir } = await makeVault();
    act(vault, 5);
    const key = Buffer.from(vault.keys.database);
    await vault.close();
    const database = openConnection(join(dir, 'lexpost.db'), key);
    database.exec('DROP TRIGGER audit_immutable; DROP TRIGGER audit_kept;');
    database.exec(sql);
    database.close();
    const again = await reopen(dir);
    expect(() => verifyAudit(again.read)).toThrow(
      expect.objectContaining({ code: 'AUDIT_CHAIN_BROKEN', params: { seq } }),
    );
  });
});

describe('a database older than the audit head', () => {
  async function rolledBack() {
    const { vault, dir } = await makeVault();
    vault.write((db) => insertOutboxItem(db, outboxItemFor(sha('m'))));
    await vault.close();
    copyFileSync(join(dir, 'lexpost.db'), join(dir, 'old.db'));
    const later = await reopen(dir);
    act(later, 3);
    await later.close();
    copyFileSync(join(dir, 'old.db'), join(dir, 'lexpost.db'));
    return dir;
  }

  test('opens as restored: frozen, with an alarm and a new epoch due', async () => {
    const vault = await reopen(await rolledBack());
    expect(getVaultState(vault.read)).toMatchObject({ state: 'restored', epoch: 1 });
    expect(listDueOutbox(vault.read, DAY, 10)).toEqual([]);
    expect(listFrozenOutbox(vault.read)).toHaveLength(1);
    expect(listOpenAlarms(vault.read)).toMatchObject([
      { code: 'VAULT_ROLLED_BACK', detail: { reason: 'older-than-head', frozen: 1 } },
    ]);
    expect(verifyAudit(vault.read).seq).toBe(2);
  });

  test('stays restored when it is opened again, without a second alarm', async () => {
    const dir = await rolledBack();
    await (await reopen(dir)).close();
    const vault = await reopen(dir);
    expect(getVaultState(vault.read).state).toBe('restored');
    expect(listOpenAlarms(vault.read)).toHaveLength(1);
  });

  test('may send again only after it took its new epoch', async () => {
    const vault = await reopen(await rolledBack());
    expect(() => vault.write((db) => endRestored(db))).toThrow(expect.objectContaining({ code: 'VAULT_FROZEN' }));
    const epoch = vault.write((db) => takePendingEpoch(db));
    expect(epoch).toBeGreaterThan(1);
    expect(getVaultState(vault.read)).toMatchObject({ state: 'restored', epoch, pendingEpoch: null });
    vault.write((db) => endRestored(db));
    expect(getVaultState(vault.read).state).toBe('active');
  });

  test('gets another epoch each time it is put back', async () => {
    const dir = await rolledBack();
    const epochs = new Set<number>();
    for (const minute of [0, 1]) {
      copyFileSync(join(dir, 'old.db'), join(dir, 'lexpost.db'));
      const vault = await reopen(dir, () => new Date(NOW().getTime() + minute * 60_000));
      epochs.add(vault.write((db) => takePendingEpoch(db)));
      act(vault, 3);
      await vault.close();
    }
    expect(epochs.size).toBe(2);
  });
});

describe('the audit head', () => {
  test('follows the database: closing and opening again changes nothing', async () => {
    const { vault, dir } = await makeVault();
    act(vault, 100);
    await vault.close();
    const again = await reopen(dir);
    expect(getVaultState(again.read).state).toBe('active');
    expect(listOpenAlarms(again.read)).toEqual([]);
  });

  test.each([
    ['missing', (path: string) => rmSync(path)],
    ['cut', (path: string) => writeFileSync(path, '{"seq":1')],
    [
      'moved back by hand',
      (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace(/"seq":\d+/, '"seq":0')),
    ],
  ])('that is %s cannot vouch: the vault counts as restored', async (_, spoil) => {
    const { vault, dir } = await makeVault();
    act(vault, 3);
    await vault.close();
    spoil(join(dir, 'audit-head.json'));
    expect(getVaultState((await reopen(dir)).read).state).toBe('restored');
  });
});
