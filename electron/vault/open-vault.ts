import { checkHeader, readHeader, type VaultHeader } from './keys/header.ts';
import { unwrapMaster, type VaultSecret } from './keys/master-key.ts';
import { withSecret } from './keys/secret.ts';
import { deriveVaultKeys, type VaultKeys, zeroVaultKeys } from './keys/vault-keys.ts';
import { openUnlocked } from './open-unlocked.ts';
import type { Vault } from './vault.ts';
import { acquireLock } from './vault-lock.ts';
import { vaultPaths } from './vault-paths.ts';

export interface OpenVaultOptions {
  readonly dir: string;
  readonly secret: VaultSecret;
  readonly now: () => Date;
  /** Names this process to whoever finds the vault in use, e.g. `window` or `sync`. */
  readonly program: string;
  /** Opens although a lock of another machine stands in the folder. */
  readonly takeOver?: boolean;
}

/**
 * Opens a vault and puts right what a crash left. A database that is older than the vault's audit head opens in state `restored`.
 *
 * @throws AppError VAULT_NOT_FOUND, VAULT_IN_USE, VAULT_PASSPHRASE_WRONG, VAULT_RECOVERY_KEY_WRONG, VAULT_RECOVERY_KEY_MISTYPED, VAULT_NEWER,
 *   VAULT_CORRUPT, FOLDER_NOT_WRITABLE, DISK_FULL or IO_ERROR
 */
export async function openVault({ dir, secret, now, program, takeOver = false }: OpenVaultOptions): Promise<Vault> {
  const paths = vaultPaths(dir);
  const header = await readHeader(paths.header);
  const lock = acquireLock(paths, { program, now: now(), takeOver });
  try {
    const keys = await unlock(header, secret);
    try {
      return await openUnlocked({ id: header.vault, paths, keys, lock, now });
    } catch (error) {
      zeroVaultKeys(keys);
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** @throws AppError where the secret is wrong, or VAULT_CORRUPT where the header was changed */
export async function unlock(header: VaultHeader, secret: VaultSecret): Promise<VaultKeys> {
  const keys = await withSecret(await unwrapMaster(header, secret), (master) => deriveVaultKeys(master, header.vault));
  try {
    checkHeader(header, keys.header);
    return keys;
  } catch (error) {
    zeroVaultKeys(keys);
    throw error;
  }
}
