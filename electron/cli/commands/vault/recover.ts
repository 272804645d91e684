import { recoverVault } from '../../../vault/change-passphrase.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { VaultFlags } from '../../office-flags.ts';
import { PROGRAM, readText } from '../../vault-session.ts';

export interface RecoverOptions extends Pick<VaultFlags, 'takeOver'> {
  readonly recoveryKeyFile?: string;
  readonly newPassphraseFile?: string;
}

/** Gives a vault whose passphrase is lost a new one. Signing keys stay under their persons' own passphrases. */
export async function recover(dir: string, options: RecoverOptions, context: CommandContext): Promise<CommandReport> {
  const { t, now } = context;
  const recoveryKey = await readText(context, {
    file: options.recoveryKeyFile,
    flag: '--recovery-key-file',
    label: t('cli.vault.recover.label', { folder: dir }),
  });
  const passphrase = await readText(context, {
    file: options.newPassphraseFile,
    flag: '--new-passphrase-file',
    label: dir,
    isNew: true,
  });
  const vault = await recoverVault(
    { dir, recoveryKey, now, program: PROGRAM, takeOver: options.takeOver },
    { passphrase },
  );
  await vault.close();
  return { exit: EXIT.good, json: { folder: dir, vault: vault.id }, text: [t('cli.vault.recover.verdict')] };
}
