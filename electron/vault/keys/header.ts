import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { instant, line, vaultId } from '../../../shared/model/schemas.ts';
import { writeFileAtomic } from '../../files/atomic-write.ts';
import { readJson } from '../read-json.ts';
import { scryptParameters } from './kdf.ts';

/** vault.json: all that is readable of a vault without its keys. */
export const HEADER_VERSION = 1;

const MAX_HEADER = 64 * 1024;

const wrappedKey = z.string().regex(/^[A-Za-z0-9+/]{80}$/);

export const vaultHeader = z.strictObject({
  format: z.literal('lexpost-vault'),
  version: z.literal(HEADER_VERSION),
  vault: vaultId,
  /** Shown where a passphrase is asked for. */
  office: line(200),
  createdAt: instant,
  passphrase: z.strictObject({ kdf: scryptParameters, wrappedKey }),
  recovery: z.strictObject({ wrappedKey }),
  /** HMAC-SHA256 over all the rest. */
  mac: z.string().regex(/^[0-9a-f]{64}$/),
});
export type VaultHeader = z.infer<typeof vaultHeader>;

const versioned = z.looseObject({ format: z.literal('lexpost-vault'), version: z.int().min(1) });

/** @throws AppError VAULT_NOT_FOUND, VAULT_NEWER or VAULT_CORRUPT */
export async function readHeader(path: string): Promise<VaultHeader> {
  const value = await readJson(path, versioned, 'header', MAX_HEADER);
  if (value === null) throw new AppError('VAULT_NOT_FOUND');
  if (value.version > HEADER_VERSION) throw new AppError('VAULT_NEWER', { version: value.version });
  const parsed = vaultHeader.safeParse(value);
  if (!parsed.success) throw new AppError('VAULT_CORRUPT', { part: 'header' });
  return parsed.data;
}

export async function writeHeader(path: string, header: VaultHeader): Promise<void> {
  await writeFileAtomic(path, Buffer.from(`${JSON.stringify(header, null, 2)}\n`, 'utf8'));
}

/** The header with its MAC. */
export function sealHeader(header: Omit<VaultHeader, 'mac'>, key: Buffer): VaultHeader {
  return { ...header, mac: macOf(header, key).toString('hex') };
}

/** The wrapped keys authenticate themselves; the MAC holds what stands beside them. @throws AppError VAULT_CORRUPT */
export function checkHeader({ mac, ...header }: VaultHeader, key: Buffer): void {
  if (!timingSafeEqual(macOf(header, key), Buffer.from(mac, 'hex'))) {
    throw new AppError('VAULT_CORRUPT', { part: 'header' });
  }
}

/** Fields in one fixed order, whatever the order in the file. */
function macOf(header: Omit<VaultHeader, 'mac'>, key: Buffer): Buffer {
  const { format, version, vault, office, createdAt, passphrase, recovery } = header;
  const { N, r, p, salt } = passphrase.kdf;
  const fields = [format, version, vault, office, createdAt, N, r, p, salt, passphrase.wrappedKey, recovery.wrappedKey];
  return createHmac('sha256', key).update(JSON.stringify(fields)).digest();
}
