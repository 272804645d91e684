import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { VaultId } from '../../shared/model/brand.ts';
import { type Office, office as officeSchema } from '../../shared/model/office-card.ts';
import { createVault } from '../vault/create-vault.ts';
import { type ContextOptions, createContext, type OfficeContext } from './context.ts';
import { setUpVault, type VaultKeyAlgorithm } from './office/set-up-vault.ts';

export interface CreateOfficeVault extends ContextOptions {
  /** Made where it is missing; must be empty. */
  readonly dir: string;
  readonly passphrase: string;
  readonly office: Office;
  readonly now: () => Date;
  readonly program: string;
  /** Of the vault's own encryption and receipt keys. Default P-256. */
  readonly algorithm?: VaultKeyAlgorithm;
  /** Cost N of scrypt; for tests. */
  readonly scryptCost?: number;
}

/**
 * Makes a vault for one device of an office, with keys and a mailbox of its own. It takes part in nothing until a card of the office lists it.
 *
 * @returns the open vault, and the recovery key to be printed once
 * @throws AppError VAULT_EXISTS, IDENTIFIER_INVALID, USAGE, FOLDER_NOT_WRITABLE, DISK_FULL
 */
export async function createOfficeVault(
  options: CreateOfficeVault,
): Promise<{ readonly context: OfficeContext; readonly recoveryKey: string }> {
  const { dir, passphrase, now, program, algorithm = 'p256', scryptCost } = options;
  const parsed = officeSchema.safeParse(options.office);
  if (!parsed.success) {
    throw new AppError('IDENTIFIER_INVALID', { field: parsed.error.issues[0]?.path.map(String).join('.') ?? 'office' });
  }
  const profile = { vault: randomUUID() as string as VaultId, office: parsed.data };
  const cost = scryptCost === undefined ? {} : { scryptCost };
  const { vault, recoveryKey } = await createVault({ dir, passphrase, profile, now, program, ...cost });
  try {
    setUpVault(vault, now(), algorithm);
    return { context: createContext(vault, options), recoveryKey };
  } catch (error) {
    await vault.close();
    throw error;
  }
}
