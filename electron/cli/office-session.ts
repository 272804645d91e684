import type { Command } from 'commander';
import type { Translate } from '../../shared/i18n/create-i18n.ts';
import type { RevocationPolicy } from '../pki/path/path-types.ts';
import type { OfficeContext } from '../usecases/context.ts';
import { openOfficeVault } from '../usecases/open-office-vault.ts';
import type { CommandContext } from './context.ts';
import { addPassphraseFlag, addTakeOverFlag, REVOCATION_POLICIES } from './flags.ts';
import { oneOf } from './options.ts';
import { PROGRAM, readVaultSecret, type VaultFlags } from './vault-session.ts';

/** Which vault a command works with, and how strictly it looks at revocation. */
export interface OfficeFlags extends VaultFlags {
  readonly vault: string;
  readonly revocation: RevocationPolicy;
}

export function addOfficeFlags(command: Command, t: Translate): Command {
  const withVault = command.requiredOption('--vault <folder>', t('cli.vault.folder'));
  return addRevocationFlag(addTakeOverFlag(addPassphraseFlag(withVault, t), t), t);
}

export function addRevocationFlag(command: Command, t: Translate): Command {
  return command.option('--revocation <policy>', t('cli.flag.revocation'), oneOf(REVOCATION_POLICIES), 'require');
}

/** Opens the vault of an office, runs `task` with its use cases' context and closes it, whatever happens. */
export async function withOffice<T>(
  { vault: dir, passphraseFile, takeOver, revocation }: OfficeFlags,
  context: CommandContext,
  task: (office: OfficeContext) => Promise<T> | T,
): Promise<T> {
  const secret = await readVaultSecret(dir, passphraseFile, context);
  const office = await openOfficeVault({ dir, secret, now: context.now, program: PROGRAM, takeOver, revocation });
  try {
    return await task(office);
  } finally {
    await office.vault.close();
  }
}

/** Who did what a command does, in the audit log, where no person is named. */
export const ACTOR = 'command';
