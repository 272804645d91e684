import type { Command } from 'commander';
import { ACTS, PROCEDURE_TYPES } from '../../../shared/model/vocabulary.ts';
import { addOutputFlags, addReportFlags } from '../flags.ts';
import { addOfficeFlags, addSigningFlags, type OfficeFlags } from '../office-flags.ts';
import { collect, oneOf, parseInstant, wholeNumber } from '../options.ts';
import type { Frame } from '../program.ts';
import type { ConfirmOptions } from './message/confirm.ts';
import type { ExportOptions } from './message/export.ts';
import type { ListOptions } from './message/list.ts';
import type { OpenedOptions } from './message/opened.ts';
import type { RejectedOptions } from './message/rejected.ts';
import type { SendOptions } from './message/send.ts';
import type { ShowOptions } from './message/show.ts';
import type { VerifyOptions } from './message/verify.ts';

/** `lexpost message`: signed acts of a matter. */
export function registerMessage(program: Command, frame: Frame): void {
  const group = program.command('message').description(frame.t('cli.message.about'));
  registerSend(group, frame);
  registerList(group, frame);
  registerShow(group, frame);
  registerOpened(group, frame);
  registerConfirm(group, frame);
  registerRemind(group, frame);
  registerUndeliverable(group, frame);
  registerRejected(group, frame);
  registerVerify(group, frame);
  registerExport(group, frame);
}

function registerSend(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('send')
    .description(t('cli.message.send.about'))
    .option('--matter <id>', t('cli.message.send.matter'))
    .option('--type <type>', t('cli.message.send.type', { words: PROCEDURE_TYPES.join(' | ') }), oneOf(PROCEDURE_TYPES))
    .option('--to <uscc>', t('cli.message.send.to'), collect, [])
    .requiredOption('--act <act>', t('cli.flag.act', { words: ACTS.join(' | ') }), oneOf(ACTS))
    .requiredOption('--form <file>', t('cli.flag.form'))
    .option('--attach <file>', t('cli.flag.attach'), collect, [])
    .option('--doc-kind <kind>', t('cli.flag.docKind'), collect, [])
    .option('--preflight', t('cli.message.send.preflight'), false)
    .option('--again', t('cli.message.send.again'), false);
  addSigningFlags(addOfficeFlags(command, t), t).action((options: SendOptions) =>
    perform(async (context) => (await import('./message/send.ts')).send(options, context)),
  );
}

function registerList(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('list')
    .description(t('cli.message.list.about'))
    .option('--matter <id>', t('cli.matter.id'))
    .option('--direction <direction>', t('cli.message.list.direction'), oneOf(['in', 'out']))
    .option('--status <status>', t('cli.message.list.status'), oneOf(['accepted', 'refused', 'held']))
    .option('--limit <number>', t('cli.flag.limit'), wholeNumber(1, 10_000), 100);
  addOfficeFlags(command, t).action((options: ListOptions) =>
    perform(async (context) => (await import('./message/list.ts')).list(options, context)),
  );
}

function registerShow(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('show')
    .description(t('cli.message.show.about'))
    .argument('<m>', t('cli.message.m'))
    .option('--out <folder>', t('cli.package.open.out'));
  addOfficeFlags(command, t).action((m: string, options: ShowOptions) =>
    perform(async (context) => (await import('./message/show.ts')).show(m, options, context)),
  );
}

function registerOpened(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('opened')
    .description(t('cli.message.opened.about'))
    .argument('<m>', t('cli.message.m'))
    .requiredOption('--person <id>', t('cli.message.opened.person'));
  addOfficeFlags(command, t).action((m: string, options: OpenedOptions) =>
    perform(async (context) => (await import('./message/opened.ts')).opened(m, options, context)),
  );
}

function registerConfirm(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('confirm')
    .description(t('cli.message.confirm.about'))
    .option('--send <m>', t('cli.message.confirm.send'), collect, [])
    .option('--drop <m>', t('cli.message.confirm.drop'), collect, []);
  addOfficeFlags(command, t).action((options: ConfirmOptions) =>
    perform(async (context) => (await import('./message/confirm.ts')).confirm(options, context)),
  );
}

function registerRemind(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('remind')
    .description(t('cli.message.remind.about'))
    .argument('<m>', t('cli.message.m'));
  addOfficeFlags(command, t).action((m: string, options: OfficeFlags) =>
    perform(async (context) => (await import('./message/remind.ts')).remind(m, options, context)),
  );
}

function registerUndeliverable(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('undeliverable')
    .description(t('cli.message.undeliverable.about'))
    .argument('<m>', t('cli.message.m'));
  addOfficeFlags(command, t).action((m: string, options: OfficeFlags) =>
    perform(async (context) => (await import('./message/undeliverable.ts')).undeliverable(m, options, context)),
  );
}

function registerRejected(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('rejected')
    .description(t('cli.message.rejected.about'))
    .argument('[words...]', t('cli.matter.search.words'))
    .option('--limit <number>', t('cli.flag.limit'), wholeNumber(1, 10_000), 100);
  addOfficeFlags(command, t).action((words: string[], options: RejectedOptions) =>
    perform(async (context) => (await import('./message/rejected.ts')).rejected(words, options, context)),
  );
}

function registerVerify(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('verify')
    .description(t('cli.message.verify.about'))
    .argument('<m>', t('cli.message.m'))
    .option('--at <time>', t('cli.flag.at'), parseInstant);
  addReportFlags(addOfficeFlags(command, t), t).action((m: string, options: VerifyOptions) =>
    perform(async (context) => (await import('./message/verify.ts')).verify(m, options, context)),
  );
}

/** Levels of EN 319 122-1; kept beside their use case too, which the start of the command must not load. */
const LEVELS = ['B', 'T', 'LT', 'LTA'] as const;

function registerExport(group: Command, { t, perform }: Frame): void {
  const command = group
    .command('export')
    .description(t('cli.message.export.about'))
    .argument('<m>', t('cli.message.m'))
    .option('--level <level>', t('cli.message.export.level', { words: LEVELS.join(' | ') }), oneOf(LEVELS), 'LT');
  addOfficeFlags(addOutputFlags(command, t), t).action((m: string, options: ExportOptions) =>
    perform(async (context) => (await import('./message/export.ts')).exportCopy(m, options, context)),
  );
}
