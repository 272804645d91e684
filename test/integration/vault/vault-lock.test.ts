import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openVault } from '../../../electron/vault/open-vault.ts';
import { spawnVaultChild } from '../../fixtures/spawn-vault-child.ts';
import { makeVault, NOW, PASSPHRASE, reopen } from '../../fixtures/vault-material.ts';

const ready = (line: string): boolean => line === 'ready';

describe('one process holds a vault', () => {
  test('a second one is told which program, process and machine has it', async () => {
    const { vault, dir } = await makeVault();
    await vault.close();
    const child = spawnVaultChild('hold', dir);
    await child.saw(ready);
    await expect(reopen(dir)).rejects.toMatchObject({
      code: 'VAULT_IN_USE',
      params: { program: 'child', pid: child.pid, host: hostname() },
    });
  });

  test('a second opening in the same process is refused too', async () => {
    const { dir } = await makeVault();
    await expect(reopen(dir)).rejects.toMatchObject({ code: 'VAULT_IN_USE', params: { pid: process.pid } });
  });

  test('a child is refused while this process has it', async () => {
    const { dir } = await makeVault();
    const child = spawnVaultChild('hold', dir);
    expect(await child.saw(() => true)).toBe('VAULT_IN_USE');
  });

  test('the wrong passphrase lets go of it again', async () => {
    const { vault, dir } = await makeVault();
    await vault.close();
    await expect(openVault({ dir, secret: { passphrase: 'wrong' }, now: NOW, program: 'test' })).rejects.toMatchObject({
      code: 'VAULT_PASSPHRASE_WRONG',
    });
    await reopen(dir);
  });

  test('what a killed process left is taken over', async () => {
    const { vault, dir } = await makeVault();
    await vault.close();
    const child = spawnVaultChild('hold', dir);
    await child.saw(ready);
    await child.kill();
    expect(existsSync(join(dir, 'lock'))).toBe(true);
    await reopen(dir);
    expect(JSON.parse(readFileSync(join(dir, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid, program: 'test' });
  });

  test('a lock file that names a living process of this machine, which holds nothing, does not keep it out', async () => {
    const { vault, dir } = await makeVault();
    await vault.close();
    const recycled = { pid: process.ppid, host: hostname(), program: 'window', since: NOW().toISOString() };
    writeFileSync(join(dir, 'lock'), JSON.stringify(recycled));
    await reopen(dir);
  });

  test('a lock of another machine keeps it out until a person says otherwise', async () => {
    const { vault, dir } = await makeVault();
    await vault.close();
    const other = { pid: 1, host: 'other-machine', program: 'window', since: NOW().toISOString() };
    writeFileSync(join(dir, 'lock'), JSON.stringify(other));
    await expect(reopen(dir)).rejects.toMatchObject({ code: 'VAULT_IN_USE', params: { host: 'other-machine' } });
    const options = { dir, secret: { passphrase: PASSPHRASE }, now: NOW, program: 'test' };
    await (await openVault({ ...options, takeOver: true })).close();
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });

  test('a lock file cut short by a crash is no obstacle', async () => {
    const { vault, dir } = await makeVault();
    await vault.close();
    writeFileSync(join(dir, 'lock'), '{"pid":12');
    await reopen(dir);
  });
});
