import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes, Instant } from '../../../shared/model/brand.ts';
import { writeFileAtomic } from '../../files/atomic-write.ts';
import { onFiles } from '../../files/file-error.ts';
import { requireFreeSpace } from '../../files/free-space.ts';
import { syncFolder } from '../../files/sync-folder.ts';
import { type BlobRow, findBlobRow, listBlobs } from '../blobs/blob-rows.ts';
import { blobPath } from '../blobs/blob-store.ts';
import { sealedSize } from '../blobs/chunk-cipher.ts';
import { unlinkBlob } from '../blobs/delete-blob.ts';
import type { Snapshot } from '../db/snapshots.ts';
import { type AuditHead, findAuditHead } from '../repositories/audit.ts';
import type { Vault } from '../vault.ts';
import { vaultPaths } from '../vault-paths.ts';
import { copyFile, copyFrom } from './copy-file.ts';
import { inParallel } from './in-parallel.ts';
import { type BackupManifest, type CopiedFile, MANIFEST_NAME, sealManifest } from './manifest.ts';

/** Files copied at once: each waits for its own fsync. */
const WIDTH = 4;

export interface BackupOptions {
  readonly signal?: AbortSignal;
  /** Told the bytes copied so far and the bytes in all. */
  readonly progress?: (done: Bytes, total: Bytes) => void;
}

interface Seen {
  readonly blobs: readonly Pick<BlobRow, 'id' | 'size'>[];
  readonly audit: AuditHead;
}

/**
 * Copies database and blobs, as they stand when it is called, into a new folder while work goes on. Everything stays encrypted; the backup opens with
 * the passphrase of today or the recovery key. Packages in transit are not copied: they are made again from the blobs.
 *
 * @param target made where it is missing; must be empty. What a failed backup leaves there has no manifest and is refused by a restore
 * @throws AppError FILE_EXISTS, DISK_FULL, FOLDER_NOT_WRITABLE, VAULT_IN_USE (another backup runs), CANCELLED
 */
export function backupVault(vault: Vault, target: string, options: BackupOptions = {}): Promise<BackupManifest> {
  return vault.during(async () => {
    const snapshot = await takeSnapshot(vault);
    try {
      await makeTarget(target);
      return await copyVault(vault, snapshot, target, options);
    } catch (error) {
      throw options.signal?.aborted === true ? new AppError('CANCELLED', {}, error) : error;
    } finally {
      snapshot.release();
      releaseHeld(vault);
    }
  });
}

async function makeTarget(target: string): Promise<void> {
  await onFiles(() => mkdir(target, { recursive: true, mode: 0o700 }));
  if ((await onFiles(() => readdir(target))).length > 0) throw new AppError('FILE_EXISTS');
  await onFiles(() => mkdir(vaultPaths(target).blobs, { mode: 0o700 }));
}

/** From here to {@link releaseHeld} the files of deleted blobs stay, for the snapshot still names them. */
function takeSnapshot(vault: Vault): Promise<Snapshot<Seen>> {
  return vault.snapshots.take(() => {
    vault.blobs.held = new Map();
    return { blobs: listBlobs(vault.read), audit: findAuditHead(vault.read) };
  });
}

function releaseHeld({ blobs, read }: Vault): void {
  const held = [...(blobs.held?.keys() ?? [])];
  blobs.held = null;
  for (const id of held) if (findBlobRow(read, id) === null && !blobs.pending.has(id)) unlinkBlob(blobs, id);
}

async function copyVault(
  vault: Vault,
  snapshot: Snapshot<Seen>,
  target: string,
  { signal, progress }: BackupOptions,
): Promise<BackupManifest> {
  const { blobs, audit } = snapshot.seen;
  const total = blobs.reduce((sum, { size }) => sum + sealedSize(size), snapshot.size);
  await requireFreeSpace(target, total);
  const to = vaultPaths(target);
  let done = 0;
  const count = (copied: Bytes): void => {
    done += copied;
    progress?.(done, total);
  };
  const database = await copyFrom(snapshot.file, snapshot.size, to.database, signal);
  count(database.size);
  const copies = await inParallel(blobs, WIDTH, async ({ id }) => {
    const copied = await copyFile(blobPath(vault.blobs, id), join(to.blobs, id), signal);
    count(copied?.size ?? 0);
    return { name: id, copied };
  });
  const header = await copyFile(vault.paths.header, to.header, signal);
  await onFiles(() => syncFolder(to.blobs));
  return writeManifest(vault, target, { audit, database, header, copies });
}

interface Copies {
  readonly audit: AuditHead;
  readonly database: CopiedFile;
  readonly header: CopiedFile | null;
  readonly copies: readonly { readonly name: string; readonly copied: CopiedFile | null }[];
}

async function writeManifest(
  { id, keys, now }: Vault,
  target: string,
  { audit, database, header, copies }: Copies,
): Promise<BackupManifest> {
  if (header === null) throw new AppError('VAULT_CORRUPT', { part: 'header' });
  const manifest = sealManifest(
    {
      format: 'lexpost-backup',
      version: 1,
      vault: id,
      createdAt: now().toISOString() as Instant,
      audit,
      header,
      database,
      blobs: copies.flatMap(({ name, copied }) => (copied === null ? [] : [{ name, ...copied }])),
      missing: copies.filter(({ copied }) => copied === null).map(({ name }) => name),
    },
    keys.backup,
  );
  await writeFileAtomic(join(target, MANIFEST_NAME), Buffer.from(JSON.stringify(manifest), 'utf8'));
  await onFiles(() => syncFolder(dirname(target)));
  return manifest;
}
