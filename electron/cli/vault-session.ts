import { removeHalfWritten } from '../usecases/half-written.ts';
import type { VaultSecret } from '../vault/keys/master-key.ts';
import { openVault } from '../vault/open-vault.ts';
import type { Vault } from '../vault/vault.ts';
import type { CommandContext } from './context.ts';
import type { VaultFlags } from './office-flags.ts';
import { readPassphrase } from './passphrase.ts';

/** Names this process to whoever finds the vault in use. */
export const PROGRAM = 'lexpost';

/** Opens a vault, runs `task` and closes it, whatever happens. */
export async function withVault<T>(
  dir: string,
  flags: VaultFlags,
  context: CommandContext,
  task: (vault: Vault) => Promise<T> | T,
): Promise<T> {
  const secret = await readVaultSecret(dir, flags.passphraseFile, context);
  const vault = await openVault({ dir, secret, now: context.now, program: PROGRAM, takeOver: flags.takeOver });
  try {
    await removeHalfWritten(vault);
    return await task(vault);
  } finally {
    await vault.close();
  }
}

export async function readVaultSecret(
  label: string,
  passphraseFile: string | undefined,
  context: CommandContext,
): Promise<VaultSecret> {
  return { passphrase: await readText(context, { file: passphraseFile, label }) };
}

/** A secret as text, the form in which the rooms below take it. */
export async function readText(
  context: CommandContext,
  request: Parameters<typeof readPassphrase>[1],
): Promise<string> {
  const bytes = await readPassphrase(context, request);
  try {
    return bytes.toString('utf8');
  } finally {
    bytes.fill(0);
  }
}
