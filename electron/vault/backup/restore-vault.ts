import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError, hasCode } from '../../../shared/errors.ts';
import { isMissing, onFiles } from '../../files/file-error.ts';
import { requireFreeSpace } from '../../files/free-space.ts';
import { syncFolder } from '../../files/sync-folder.ts';
import { writeAuditHead } from '../audit-head.ts';
import { openConnection } from '../db/connection.ts';
import { createHandles } from '../db/handles.ts';
import { migrate } from '../db/migrate.ts';
import { readHeader } from '../keys/header.ts';
import type { VaultSecret } from '../keys/master-key.ts';
import { type VaultKeys, zeroVaultKeys } from '../keys/vault-keys.ts';
import { MIGRATIONS } from '../migrations/all.ts';
import { unlock } from '../open-vault.ts';
import { type AuditHead, findAuditHead, verifyAudit } from '../repositories/audit.ts';
import { type VaultPaths, vaultPaths } from '../vault-paths.ts';
import { markRestored } from '../vault-state.ts';
import { copyFile } from './copy-file.ts';
import { inParallel } from './in-parallel.ts';
import { type BackupManifest, type CopiedFile, checkManifest, MANIFEST_NAME, readManifest } from './manifest.ts';

const WIDTH = 4;

export interface RestoreOptions {
  readonly backup: string;
  /** Must be missing or empty. */
  readonly dir: string;
  readonly secret: VaultSecret;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
}

/**
 * Makes a vault of a backup. Every byte is verified before anything becomes visible. The new vault opens in state `restored`: its outbox is
 * frozen and a new epoch is due (protocol.md 6).
 *
 * @throws AppError BACKUP_MALFORMED with the `part` that is missing or changed, VAULT_PASSPHRASE_WRONG, VAULT_RECOVERY_KEY_WRONG,
 *   VAULT_RECOVERY_KEY_MISTYPED, VAULT_EXISTS, VAULT_NEWER, DISK_FULL, FOLDER_NOT_WRITABLE, CANCELLED
 */
export async function restoreVault(options: RestoreOptions): Promise<BackupManifest> {
  const dir = resolve(options.dir);
  const { manifest, keys } = await openBackup(options);
  const staging = `${dir}.restoring-${randomBytes(6).toString('hex')}`;
  try {
    await requireEmpty(dir);
    await onFiles(() => mkdir(dirname(dir), { recursive: true }));
    await onFiles(() => mkdir(staging, { mode: 0o700 }));
    await copyVerified(options, manifest, vaultPaths(staging));
    await prepare(vaultPaths(staging), manifest, keys, options.now());
    await onFiles(() => syncFolder(staging));
    await publish(staging, dir);
    return manifest;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw options.signal?.aborted === true ? new AppError('CANCELLED', {}, error) : error;
  } finally {
    zeroVaultKeys(keys);
  }
}

async function openBackup({ backup, secret }: RestoreOptions): Promise<{ manifest: BackupManifest; keys: VaultKeys }> {
  const manifest = await readManifest(join(backup, MANIFEST_NAME));
  const header = await readHeader(vaultPaths(backup).header).catch((error: unknown) => {
    throw hasCode(error, 'VAULT_NEWER') ? error : new AppError('BACKUP_MALFORMED', { part: 'header' }, error);
  });
  const keys = await unlock(header, secret);
  try {
    checkManifest(manifest, keys.backup);
    return { manifest, keys };
  } catch (error) {
    zeroVaultKeys(keys);
    throw error;
  }
}

async function requireEmpty(dir: string): Promise<void> {
  const names = await readdir(dir).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw new AppError('VAULT_EXISTS', {}, error);
  });
  if (names.length > 0) throw new AppError('VAULT_EXISTS');
}

async function copyVerified(
  { backup, signal }: RestoreOptions,
  manifest: BackupManifest,
  to: VaultPaths,
): Promise<void> {
  const from = vaultPaths(backup);
  const total = manifest.blobs.reduce((sum, { size }) => sum + size, manifest.database.size);
  await requireFreeSpace(to.dir, total);
  await onFiles(() => mkdir(to.blobs, { mode: 0o700 }));
  const copy = async (source: string, target: string, expected: CopiedFile, part: string): Promise<void> => {
    const copied = await copyFile(source, target, signal);
    if (copied?.sha256 !== expected.sha256 || copied.size !== expected.size) {
      throw new AppError('BACKUP_MALFORMED', { part, reason: copied === null ? 'missing' : 'changed' });
    }
  };
  await copy(from.header, to.header, manifest.header, 'header');
  await copy(from.database, to.database, manifest.database, 'database');
  await inParallel(manifest.blobs, WIDTH, (blob) =>
    copy(join(from.blobs, blob.name), join(to.blobs, blob.name), blob, `blobs/${blob.name}`),
  );
  await onFiles(() => syncFolder(to.blobs));
}

/** Checks the database itself and marks it as restored, before it is anybody's vault. */
async function prepare(paths: VaultPaths, manifest: BackupManifest, keys: VaultKeys, now: Date): Promise<void> {
  const database = openConnection(paths.database, keys.database);
  try {
    if (database.pragma('quick_check', { simple: true }) !== 'ok') {
      throw new AppError('BACKUP_MALFORMED', { part: 'database' });
    }
    migrate(database, MIGRATIONS);
    const { read, write } = createHandles(database);
    if (!sameHead(verifyAudit(read), manifest.audit)) throw new AppError('BACKUP_MALFORMED', { part: 'audit' });
    write((db) => markRestored(db, 'backup', now));
    await writeAuditHead(paths.auditHead, findAuditHead(read), keys.auditHead);
  } finally {
    database.close();
  }
}

function sameHead(a: AuditHead, b: AuditHead): boolean {
  return a.seq === b.seq && a.hash === b.hash;
}

async function publish(staging: string, dir: string): Promise<void> {
  await onFiles(() =>
    rmdir(dir).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    }),
  );
  await onFiles(() => rename(staging, dir));
  await onFiles(() => syncFolder(dirname(dir)));
}
