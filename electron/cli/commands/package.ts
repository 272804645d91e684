import type { Command } from 'commander';
import { ACTS, PROCEDURE_TYPES } from '../../../shared/model/vocabulary.ts';
import { addOutputFlags, addPassphraseFlag, addReportFlags, addTrustFlags } from '../flags.ts';
import { collect, oneOf } from '../options.ts';
import type { Frame } from '../program.ts';
import { addTokenFlags } from '../token-flags.ts';
import type { OpenOptions } from './package/open.ts';
import type { SealOptions } from './package/seal.ts';
import type { VerifyOptions } from './package/verify.ts';

/** `lexpost package`: one package as a file, without a vault. */
export function registerPackage(program: Command, frame: Frame): void {
  const group = program.command('package').description(frame.t('cli.package.about'));
  registerSeal(group, frame);
  registerInspect(group, frame);
  registerOpen(group, frame);
  registerVerify(group, frame);
}

function registerSeal(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('seal')
    .description(t('cli.package.seal.about'))
    .option('--signer <file>', t('cli.package.seal.signer'))
    .requiredOption('--to <file>', t('cli.package.seal.to'), collect)
    .requiredOption('--type <type>', t('cli.flag.type', { words: PROCEDURE_TYPES.join(' | ') }), oneOf(PROCEDURE_TYPES))
    .requiredOption('--act <act>', t('cli.flag.act', { words: ACTS.join(' | ') }), oneOf(ACTS))
    .requiredOption('--form <file>', t('cli.flag.form'))
    .option('--attach <file>', t('cli.flag.attach'), collect, [])
    .option('--doc-kind <kind>', t('cli.flag.docKind'), collect, []);
  addOutputFlags(command, t);
  addTokenFlags(addPassphraseFlag(command, t), t);
  command.option('--tsa <url>', t('cli.package.seal.tsa'), collect, []);
  command.action((options: SealOptions) =>
    perform(async (context) => (await import('./package/seal.ts')).sealFiles(options, context)),
  );
}

function registerInspect(group: Command, { t, perform }: Frame): void {
  group
    .command('inspect')
    .description(t('cli.package.inspect.about'))
    .argument('<package>', t('cli.package.file'))
    .action((file: string) =>
      perform(async (context) => (await import('./package/inspect.ts')).inspectFile(file, context)),
    );
}

function registerOpen(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('open')
    .description(t('cli.package.open.about'))
    .argument('<package>', t('cli.package.file'))
    .option('--key <file>', t('cli.package.open.key'), collect, []);
  addTrustFlags(command, t)
    .option('--card <file>', t('cli.flag.card'), collect, [])
    .option('--out <folder>', t('cli.package.open.out'))
    .option('--extract-indeterminate', t('cli.package.open.extractIndeterminate'), false);
  addTokenFlags(addPassphraseFlag(command, t), t);
  addReportFlags(command, t);
  command.action((file: string, options: OpenOptions) =>
    perform(async (context) => (await import('./package/open.ts')).openFile(file, options, context)),
  );
}

function registerVerify(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('verify')
    .description(t('cli.package.verify.about'))
    .argument('<container>', t('cli.package.verify.file'));
  addTrustFlags(command, t).option('--card <file>', t('cli.flag.card'), collect, []);
  addReportFlags(command, t).action((file: string, options: VerifyOptions) =>
    perform(async (context) => (await import('./package/verify.ts')).verifyFile(file, options, context)),
  );
}
