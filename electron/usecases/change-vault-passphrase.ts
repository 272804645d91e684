import { changePassphrase } from '../vault/change-passphrase.ts';
import type { OfficeContext } from './context.ts';

/** Asks for the old one again: an open vault at an empty desk must not be enough. @throws AppError VAULT_PASSPHRASE_WRONG, USAGE (empty), DISK_FULL */
export function changeVaultPassphrase({ vault }: OfficeContext, current: string, passphrase: string): Promise<void> {
  return changePassphrase(vault, { passphrase: current }, { passphrase });
}
