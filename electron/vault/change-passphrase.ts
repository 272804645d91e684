import { randomBytes } from 'node:crypto';
import type { Instant } from '../../shared/model/brand.ts';
import { makeScryptParameters } from './create-vault.ts';
import { readHeader, sealHeader, writeHeader } from './keys/header.ts';
import { SCRYPT_COST } from './keys/kdf.ts';
import { unwrapMaster, type VaultSecret, wrapUnderPassphrase } from './keys/master-key.ts';
import { withSecret } from './keys/secret.ts';
import { type OpenVaultOptions, openVault } from './open-vault.ts';
import { appendAudit } from './repositories/audit.ts';
import type { Vault } from './vault.ts';

export interface NewPassphrase {
  readonly passphrase: string;
  readonly scryptCost?: number;
}

/**
 * Wraps the master key under a new passphrase. The old one, or the recovery key, is asked for again: an open vault at an empty desk must not be
 * enough. A copy of the old header that somebody kept still opens with the old passphrase.
 *
 * @throws AppError VAULT_PASSPHRASE_WRONG, VAULT_RECOVERY_KEY_WRONG, VAULT_RECOVERY_KEY_MISTYPED, USAGE (empty), DISK_FULL
 */
export async function changePassphrase(
  vault: Vault,
  secret: VaultSecret,
  { passphrase, scryptCost = SCRYPT_COST.usual }: NewPassphrase,
): Promise<void> {
  const header = await readHeader(vault.paths.header);
  const kdf = makeScryptParameters(scryptCost, randomBytes);
  const wrappedKey = await withSecret(await unwrapMaster(header, secret), (master) =>
    wrapUnderPassphrase(master, passphrase, kdf, header.vault),
  );
  await writeHeader(vault.paths.header, sealHeader({ ...header, passphrase: { kdf, wrappedKey } }, vault.keys.header));
  vault.write((db) => {
    const how = 'recoveryKey' in secret ? 'recovery-key' : 'passphrase';
    const at = vault.now().toISOString() as Instant;
    appendAudit(db, { at, actor: 'vault', action: 'passphrase-changed', subject: null, detail: { how } });
  });
}

export type RecoverVaultOptions = Omit<OpenVaultOptions, 'secret'> & { readonly recoveryKey: string };

/**
 * Opens a vault whose passphrase is lost and gives it a new one. Data and decryption keys come back; signing keys stay under their persons'
 * own passphrases (protocol.md 1).
 */
export async function recoverVault(
  { recoveryKey, ...options }: RecoverVaultOptions,
  next: NewPassphrase,
): Promise<Vault> {
  const vault = await openVault({ ...options, secret: { recoveryKey } });
  try {
    await changePassphrase(vault, { recoveryKey }, next);
    return vault;
  } catch (error) {
    await vault.close();
    throw error;
  }
}
