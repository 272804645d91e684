import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changePassphrase, recoverVault } from '../../../electron/vault/change-passphrase.ts';
import { createVault } from '../../../electron/vault/create-vault.ts';
import { openConnection } from '../../../electron/vault/db/connection.ts';
import { SCRYPT_COST } from '../../../electron/vault/keys/kdf.ts';
import { openVault } from '../../../electron/vault/open-vault.ts';
import { listAudit } from '../../../electron/vault/repositories/audit.ts';
import { findMeta, putMeta } from '../../../electron/vault/repositories/meta.ts';
import { findOwnOffice } from '../../../electron/vault/repositories/offices.ts';
import { getVaultState } from '../../../electron/vault/vault-state.ts';
import { smallFileSystem } from '../../fixtures/small-file-system.ts';
import {
  FIRM,
  filesBelow,
  makeVault,
  NOW,
  PASSPHRASE,
  reopen,
  temporaryFolder,
  VAULT_ID,
} from '../../fixtures/vault-material.ts';

const open = (dir: string, passphrase = PASSPHRASE) =>
  openVault({ dir, secret: { passphrase }, now: NOW, program: 'test' });

async function closedVault() {
  const made = await makeVault();
  await made.vault.close();
  return made;
}

interface Header {
  readonly passphrase: { readonly kdf: object };
}

function changeHeader(dir: string, change: (header: Header) => void): void {
  const path = join(dir, 'vault.json');
  const header = JSON.parse(readFileSync(path, 'utf8')) as Header;
  change(header);
  writeFileSync(path, JSON.stringify(header));
}

describe('a new vault', () => {
  test('knows itself and its office, and remembers both', async () => {
    const { vault, dir } = await makeVault();
    expect(getVaultState(vault.read)).toEqual({ vault: VAULT_ID, epoch: 1, state: 'active', pendingEpoch: null });
    await vault.close();
    const again = await reopen(dir);
    expect(findOwnOffice(again.read)).toMatchObject({ ...FIRM, own: true });
    expect(getVaultState(again.read).state).toBe('active');
    expect(listAudit(again.read, {}, 10).items.map(({ action }) => action)).toEqual(['vault-created']);
  });

  test('is made in no folder that holds anything', async () => {
    const { dir } = await closedVault();
    const options = {
      passphrase: 'x',
      profile: { vault: VAULT_ID, office: FIRM },
      now: NOW,
      program: 'test',
      scryptCost: 2 ** 14,
    };
    await expect(createVault({ dir, ...options })).rejects.toMatchObject({ code: 'VAULT_EXISTS' });
    const other = temporaryFolder();
    writeFileSync(join(other, 'letter.txt'), 'mine');
    await expect(createVault({ dir: other, ...options })).rejects.toMatchObject({ code: 'VAULT_EXISTS' });
    expect(filesBelow(other)).toEqual([join(other, 'letter.txt')]);
  });

  test.skipIf(process.platform === 'win32')('holds files and folders that only its owner may enter', async () => {
    const { vault, dir } = await makeVault();
    await vault.close();
    for (const path of [dir, join(dir, 'blobs'), join(dir, 'quarantine')]) expect(statSync(path).mode & 0o077).toBe(0);
    for (const name of ['vault.json', 'lexpost.db', 'audit-head.json'])
      expect(statSync(join(dir, name)).mode & 0o077).toBe(0);
  });

  test('closes twice, and then lets nobody read on', async () => {
    const { vault } = await makeVault();
    await Promise.all([vault.close(), vault.close()]);
    await vault.close();
    expect(() => getVaultState(vault.read)).toThrow();
    expect(vault.keys.database).toEqual(Buffer.alloc(32));
  });
});

describe('the passphrase', () => {
  test('that is wrong is told from a vault that is broken', async () => {
    const { dir } = await closedVault();
    await expect(open(dir, 'wrong')).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE_WRONG' });
    await expect(open(dir, `${PASSPHRASE} `)).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE_WRONG' });
    await (await open(dir)).close();
  });

  test('is the same however the keyboard composes it', async () => {
    const dir = join(temporaryFolder(), 'v');
    const { vault } = await createVault({
      dir,
      passphrase: 'r\u00e9sum\u00e9',
      profile: { vault: VAULT_ID, office: FIRM },
      now: NOW,
      program: 'test',
      scryptCost: SCRYPT_COST.lowest,
    });
    await vault.close();
    await (await open(dir, 're\u0301sume\u0301')).close();
  });

  test('changes only for who knows the old one, and then the old one is wrong', async () => {
    const { vault, dir } = await makeVault();
    const next = { passphrase: '新的口令', scryptCost: SCRYPT_COST.lowest };
    await expect(changePassphrase(vault, { passphrase: 'wrong' }, next)).rejects.toMatchObject({
      code: 'VAULT_PASSPHRASE_WRONG',
    });
    await changePassphrase(vault, { passphrase: PASSPHRASE }, next);
    await vault.close();
    await expect(open(dir)).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE_WRONG' });
    const again = await open(dir, '新的口令');
    expect(listAudit(again.read, {}, 1).items[0]).toMatchObject({ action: 'passphrase-changed' });
    await again.close();
  });
});

describe('the recovery key', () => {
  test('opens a vault whose passphrase is lost and sets a new one', async () => {
    const { dir, recoveryKey } = await closedVault();
    const options = { dir, recoveryKey, now: NOW, program: 'test' };
    await (await recoverVault(options, { passphrase: 'new', scryptCost: SCRYPT_COST.lowest })).close();
    await expect(open(dir)).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE_WRONG' });
    await (await open(dir, 'new')).close();
    const still = await openVault({ dir, secret: { recoveryKey }, now: NOW, program: 'test' });
    await still.close();
  });

  test('of another vault is wrong, one with a typing error mistyped', async () => {
    const { dir, recoveryKey } = await closedVault();
    const other = await closedVault();
    const secretOf = (key: string) => openVault({ dir, secret: { recoveryKey: key }, now: NOW, program: 'test' });
    await expect(secretOf(other.recoveryKey)).rejects.toMatchObject({ code: 'VAULT_RECOVERY_KEY_WRONG' });
    const typed = recoveryKey.replace(/^./, recoveryKey.startsWith('A') ? 'B' : 'A');
    await expect(secretOf(typed)).rejects.toMatchObject({ code: 'VAULT_RECOVERY_KEY_MISTYPED' });
  });
});

describe('the header', () => {
  test('that is missing means there is no vault', async () => {
    await expect(open(temporaryFolder())).rejects.toMatchObject({ code: 'VAULT_NOT_FOUND' });
    await expect(open(join(temporaryFolder(), 'missing'))).rejects.toMatchObject({ code: 'VAULT_NOT_FOUND' });
  });

  test.each([
    ['no JSON', (path: string) => writeFileSync(path, '{"format":')],
    ['empty', (path: string) => truncateSync(path)],
    ['not an object', (path: string) => writeFileSync(path, '[]')],
    ['huge', (path: string) => writeFileSync(path, ' '.repeat(100_000))],
  ])('that is %s is corrupt', async (_, spoil) => {
    const { dir } = await closedVault();
    spoil(join(dir, 'vault.json'));
    await expect(open(dir)).rejects.toMatchObject({ code: 'VAULT_CORRUPT' });
  });

  test('of a later version is newer, not corrupt', async () => {
    const { dir } = await closedVault();
    changeHeader(dir, (header) => Object.assign(header, { version: 2, kdf: 'argon9' }));
    await expect(open(dir)).rejects.toMatchObject({ code: 'VAULT_NEWER', params: { version: 2 } });
  });

  test.each([
    ['office', (header: Header) => Object.assign(header, { office: '别的机构' })],
    ['createdAt', (header: Header) => Object.assign(header, { createdAt: '2020-01-01T00:00:00.000Z' })],
    ['an added field', (header: Header) => Object.assign(header, { extra: 1 })],
  ])('with another %s is corrupt', async (_, change) => {
    const { dir } = await closedVault();
    changeHeader(dir, change);
    await expect(open(dir)).rejects.toMatchObject({ code: 'VAULT_CORRUPT', params: { part: 'header' } });
  });

  test.each([2, 2 ** 13, 2 ** 30])(
    'that asks for a scrypt cost of %d is refused before anything is computed',
    async (N) => {
      const { dir } = await closedVault();
      changeHeader(dir, (header) => Object.assign(header.passphrase.kdf, { N }));
      await expect(open(dir)).rejects.toMatchObject({ code: 'VAULT_CORRUPT', params: { part: 'kdf' } });
    },
  );

  test('of another vault does not open this database', async () => {
    const { dir } = await closedVault();
    const other = await closedVault();
    copyFileSync(join(other.dir, 'vault.json'), join(dir, 'vault.json'));
    await expect(open(dir)).rejects.toMatchObject({ code: 'VAULT_CORRUPT' });
  });
});

describe('the database', () => {
  test('that is missing is not made anew', async () => {
    const { dir } = await closedVault();
    rmSync(join(dir, 'lexpost.db'));
    await expect(open(dir)).rejects.toMatchObject({ code: 'VAULT_CORRUPT', params: { part: 'database' } });
    expect(filesBelow(dir)).not.toContain(join(dir, 'lexpost.db'));
  });

  test('of a later program is refused and left alone', async () => {
    const { vault, dir } = await makeVault();
    const key = Buffer.from(vault.keys.database);
    await vault.close();
    const database = openConnection(join(dir, 'lexpost.db'), key);
    database.pragma('user_version = 999');
    database.close();
    await expect(open(dir)).rejects.toMatchObject({ code: 'VAULT_NEWER', params: { version: 999 } });
  });

  test('with one changed byte in any page is corrupt, never read as something else', async () => {
    const { dir } = await closedVault();
    const path = join(dir, 'lexpost.db');
    const bytes = readFileSync(path);
    for (const page of [0, 1, 2]) {
      const changed = Buffer.from(bytes);
      const at = page * 4096 + 2000;
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(path, changed);
      const attempt = open(dir).then(async (vault) => {
        try {
          for (const { name } of vault.read.all<{ name: string }>(
            "SELECT name FROM sqlite_master WHERE type = 'table'",
          )) {
            vault.read.all(`SELECT * FROM "${name}"`);
          }
          vault.read.all('PRAGMA integrity_check');
        } finally {
          await vault.close();
        }
      });
      await expect(attempt).rejects.toMatchObject({ code: 'VAULT_CORRUPT' });
    }
  });
});

const disk = smallFileSystem();

describe.skipIf(disk === null)('on a file system without room or right to write', () => {
  test('a read-only vault is refused with the reason', async () => {
    const parent = disk?.mount(8 * 1024 * 1024) ?? '';
    const { vault, dir } = await makeVault(parent);
    await vault.close();
    disk?.freeze(parent);
    await expect(open(dir)).rejects.toMatchObject({ code: 'FOLDER_NOT_WRITABLE' });
  });

  test('a transaction that does not fit is undone with DISK_FULL, and smaller ones go on', async () => {
    const { vault } = await makeVault(disk?.mount(4 * 1024 * 1024));
    const fill = () =>
      vault.write((db) => {
        for (let index = 0; index < 100; index++) putMeta(db, `test.${index}`, 'x'.repeat(100_000));
      });
    expect(fill).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
    expect(vault.read.all("SELECT key FROM meta WHERE key LIKE 'test.%'")).toEqual([]);
    vault.write((db) => putMeta(db, 'test.small', 'x'));
    expect(findMeta(vault.read, 'test.small')).toBe('x');
  });

  test('a vault is not half made where the disk is full', async () => {
    const parent = disk?.mount(64 * 1024) ?? '';
    await expect(makeVault(parent)).rejects.toMatchObject({ code: 'DISK_FULL' });
    await expect(open(join(parent, 'vault'))).rejects.toMatchObject({ code: 'VAULT_NOT_FOUND' });
  });
});

describe.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'in a folder without the right to write',
  () => {
    test('a vault is refused with the reason', async () => {
      const { dir } = await closedVault();
      chmodSync(dir, 0o500);
      await expect(open(dir)).rejects.toMatchObject({ code: 'FOLDER_NOT_WRITABLE' });
      chmodSync(dir, 0o700);
      const parent = join(temporaryFolder(), 'p');
      mkdirSync(parent, { mode: 0o500 });
      await expect(makeVault(parent)).rejects.toMatchObject({ code: 'FOLDER_NOT_WRITABLE' });
    });
  },
);
