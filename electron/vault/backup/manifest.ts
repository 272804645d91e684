import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { count, instant, sha256, vaultId } from '../../../shared/model/schemas.ts';
import { readJson } from '../read-json.ts';

/** backup.json: what belongs to a backup. Written last, so that a backup without it is not one. */
export const MANIFEST_NAME = 'backup.json';
const MANIFEST_VERSION = 1;
/** A million blobs. */
const MAX_MANIFEST = 256 * 1024 * 1024;

const copiedFile = z.strictObject({ size: count, sha256 });
export type CopiedFile = z.infer<typeof copiedFile>;

const blobName = z.string().regex(/^[0-9a-f]{64}$/);

export const backupManifest = z.strictObject({
  format: z.literal('lexpost-backup'),
  version: z.literal(MANIFEST_VERSION),
  vault: vaultId,
  createdAt: instant,
  /** Where the audit chain of the database ends. */
  audit: z.strictObject({ seq: count, hash: sha256 }),
  header: copiedFile,
  database: copiedFile,
  blobs: z.array(z.strictObject({ name: blobName, size: count, sha256 })),
  /** Blobs that the vault itself had lost. */
  missing: z.array(blobName),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupManifest = z.infer<typeof backupManifest>;

const versioned = z.looseObject({ format: z.literal('lexpost-backup'), version: z.int().min(1) });

export function sealManifest(manifest: Omit<BackupManifest, 'mac'>, key: Buffer): BackupManifest {
  return { ...manifest, mac: macOf(manifest, key).toString('hex') };
}

/** @throws AppError BACKUP_MALFORMED, or VAULT_NEWER where a later program wrote it */
export async function readManifest(path: string): Promise<BackupManifest> {
  const value = await readJson(path, versioned, 'backup', MAX_MANIFEST).catch((error: unknown) => {
    throw new AppError('BACKUP_MALFORMED', { part: 'manifest' }, error);
  });
  if (value === null) throw new AppError('BACKUP_MALFORMED', { part: 'manifest', reason: 'missing' });
  if (value.version > MANIFEST_VERSION) throw new AppError('VAULT_NEWER', { version: value.version });
  const parsed = backupManifest.safeParse(value);
  if (!parsed.success) throw new AppError('BACKUP_MALFORMED', { part: 'manifest' });
  return parsed.data;
}

/** @throws AppError BACKUP_MALFORMED where it was changed, or belongs to another vault */
export function checkManifest({ mac, ...manifest }: BackupManifest, key: Buffer): void {
  if (!timingSafeEqual(macOf(manifest, key), Buffer.from(mac, 'hex'))) {
    throw new AppError('BACKUP_MALFORMED', { part: 'manifest' });
  }
}

/** Fields in one fixed order, whatever the order in the file. */
function macOf(manifest: Omit<BackupManifest, 'mac'>, key: Buffer): Buffer {
  const { format, version, vault, createdAt, audit, header, database, blobs, missing } = manifest;
  const mac = createHmac('sha256', key);
  mac.update(JSON.stringify([format, version, vault, createdAt, audit.seq, audit.hash]));
  for (const { size, sha256: digest } of [header, database]) mac.update(JSON.stringify([size, digest]));
  for (const { name, size, sha256: digest } of blobs) mac.update(JSON.stringify([name, size, digest]));
  return mac.update(JSON.stringify(missing)).digest();
}
