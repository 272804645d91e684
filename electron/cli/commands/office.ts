import type { Command } from 'commander';
import { OFFICE_TYPES } from '../../../shared/model/vocabulary.ts';
import { addOutputFlags } from '../flags.ts';
import { addOfficeFlags, addSigningFlags, type OfficeFlags } from '../office-flags.ts';
import { collect, collectOneOf, oneOf, wholeNumber } from '../options.ts';
import type { Frame } from '../program.ts';
import type { CardOptions, PublishOptions } from './office/card.ts';
import type { CodeOptions } from './office/code.ts';
import type { ConfirmOptions } from './office/confirm.ts';
import type { ImportOptions as DirectoryImportOptions, SignOptions } from './office/directory.ts';
import type { ExportOptions } from './office/export.ts';
import type { ImportOptions } from './office/import.ts';
import type { ListOptions } from './office/list.ts';
import type { RouteOptions } from './office/route.ts';
import type { WithdrawOptions } from './office/withdraw.ts';

/** `lexpost office`: the directory of counterparts, and our own card in it. */
export function registerOffice(program: Command, frame: Frame): void {
  const group = program.command('office').description(frame.t('cli.office.about'));
  registerAdd(group, frame);
  registerImport(group, frame);
  registerConfirm(group, frame);
  registerWithdraw(group, frame);
  registerList(group, frame);
  registerExport(group, frame);
  registerCode(group, frame);
  registerRoute(group, frame);
  registerDirectory(group, frame);
  registerCard(group, frame);
  registerPublish(group, frame);
}

function registerAdd(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('add')
    .description(t('cli.office.add.about'))
    .argument('<card>', t('cli.office.card'))
    .requiredOption('--fingerprint <digest>', t('cli.office.fingerprintFlag'))
    .option('--route <folder>', t('cli.office.route.folder'));
  addOfficeFlags(command, t).action((file: string, options: ImportOptions) =>
    perform(async (context) => (await import('./office/import.ts')).importFile(file, options, context)),
  );
}

function registerImport(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('import')
    .description(t('cli.office.import.about'))
    .argument('<card>', t('cli.office.card'))
    .option('--fingerprint <digest>', t('cli.office.fingerprintFlag'))
    .option('--route <folder>', t('cli.office.route.folder'));
  addOfficeFlags(command, t).action((file: string, options: ImportOptions) =>
    perform(async (context) => (await import('./office/import.ts')).importFile(file, options, context)),
  );
}

function registerConfirm(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('confirm')
    .description(t('cli.office.confirm.about'))
    .argument('<uscc>', t('cli.identity.uscc'))
    .option('--fingerprint <digest>', t('cli.office.fingerprintFlag'))
    .option('--how <how>', t('cli.office.confirm.how'))
    .option('--refuse', t('cli.office.confirm.refuse'), false);
  addOfficeFlags(command, t).action((uscc: string, options: ConfirmOptions) =>
    perform(async (context) => (await import('./office/confirm.ts')).confirm(uscc, options, context)),
  );
}

function registerWithdraw(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('withdraw')
    .description(t('cli.office.withdraw.about'))
    .argument('<uscc>', t('cli.identity.uscc'))
    .option('--reason <text>', t('cli.office.withdraw.reason'));
  addOfficeFlags(command, t).action((uscc: string, options: WithdrawOptions) =>
    perform(async (context) => (await import('./office/withdraw.ts')).withdraw(uscc, options, context)),
  );
}

function registerList(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('list')
    .description(t('cli.office.list.about'))
    .option('--name <text>', t('cli.office.list.name'))
    .option('--type <type>', t('cli.flag.type', { words: OFFICE_TYPES.join(' | ') }), oneOf(OFFICE_TYPES))
    .option('--region <code>', t('cli.office.list.region'));
  addOfficeFlags(command, t).action((options: ListOptions) =>
    perform(async (context) => (await import('./office/list.ts')).list(options, context)),
  );
}

function registerExport(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('export')
    .description(t('cli.office.export.about'))
    .argument('[uscc]', t('cli.identity.uscc'));
  addOfficeFlags(addOutputFlags(command, t), t).action((uscc: string | undefined, options: ExportOptions) =>
    perform(async (context) => (await import('./office/export.ts')).exportFile(uscc, options, context)),
  );
}

function registerCode(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('code')
    .description(t('cli.office.code.about'))
    .argument('[uscc]', t('cli.identity.uscc'))
    .option('--out <file>', t('cli.office.code.out'))
    .option('--force', t('cli.flag.force'), false);
  addOfficeFlags(command, t).action((uscc: string | undefined, options: CodeOptions) =>
    perform(async (context) => (await import('./office/code.ts')).code(uscc, options, context)),
  );
}

/** `list` and `remove` take the group's own options: commander gives them to the group wherever they stand. */
function registerRoute(group: Command, frame: Frame): void {
  const { t, perform } = frame;
  const command = group
    .command('route')
    .description(t('cli.office.route.about'))
    .argument('[folder]', t('cli.office.route.folder'))
    .option('--config <file>', t('cli.office.route.config'))
    .option('--id <id>', t('cli.office.route.id'))
    .option('--to <uscc>', t('cli.office.route.to'), collect, [])
    .option('--order <place>', t('cli.office.route.order'), wholeNumber(1, 100));
  addOfficeFlags(command, t).action((folder: string | undefined, options: RouteOptions) =>
    perform(async (context) => (await import('./office/route.ts')).route(folder, options, context)),
  );
  command
    .command('list')
    .description(t('cli.office.route.list.about'))
    .action((_: unknown, list: Command) =>
      perform(async (context) => (await import('./office/route.ts')).listRoutes(list.optsWithGlobals(), context)),
    );
  command
    .command('remove')
    .description(t('cli.office.route.remove.about'))
    .argument('<id>', t('cli.office.route.id'))
    .action((id: string, _: unknown, remove: Command) =>
      perform(async (context) => (await import('./office/route.ts')).remove(id, remove.optsWithGlobals(), context)),
    );
}

function registerDirectory(group: Command, frame: Frame): void {
  const { t, perform } = frame;
  const directory = group.command('directory').description(t('cli.office.directory.about'));
  const sign = directory
    .command('sign')
    .description(t('cli.office.directory.sign.about'))
    .requiredOption('--region <digits>', t('cli.office.directory.sign.region'), collect, [])
    .requiredOption(
      '--type <type>',
      t('cli.flag.type', { words: OFFICE_TYPES.join(' | ') }),
      collectOneOf(OFFICE_TYPES),
      [],
    )
    .option('--days <days>', t('cli.office.directory.sign.days'), wholeNumber(1, 366), 90);
  addSigningFlags(addOfficeFlags(addOutputFlags(sign, t), t), t).action((options: SignOptions) =>
    perform(async (context) => (await import('./office/directory.ts')).sign(options, context)),
  );
  const take = directory
    .command('import')
    .description(t('cli.office.directory.import.about'))
    .argument('<file>', t('cli.office.directory.file'))
    .option('--accept', t('cli.office.directory.import.accept'), false);
  addOfficeFlags(take, t).action((file: string, options: DirectoryImportOptions) =>
    perform(async (context) => (await import('./office/directory.ts')).importFile(file, options, context)),
  );
  const list = directory.command('list').description(t('cli.office.directory.list.about'));
  addOfficeFlags(list, t).action((options: OfficeFlags) =>
    perform(async (context) => (await import('./office/directory.ts')).list(options, context)),
  );
}

function registerCard(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('card')
    .description(t('cli.office.cardCommand.about'))
    .option('--remove-person <id>', t('cli.office.cardCommand.removePerson'), collect, [])
    .option('--retire-vault <id>', t('cli.office.cardCommand.retireVault'), collect, [])
    .option('--registrar <id>', t('cli.office.cardCommand.registrar'))
    .option('--format <suffix>', t('cli.office.cardCommand.format'), collect, []);
  addSigningFlags(addOfficeFlags(command, t), t).action((options: CardOptions) =>
    perform(async (context) => (await import('./office/card.ts')).signCard(options, context)),
  );
}

function registerPublish(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('publish')
    .description(t('cli.office.publish.about'))
    .option('--to <uscc>', t('cli.office.route.to'), collect, []);
  addSigningFlags(addOfficeFlags(command, t), t).action((options: PublishOptions) =>
    perform(async (context) => (await import('./office/card.ts')).publish(options, context)),
  );
}
