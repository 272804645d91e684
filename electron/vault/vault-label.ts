import { hasCode } from '../../shared/errors.ts';
import { readHeader } from './keys/header.ts';
import { vaultPaths } from './vault-paths.ts';

/** The office's name as the vault's header says it before it is opened: nothing vouches for it yet. Null where there is no vault. */
export async function readVaultLabel(dir: string): Promise<string | null> {
  try {
    return (await readHeader(vaultPaths(dir).header)).office;
  } catch (error) {
    if (hasCode(error, 'VAULT_NOT_FOUND')) return null;
    throw error;
  }
}
