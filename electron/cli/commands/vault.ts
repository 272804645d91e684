import type { Command } from 'commander';
import { addPassphraseFlag, addTakeOverFlag } from '../flags.ts';
import type { Frame } from '../program.ts';
import type { BackupOptions } from './vault/backup.ts';
import type { RecoverOptions } from './vault/recover.ts';
import type { RestoreOptions } from './vault/restore.ts';
import type { StatusOptions } from './vault/status.ts';

/** `lexpost vault`: the office's store. */
export function registerVault(program: Command, frame: Frame): void {
  const group = program.command('vault').description(frame.t('cli.vault.about'));
  registerStatus(group, frame);
  registerBackup(group, frame);
  registerRestore(group, frame);
  registerRecover(group, frame);
}

function registerStatus(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('status')
    .description(t('cli.vault.status.about'))
    .argument('<folder>', t('cli.vault.folder'));
  addTakeOverFlag(addPassphraseFlag(command, t), t).action((dir: string, options: StatusOptions) =>
    perform(async (context) => (await import('./vault/status.ts')).showStatus(dir, options, context)),
  );
}

function registerBackup(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('backup')
    .description(t('cli.vault.backup.about'))
    .argument('<folder>', t('cli.vault.folder'))
    .requiredOption('--out <folder>', t('cli.vault.backup.out'));
  addTakeOverFlag(addPassphraseFlag(command, t), t).action((dir: string, options: BackupOptions) =>
    perform(async (context) => (await import('./vault/backup.ts')).backup(dir, options, context)),
  );
}

function registerRestore(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('restore')
    .description(t('cli.vault.restore.about'))
    .argument('<folder>', t('cli.vault.restore.folder'))
    .requiredOption('--from <folder>', t('cli.vault.restore.from'))
    .option('--recovery-key-file <file>', t('cli.vault.recoveryKeyFile'));
  addPassphraseFlag(command, t).action((dir: string, options: RestoreOptions) =>
    perform(async (context) => (await import('./vault/restore.ts')).restore(dir, options, context)),
  );
}

function registerRecover(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('recover')
    .description(t('cli.vault.recover.about'))
    .argument('<folder>', t('cli.vault.folder'))
    .option('--recovery-key-file <file>', t('cli.vault.recoveryKeyFile'))
    .option('--new-passphrase-file <file>', t('cli.vault.recover.newPassphraseFile'));
  addTakeOverFlag(command, t).action((dir: string, options: RecoverOptions) =>
    perform(async (context) => (await import('./vault/recover.ts')).recover(dir, options, context)),
  );
}
