import { type OpenVaultOptions, openVault } from '../vault/open-vault.ts';
import { type ContextOptions, createContext, type OfficeContext } from './context.ts';
import { removeHalfWritten } from './half-written.ts';
import { recountOldMatters } from './matters/recount-matter.ts';
import { setUpVault } from './office/set-up-vault.ts';

/** Opens an office's vault. @throws AppError, see {@link openVault} */
export async function openOfficeVault(options: OpenVaultOptions & ContextOptions): Promise<OfficeContext> {
  const vault = await openVault(options);
  try {
    await removeHalfWritten(vault);
    setUpVault(vault, options.now(), 'p256');
    await recountOldMatters(vault, options.now());
    return createContext(vault, options);
  } catch (error) {
    await vault.close();
    throw error;
  }
}
