import { AppError } from '../../../shared/errors.ts';
import type { VaultHeader } from './header.ts';
import { deriveFromPassphrase, deriveSubkey, type ScryptParameters } from './kdf.ts';
import { unwrapKey, wrapKey } from './key-wrap.ts';
import { parseRecoveryKey } from './recovery-key.ts';
import { passphraseBytes, withSecret } from './secret.ts';

/** Opens a vault: what a person knows, or what the office keeps in its safe. */
export type VaultSecret = { readonly passphrase: string } | { readonly recoveryKey: string };

/** @returns base64 of the master key wrapped under the passphrase */
export async function wrapUnderPassphrase(
  master: Buffer,
  passphrase: string,
  kdf: ScryptParameters,
  vault: string,
): Promise<string> {
  const kek = await passphraseKey(passphrase, kdf);
  return withSecret(kek, () => wrapKey(kek, master, passphraseAad(kdf, vault)).toString('base64'));
}

/** @returns base64 of the master key wrapped under the recovery key */
export async function wrapUnderRecoveryKey(master: Buffer, recoveryKey: string, vault: string): Promise<string> {
  const kek = await recoveryKek(recoveryKey, vault);
  return withSecret(kek, () => wrapKey(kek, master, recoveryAad(vault)).toString('base64'));
}

/**
 * The master key, 32 bytes. Zero it after use.
 *
 * @throws AppError VAULT_PASSPHRASE_WRONG, VAULT_RECOVERY_KEY_WRONG, VAULT_RECOVERY_KEY_MISTYPED, or VAULT_CORRUPT where the header asks
 *   for a cost outside the bounds
 */
export async function unwrapMaster({ vault, passphrase, recovery }: VaultHeader, secret: VaultSecret): Promise<Buffer> {
  if ('recoveryKey' in secret) {
    const kek = await recoveryKek(secret.recoveryKey, vault);
    const wrapped = Buffer.from(recovery.wrappedKey, 'base64');
    const master = await withSecret(kek, () => unwrapKey(kek, wrapped, recoveryAad(vault)));
    if (master === null) throw new AppError('VAULT_RECOVERY_KEY_WRONG');
    return master;
  }
  const kek = await passphraseKey(secret.passphrase, passphrase.kdf);
  const wrapped = Buffer.from(passphrase.wrappedKey, 'base64');
  const master = await withSecret(kek, () => unwrapKey(kek, wrapped, passphraseAad(passphrase.kdf, vault)));
  if (master === null) throw new AppError('VAULT_PASSPHRASE_WRONG');
  return master;
}

function passphraseKey(passphrase: string, kdf: ScryptParameters): Promise<Buffer> {
  return withSecret(passphraseBytes(passphrase), (bytes) => deriveFromPassphrase(bytes, kdf));
}

function recoveryKek(recoveryKey: string, vault: string): Promise<Buffer> {
  return withSecret(parseRecoveryKey(recoveryKey), (bytes) =>
    deriveSubkey(bytes, Buffer.from(vault, 'ascii'), 'recovery'),
  );
}

const passphraseAad = ({ name, N, r, p, salt }: ScryptParameters, vault: string): string =>
  JSON.stringify(['lexpost-vault', 1, 'passphrase', vault, name, N, r, p, salt]);

const recoveryAad = (vault: string): string => JSON.stringify(['lexpost-vault', 1, 'recovery', vault]);
