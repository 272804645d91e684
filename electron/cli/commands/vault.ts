import type { Command } from 'commander';
import { OFFICE_TYPES } from '../../../shared/model/vocabulary.ts';
import { addPassphraseFlag, addTakeOverFlag } from '../flags.ts';
import { addOpenFlags, addRevocationFlag, addSigningFlags } from '../office-flags.ts';
import { collect, oneOf } from '../options.ts';
import type { Frame } from '../program.ts';
import { IDENTITY_ALGORITHMS } from './identity.ts';
import type { AdmitOptions } from './vault/admit.ts';
import type { BackupOptions } from './vault/backup.ts';
import type { CreateOptions } from './vault/create.ts';
import type { JoinOptions } from './vault/join.ts';
import type { NetworkOptions } from './vault/network.ts';
import type { RecoverOptions } from './vault/recover.ts';
import type { RenewOptions } from './vault/renew.ts';
import type { RestoreOptions } from './vault/restore.ts';
import type { ResumeOptions } from './vault/resume.ts';
import type { StatusOptions } from './vault/status.ts';
import type { TrustOptions } from './vault/trust.ts';

/** `lexpost vault`: the office's store. */
export function registerVault(program: Command, frame: Frame): void {
  const group = program.command('vault').description(frame.t('cli.vault.about'));
  registerCreate(group, frame);
  registerStatus(group, frame);
  registerBackup(group, frame);
  registerRestore(group, frame);
  registerRecover(group, frame);
  registerResume(group, frame);
  registerJoin(group, frame);
  registerAdmit(group, frame);
  registerTrust(group, frame);
  registerRenew(group, frame);
  registerNetwork(group, frame);
}

function registerCreate(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('create')
    .description(t('cli.vault.create.about'))
    .argument('<folder>', t('cli.vault.newFolder'))
    .requiredOption('--name <name>', t('cli.identity.name'))
    .requiredOption('--type <type>', t('cli.flag.type', { words: OFFICE_TYPES.join(' | ') }), oneOf(OFFICE_TYPES))
    .requiredOption('--uscc <code>', t('cli.identity.uscc'))
    .requiredOption('--region <code>', t('cli.identity.region'))
    .option(
      '--alg <algorithm>',
      t('cli.identity.alg', { words: IDENTITY_ALGORITHMS.join(' | ') }),
      oneOf(IDENTITY_ALGORITHMS),
      'p256',
    )
    .option('--signer <file>', t('cli.vault.create.signer'))
    .option('--signing-passphrase-file <file>', t('cli.flag.signingPassphraseFile'))
    .option('--person <name>', t('cli.vault.create.person'))
    .option('--route <folder>', t('cli.vault.create.route'))
    .option('--trust <file>', t('cli.flag.trust'), collect, [])
    .option('--fingerprint <digest>', t('cli.trust.fingerprintFlag'), collect, [])
    .option('--crl <file>', t('cli.flag.crl'), collect, []);
  addRevocationFlag(addPassphraseFlag(command, t), t).action((dir: string, options: CreateOptions) =>
    perform(async (context) => (await import('./vault/create.ts')).create(dir, options, context)),
  );
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
    .argument('<folder>', t('cli.vault.newFolder'))
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

function registerResume(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('resume')
    .description(t('cli.vault.resume.about'))
    .argument('<folder>', t('cli.vault.folder'))
    .option('--without-answers', t('cli.vault.resume.withoutAnswers'), false);
  addSigningFlags(addOpenFlags(command, t), t).action((dir: string, options: ResumeOptions) =>
    perform(async (context) => (await import('./vault/resume.ts')).resume(dir, options, context)),
  );
}

function registerJoin(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('join')
    .description(t('cli.vault.join.about'))
    .argument('<folder>', t('cli.vault.folder'))
    .requiredOption('--out <file>', t('cli.flag.out'))
    .option('--force', t('cli.flag.force'), false);
  addOpenFlags(command, t).action((dir: string, options: JoinOptions) =>
    perform(async (context) => (await import('./vault/join.ts')).requestJoin(dir, options, context)),
  );
}

function registerAdmit(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('admit')
    .description(t('cli.vault.admit.about'))
    .argument('<folder>', t('cli.vault.folder'))
    .requiredOption('--request <file>', t('cli.vault.admit.request'))
    .requiredOption('--fingerprint <digest>', t('cli.vault.admit.fingerprint'));
  addSigningFlags(addOpenFlags(command, t), t).action((dir: string, options: AdmitOptions) =>
    perform(async (context) => (await import('./vault/admit.ts')).admit(dir, options, context)),
  );
}

function registerTrust(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('trust')
    .description(t('cli.vault.trust.about'))
    .argument('<folder>', t('cli.vault.folder'))
    .option('--trust <file>', t('cli.flag.trust'), collect, [])
    .option('--fingerprint <digest>', t('cli.trust.fingerprintFlag'), collect, [])
    .option('--crl <file>', t('cli.flag.crl'), collect, []);
  addOpenFlags(command, t).action((dir: string, options: TrustOptions) =>
    perform(async (context) => (await import('./vault/trust.ts')).addTrust(dir, options, context)),
  );
}

function registerNetwork(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('network')
    .description(t('cli.vault.network.about'))
    .argument('<folder>', t('cli.vault.folder'))
    .option('--allow <host>', t('cli.vault.network.allow'), collect, [])
    .option('--allow-address <address>', t('cli.vault.network.allowAddress'), collect, [])
    .option('--forbid <host>', t('cli.vault.network.forbid'), collect, [])
    .option('--tsa <url>', t('cli.vault.network.addTsa'), collect, [])
    .option('--tsa-policy <oid>', t('cli.vault.network.setTsaPolicy'))
    .option('--drop-tsa <url>', t('cli.vault.network.dropTsa'), collect, [])
    .option('--proxy <url>', t('cli.vault.network.setProxy'));
  addOpenFlags(command, t).action((dir: string, options: NetworkOptions) =>
    perform(async (context) => (await import('./vault/network.ts')).network(dir, options, context)),
  );
}

function registerRenew(group: Command, { t, perform }: Frame): void {
  const kinds = ['encryption', 'receipt'] as const;
  const words = IDENTITY_ALGORITHMS.join(' | ');
  const command = group
    .command('renew')
    .description(t('cli.vault.renew.about'))
    .argument('<folder>', t('cli.vault.folder'))
    .option('--only <kind>', t('cli.vault.renew.only', { words: kinds.join(' | ') }), oneOf(kinds))
    .option('--alg <algorithm>', t('cli.identity.alg', { words }), oneOf(IDENTITY_ALGORITHMS), 'p256');
  addSigningFlags(addOpenFlags(command, t), t).action((dir: string, options: RenewOptions) =>
    perform(async (context) => (await import('./vault/renew.ts')).renew(dir, options, context)),
  );
}
