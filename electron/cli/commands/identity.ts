import type { Command } from 'commander';
import { OFFICE_TYPES } from '../../../shared/model/vocabulary.ts';
import { addOutputFlags, addPassphraseFlag, addTakeOverFlag } from '../flags.ts';
import { addOfficeFlags, addRevocationFlag } from '../office-flags.ts';
import { collect, oneOf, wholeNumber } from '../options.ts';
import type { Frame } from '../program.ts';
import { addTokenFlags } from '../token-flags.ts';
import type { CreateOptions } from './identity/create.ts';
import type { CreateCaOptions } from './identity/create-ca.ts';
import type { CsrOptions } from './identity/csr.ts';
import type { ImportOptions } from './identity/import.ts';
import type { VaultImportOptions } from './identity/import-into-vault.ts';
import type { ListOptions } from './identity/list.ts';
import type { ShowOptions } from './identity/show.ts';
import type { UseTokenOptions } from './identity/use-token.ts';

export const IDENTITY_ALGORITHMS = ['p256', 'p384', 'rsa3072'] as const;
export const SHOWN_PEM = ['signing', 'encryption', 'chain'] as const;

/** `lexpost identity`: the signing and encryption pair of an office. */
export function registerIdentity(program: Command, frame: Frame): void {
  const group = program.command('identity').description(frame.t('cli.identity.about'));
  registerCreate(group, frame);
  registerCsr(group, frame);
  registerImport(group, frame);
  registerShow(group, frame);
  registerCreateCa(group, frame);
  registerList(group, frame);
  registerUseToken(group, frame);
}

function addSubjectFlags(command: Command, t: Frame['t']): Command {
  return command
    .requiredOption('--name <name>', t('cli.identity.name'))
    .requiredOption('--type <type>', t('cli.flag.type', { words: OFFICE_TYPES.join(' | ') }), oneOf(OFFICE_TYPES))
    .requiredOption('--uscc <code>', t('cli.identity.uscc'))
    .requiredOption('--region <code>', t('cli.identity.region'));
}

function addAlgorithmFlag(command: Command, t: Frame['t']): Command {
  const words = IDENTITY_ALGORITHMS.join(' | ');
  return command.option('--alg <algorithm>', t('cli.identity.alg', { words }), oneOf(IDENTITY_ALGORITHMS), 'p256');
}

function registerCreate(group: Command, { t, perform }: Frame): void {
  const command = group.command('create').description(t('cli.identity.create.about'));
  addAlgorithmFlag(addSubjectFlags(command, t), t)
    .option('--days <number>', t('cli.identity.days'), wholeNumber(1, 3650))
    .option('--issuer <file>', t('cli.identity.create.issuer'))
    .option('--issuer-passphrase-file <file>', t('cli.identity.create.issuerPassphraseFile'))
    .option('--cert-out <prefix>', t('cli.identity.create.certOut'));
  addPassphraseFlag(addOutputFlags(command, t), t).action((options: CreateOptions) =>
    perform(async (context) => (await import('./identity/create.ts')).createIdentityFile(options, context)),
  );
}

function registerCsr(group: Command, { t, perform }: Frame): void {
  const command = group.command('csr').description(t('cli.identity.csr.about'));
  addAlgorithmFlag(addSubjectFlags(command, t), t)
    .requiredOption('--out <prefix>', t('cli.identity.csr.out'))
    .option('--force', t('cli.flag.force'), false);
  addPassphraseFlag(command, t).action((options: CsrOptions) =>
    perform(async (context) => (await import('./identity/csr.ts')).writeRequests(options, context)),
  );
}

function registerImport(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('import')
    .description(t('cli.identity.import.about'))
    .argument('<file>', t('cli.identity.import.file'))
    .option('--cert <file>', t('cli.identity.import.cert'), collect, [])
    .option('--out <file>', t('cli.identity.import.out'))
    .option('--new-passphrase-file <file>', t('cli.identity.import.newPassphraseFile'))
    .option('--force', t('cli.flag.force'), false)
    .option('--vault <folder>', t('cli.identity.import.vault'))
    .option('--signing-passphrase-file <file>', t('cli.identity.import.signingPassphraseFile'))
    .option('--name <name>', t('cli.identity.import.name'))
    .option('--act <act>', t('cli.identity.import.act'), collect, []);
  addRevocationFlag(addTakeOverFlag(addPassphraseFlag(command, t), t), t).action(
    (file: string, { vault, ...options }: ImportOptions & Partial<VaultImportOptions>) =>
      perform(async (context) => {
        if (vault === undefined) return (await import('./identity/import.ts')).importIdentity(file, options, context);
        const { importIntoVault } = await import('./identity/import-into-vault.ts');
        return importIntoVault(file, { ...options, vault } as VaultImportOptions, context);
      }),
  );
}

function registerShow(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('show')
    .description(t('cli.identity.show.about'))
    .argument('<file>', t('cli.identity.show.file'))
    .option('--pem <which>', t('cli.identity.show.pem', { words: SHOWN_PEM.join(' | ') }), oneOf(SHOWN_PEM));
  addPassphraseFlag(command, t).action((file: string, options: ShowOptions) =>
    perform(async (context) => (await import('./identity/show.ts')).showIdentity(file, options, context)),
  );
}

function registerCreateCa(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('create-ca')
    .description(t('cli.identity.createCa.about'))
    .requiredOption('--name <name>', t('cli.identity.createCa.name'))
    .option('--cert-out <file>', t('cli.identity.createCa.certOut'))
    .option('--crl-out <file>', t('cli.identity.createCa.crlOut'));
  addAlgorithmFlag(command, t).option('--days <number>', t('cli.identity.days'), wholeNumber(1, 7300));
  addPassphraseFlag(addOutputFlags(command, t), t).action((options: CreateCaOptions) =>
    perform(async (context) => (await import('./identity/create-ca.ts')).createCaFile(options, context)),
  );
}

function registerList(group: Command, { t, perform }: Frame): void {
  const command = group.command('list').description(t('cli.identity.list.about'));
  command
    .option('--token <module>', t('cli.token.module'))
    .option('--token-parameters <text>', t('cli.token.parameters'));
  addOfficeFlags(command, t).action((options: ListOptions) =>
    perform(async (context) => (await import('./identity/list.ts')).listIdentities(options, context)),
  );
}

function registerUseToken(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('use-token')
    .description(t('cli.identity.useToken.about'))
    .option('--reading', t('cli.identity.useToken.readingFlag'), false)
    .option('--name <name>', t('cli.identity.import.name'))
    .option('--act <act>', t('cli.identity.import.act'), collect, []);
  addOfficeFlags(addTokenFlags(command, t), t).action((options: UseTokenOptions) =>
    perform(async (context) => (await import('./identity/use-token.ts')).useToken(options, context)),
  );
}
