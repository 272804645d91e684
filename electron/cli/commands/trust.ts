import type { Command } from 'commander';
import { ANCHOR_SCOPES } from '../../../shared/model/anchor-scope.ts';
import { addOfficeFlags } from '../office-flags.ts';
import { collect, collectOneOf, parseInstant } from '../options.ts';
import type { Frame } from '../program.ts';
import type { ChangeOptions, ConfirmOptions } from './trust/change.ts';
import type { ImportOptions } from './trust/import.ts';
import type { ListOptions } from './trust/list.ts';

/** `lexpost trust`: the authorities that certificates may end in. */
export function registerTrustStore(program: Command, frame: Frame): void {
  const group = program.command('trust').description(frame.t('cli.trust.about'));
  registerList(group, frame);
  registerImport(group, frame);
  registerConfirm(group, frame);
  registerChange(group, frame);
  registerRemove(group, frame);
}

function addTermsFlags(command: Command, t: Frame['t']): Command {
  const words = ANCHOR_SCOPES.join(' | ');
  return command
    .option('--scope <scope>', t('cli.trust.scopeFlag', { words }), collectOneOf(ANCHOR_SCOPES), [])
    .option('--from <time>', t('cli.trust.from'), parseInstant)
    .option('--until <time>', t('cli.trust.until'), parseInstant);
}

function registerList(group: Command, { t, perform }: Frame): void {
  const command = group.command('list').description(t('cli.trust.list.about'));
  addOfficeFlags(command, t).action((options: ListOptions) =>
    perform(async (context) => (await import('./trust/list.ts')).list(options, context)),
  );
}

function registerImport(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('import')
    .description(t('cli.trust.import.about'))
    .argument('<file...>', t('cli.trust.file'))
    .option('--fingerprint <digest>', t('cli.trust.fingerprintFlag'), collect, []);
  addOfficeFlags(addTermsFlags(command, t), t).action((files: string[], options: ImportOptions) =>
    perform(async (context) => (await import('./trust/import.ts')).importFiles(files, options, context)),
  );
}

function registerConfirm(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('confirm')
    .description(t('cli.trust.confirm.about'))
    .argument('<fingerprint...>', t('cli.trust.typed'));
  addOfficeFlags(command, t).action((typed: string[], options: ConfirmOptions) =>
    perform(async (context) => (await import('./trust/change.ts')).confirm(typed.join(''), options, context)),
  );
}

function registerChange(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('change')
    .description(t('cli.trust.change.about'))
    .argument('<fingerprint...>', t('cli.trust.typed'));
  addOfficeFlags(addTermsFlags(command, t), t).action((typed: string[], options: ChangeOptions) =>
    perform(async (context) => (await import('./trust/change.ts')).change(typed.join(''), options, context)),
  );
}

function registerRemove(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('remove')
    .description(t('cli.trust.remove.about'))
    .argument('<fingerprint...>', t('cli.trust.typed'));
  addOfficeFlags(command, t).action((typed: string[], options: ConfirmOptions) =>
    perform(async (context) => (await import('./trust/change.ts')).remove(typed.join(''), options, context)),
  );
}
