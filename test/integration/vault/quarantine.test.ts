import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAll } from '../../../electron/files/bytes.ts';
import { claimInboxItem, markInboxDownloaded } from '../../../electron/vault/repositories/inbox.ts';
import { insertPackage } from '../../../electron/vault/repositories/packages.ts';
import { findRejected, listRejected, searchRejected } from '../../../electron/vault/repositories/rejected.ts';
import { purgeQuarantine, rejectPackage } from '../../../electron/vault/transport/quarantine.ts';
import {
  createTransportFile,
  openTransportFile,
  removeTransportFile,
  type TransportFile,
} from '../../../electron/vault/transport/transport-files.ts';
import type { Vault } from '../../../electron/vault/vault.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Address } from '../../../shared/model/brand.ts';
import { DAY, sha } from '../../fixtures/exchange-messages.ts';
import { at, makeVault, noise, reopen } from '../../fixtures/vault-material.ts';

const ADDRESS = 'a'.repeat(26) as Address;
const LATER = at('2026-12-24T06:00:00.000Z');

async function download(vault: Vault, content = noise(5000)): Promise<TransportFile> {
  const writer = await createTransportFile(vault, 'incoming', content.length);
  await writer.write(content);
  return writer.finish();
}

const reject = (vault: Vault, file: TransportFile, size = file.size, address = ADDRESS): number =>
  vault.write((db) =>
    rejectPackage(vault, db, {
      file: file.name,
      digest: file.digest,
      size,
      code: 'PACKAGE_TAMPERED',
      detail: { reason: 'tag', 发件人: '不明' },
      address,
      receivedAt: DAY,
    }),
  );

describe('a package in transit', () => {
  test('is named at random, digested, and readable until it is removed', async () => {
    const { vault } = await makeVault();
    const file = await download(vault, Buffer.from('ciphertext'));
    expect(file).toMatchObject({ size: 10, digest: sha('ciphertext') });
    const source = await openTransportFile(vault, 'incoming', file.name);
    expect((await readAll(source, 100)).toString()).toBe('ciphertext');
    await source.close();
    await removeTransportFile(vault, 'incoming', file.name);
    await removeTransportFile(vault, 'incoming', file.name);
    await expect(openTransportFile(vault, 'incoming', file.name)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  test('that is aborted leaves nothing', async () => {
    const { vault } = await makeVault();
    const writer = await createTransportFile(vault, 'outgoing');
    await writer.write(noise(1000));
    await writer.abort();
    expect(readdirSync(vault.paths.outgoing)).toEqual([]);
  });

  test.each(['../vault.json', 'vault.json', '', 'x'.repeat(32)])('is never reached by the name %j', async (name) => {
    const { vault } = await makeVault();
    await expect(openTransportFile(vault, 'incoming', name)).rejects.toMatchObject({ code: 'PATH_REFUSED' });
  });

  test('survives a new opening only where a row names it', async () => {
    const { vault, dir } = await makeVault();
    const [kept, lost, sent] = [
      await download(vault),
      await download(vault),
      await createTransportFile(vault, 'outgoing'),
    ];
    await sent.write(noise(10));
    const outgoing = await sent.finish();
    const key = { channel: 'c', address: ADDRESS, mailboxName: 'x' };
    vault.write((db) => {
      claimInboxItem(db, key, DAY);
      markInboxDownloaded(db, key, { file: kept.name, digest: kept.digest, size: kept.size }, DAY);
      insertPackage(db, {
        digest: outgoing.digest,
        size: outgoing.size,
        m: sha('m'),
        file: outgoing.name,
        createdAt: DAY,
      });
    });
    writeFileSync(join(vault.paths.incoming, `${lost.name}.part`), 'half');
    await vault.close();
    await reopen(dir);
    expect(readdirSync(vault.paths.incoming)).toEqual([kept.name]);
    expect(readdirSync(vault.paths.outgoing)).toEqual([outgoing.name]);
  });
});

describe('quarantine', () => {
  test('keeps the ciphertext for 30 days and the reason for ever', async () => {
    const { vault } = await makeVault();
    const file = await download(vault);
    const id = reject(vault, file);
    expect(readdirSync(vault.paths.incoming)).toEqual([]);
    expect(readdirSync(vault.paths.quarantine)).toEqual([file.name]);
    expect(await purgeQuarantine(vault, at('2026-12-24T05:59:59.999Z'))).toBe(0);
    expect(await purgeQuarantine(vault, LATER)).toBe(1);
    expect(readdirSync(vault.paths.quarantine)).toEqual([]);
    expect(findRejected(vault.read, id)).toMatchObject({
      digest: file.digest,
      code: 'PACKAGE_TAMPERED',
      quarantineFile: null,
    });
    expect(await purgeQuarantine(vault, LATER)).toBe(0);
  });

  test('moves nothing when the transaction is rolled back', async () => {
    const { vault } = await makeVault();
    const file = await download(vault);
    expect(() =>
      vault.write((db) => {
        rejectPackage(vault, db, {
          file: file.name,
          digest: file.digest,
          size: 1,
          code: 'IO_ERROR',
          detail: {},
          address: ADDRESS,
          receivedAt: DAY,
        });
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
    expect(readdirSync(vault.paths.incoming)).toEqual([file.name]);
    expect(listRejected(vault.read, 10).items).toEqual([]);
  });

  test('has a quota for each address and for all; beyond it only the record stays', async () => {
    const { vault } = await makeVault();
    const sizes = [LIMITS.quarantinePerAddress, 1];
    const ids: number[] = [];
    for (const size of sizes) ids.push(reject(vault, await download(vault), size));
    ids.push(reject(vault, await download(vault), 1, 'b'.repeat(26) as Address));
    const kept = ids.map((id) => findRejected(vault.read, id)?.quarantineFile !== null);
    expect(kept).toEqual([true, false, true]);
    expect(readdirSync(vault.paths.quarantine)).toHaveLength(2);
    expect(readdirSync(vault.paths.incoming)).toEqual([]);
    for (const letter of 'cdef')
      reject(vault, await download(vault), LIMITS.quarantinePerAddress - 1, letter.repeat(26) as Address);
    const total = listRejected(vault.read, 50).items.filter(({ quarantineFile }) => quarantineFile !== null);
    expect(total.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(LIMITS.quarantineTotal);
    expect(total).toHaveLength(5);
  });

  test('a move that a crash interrupted is finished at the next opening', async () => {
    const { vault, dir } = await makeVault();
    const file = await download(vault);
    reject(vault, file);
    await vault.close();
    renameSync(join(vault.paths.quarantine, file.name), join(vault.paths.incoming, file.name));
    const again = await reopen(dir);
    expect(existsSync(join(again.paths.quarantine, file.name))).toBe(true);
    expect(readdirSync(again.paths.incoming)).toEqual([]);
  });

  test('is searched by digest, code, address and detail', async () => {
    const { vault } = await makeVault();
    const file = await download(vault);
    const id = reject(vault, file);
    for (const query of [
      file.digest,
      file.digest.slice(0, 10),
      'PACKAGE_TAMPERED',
      'tampered',
      '不明',
      'aaaa',
      'tag 不明',
    ]) {
      expect(searchRejected(vault.read, query, 10).items.map((row) => row.id)).toEqual([id]);
    }
    expect(searchRejected(vault.read, 'untouched', 10).items).toEqual([]);
  });
});
