import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAll } from '../../../electron/files/bytes.ts';
import type { BlobId } from '../../../electron/vault/blobs/blob-id.ts';
import { listBlobs } from '../../../electron/vault/blobs/blob-rows.ts';
import { openBlob } from '../../../electron/vault/blobs/blob-store.ts';
import { verifyAudit } from '../../../electron/vault/repositories/audit.ts';
import { findMeta } from '../../../electron/vault/repositories/meta.ts';
import type { Vault } from '../../../electron/vault/vault.ts';
import { getVaultState } from '../../../electron/vault/vault-state.ts';
import { spawnVaultChild } from '../../fixtures/spawn-vault-child.ts';
import { makeVault, reopen } from '../../fixtures/vault-material.ts';

const ROUNDS = 8;

async function expectWhole(vault: Vault): Promise<void> {
  const rows = listBlobs(vault.read);
  expect(readdirSync(vault.paths.blobs).sort()).toEqual(rows.map(({ id }) => id));
  for (const { id } of rows) {
    const source = await openBlob(vault, id);
    await readAll(source, 10_000_000);
    await source.close();
  }
  expect(vault.read.all('PRAGMA integrity_check')).toEqual([{ integrityCheck: 'ok' }]);
}

describe('after kill -9', () => {
  test('all that was said to be stored is there, nothing half-written is, and the vault still counts as its own', async () => {
    const { vault, dir } = await makeVault();
    await vault.close();
    let stored = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const child = spawnVaultChild('churn', dir, `round ${round}`);
      const enough = String(1 + round);
      await child.saw((line) => line === enough);
      await new Promise((resolve) => setTimeout(resolve, (round * 37) % 23));
      await child.kill();
      const said = Number(child.lines.at(-1));
      const again = await reopen(dir);
      const count = Number(findMeta(again.read, 'test.count'));
      expect([said, said + 1]).toContain(count);
      await expectWhole(again);
      stored += count;
      expect(listBlobs(again.read)).toHaveLength(stored);
      const last = findMeta(again.read, 'test.blob') as BlobId;
      expect(listBlobs(again.read).map(({ id }) => id)).toContain(last);
      expect(verifyAudit(again.read).seq).toBe(stored + 1);
      expect(getVaultState(again.read).state).toBe('active');
      await again.close();
    }
  });

  test('a transaction in the middle is undone as a whole', async () => {
    const { vault, dir } = await makeVault();
    await vault.close();
    const child = spawnVaultChild('transact', dir);
    await child.saw((line) => line === 'ready');
    await child.kill();
    const again = await reopen(dir);
    expect(again.read.get("SELECT count(*) AS n FROM meta WHERE key LIKE 'test.half.%'")).toEqual({ n: 0 });
    await expectWhole(again);
  });
});
