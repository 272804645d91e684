import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Instant, VaultId } from '../../shared/model/brand.ts';
import type { Office } from '../../shared/model/office-card.ts';
import { onFiles } from '../files/file-error.ts';
import { syncFolder } from '../files/sync-folder.ts';
import { writeAuditHead } from './audit-head.ts';
import { openConnection } from './db/connection.ts';
import { createHandles } from './db/handles.ts';
import { migrate } from './db/migrate.ts';
import { sealHeader, type VaultHeader, writeHeader } from './keys/header.ts';
import { isScryptCost, SCRYPT_COST, type ScryptParameters } from './keys/kdf.ts';
import { wrapUnderPassphrase, wrapUnderRecoveryKey } from './keys/master-key.ts';
import { formatRecoveryKey } from './keys/recovery-key.ts';
import { deriveVaultKeys, type VaultKeys, zeroVaultKeys } from './keys/vault-keys.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { makeFolders, openUnlocked } from './open-unlocked.ts';
import { appendAudit, findAuditHead } from './repositories/audit.ts';
import { markOwnOffice, putOffice } from './repositories/offices.ts';
import type { Vault } from './vault.ts';
import { acquireLock } from './vault-lock.ts';
import { type VaultPaths, vaultPaths } from './vault-paths.ts';
import { initVaultState } from './vault-state.ts';

export interface VaultProfile {
  readonly vault: VaultId;
  readonly office: Office;
}

export interface CreateVaultOptions {
  /** Made where it is missing; must be empty. */
  readonly dir: string;
  readonly passphrase: string;
  readonly profile: VaultProfile;
  readonly now: () => Date;
  readonly program: string;
  readonly random?: (bytes: number) => Buffer;
  /** Cost N of scrypt, a power of two from 2^14 to 2^20. */
  readonly scryptCost?: number;
}

export interface CreatedVault {
  readonly vault: Vault;
  /** To be printed once and kept by the office; nothing of it stays here. */
  readonly recoveryKey: string;
}

/**
 * Makes a vault and opens it. Its header comes last: a crash before that leaves a folder that is not a vault.
 *
 * @throws AppError VAULT_EXISTS where the folder is not empty, USAGE (empty passphrase), FOLDER_NOT_WRITABLE, DISK_FULL
 */
export async function createVault(options: CreateVaultOptions): Promise<CreatedVault> {
  const { dir, profile, now, program, random = randomBytes } = options;
  const paths = vaultPaths(dir);
  await makeEmptyFolder(dir);
  const lock = acquireLock(paths, { program, now: now() });
  const master = random(32);
  const keys = deriveVaultKeys(master, profile.vault);
  try {
    const recoveryKey = formatRecoveryKey(random(44));
    const header = await makeHeader(options, master, recoveryKey, keys);
    await makeFolders(paths);
    await makeDatabase(paths, keys, options);
    await writeHeader(paths.header, header);
    await onFiles(() => syncFolder(dirname(dir)));
    return { vault: await openUnlocked({ id: profile.vault, paths, keys, lock, now }), recoveryKey };
  } catch (error) {
    zeroVaultKeys(keys);
    lock.release();
    throw error;
  } finally {
    master.fill(0);
  }
}

async function makeEmptyFolder(dir: string): Promise<void> {
  await onFiles(() => mkdir(dir, { recursive: true, mode: 0o700 }));
  if ((await onFiles(() => readdir(dir))).length > 0) throw new AppError('VAULT_EXISTS');
}

async function makeHeader(
  { passphrase, profile, now, random = randomBytes, scryptCost = SCRYPT_COST.usual }: CreateVaultOptions,
  master: Buffer,
  recoveryKey: string,
  keys: VaultKeys,
): Promise<VaultHeader> {
  const kdf = makeScryptParameters(scryptCost, random);
  return sealHeader(
    {
      format: 'lexpost-vault',
      version: 1,
      vault: profile.vault,
      office: profile.office.name,
      createdAt: now().toISOString() as Instant,
      passphrase: { kdf, wrappedKey: await wrapUnderPassphrase(master, passphrase, kdf, profile.vault) },
      recovery: { wrappedKey: await wrapUnderRecoveryKey(master, recoveryKey, profile.vault) },
    },
    keys.header,
  );
}

/** @throws AppError USAGE where the cost is out of bounds */
export function makeScryptParameters(N: number, random: (bytes: number) => Buffer): ScryptParameters {
  const parameters = {
    name: 'scrypt',
    N,
    r: SCRYPT_COST.r,
    p: SCRYPT_COST.p,
    salt: random(16).toString('hex'),
  } as const;
  if (!isScryptCost(parameters)) throw new AppError('USAGE', { reason: 'scrypt cost' });
  return parameters;
}

async function makeDatabase(paths: VaultPaths, keys: VaultKeys, { profile, now }: CreateVaultOptions): Promise<void> {
  await onFiles(async () => (await open(paths.database, 'wx', 0o600)).close());
  const database = openConnection(paths.database, keys.database);
  try {
    migrate(database, MIGRATIONS);
    const { read, write } = createHandles(database);
    const at = now().toISOString() as Instant;
    write((db) => {
      initVaultState(db, profile.vault);
      putOffice(db, profile.office, at);
      markOwnOffice(db, profile.office.id);
      appendAudit(db, { at, actor: 'vault', action: 'vault-created', subject: profile.office.id });
    });
    await writeAuditHead(paths.auditHead, findAuditHead(read), keys.auditHead);
  } finally {
    database.close();
  }
}
