import type { Command } from 'commander';
import { PROCEDURE_TYPES } from '../../../shared/model/vocabulary.ts';
import { addOfficeFlags } from '../office-flags.ts';
import { oneOf, wholeNumber } from '../options.ts';
import type { Frame } from '../program.ts';
import type { ListOptions } from './matter/list.ts';
import type { SearchOptions } from './matter/search.ts';
import type { ShowOptions } from './matter/show.ts';

/** `lexpost matter`: requests from opening to closing. */
export function registerMatter(program: Command, { t, perform }: Frame): void {
  const group = program.command('matter').description(t('cli.matter.about'));
  const list = group
    .command('list')
    .description(t('cli.matter.list.about'))
    .option('--type <type>', t('cli.flag.type', { words: PROCEDURE_TYPES.join(' | ') }), oneOf(PROCEDURE_TYPES))
    .option('--state <state>', t('cli.matter.list.state'))
    .option('--due-within <days>', t('cli.matter.list.dueWithin'), wholeNumber(0, 3_650))
    .option('--limit <number>', t('cli.flag.limit'), wholeNumber(1, 10_000), 100);
  addOfficeFlags(list, t).action((options: ListOptions) =>
    perform(async (context) => (await import('./matter/list.ts')).list(options, context)),
  );
  const show = group.command('show').description(t('cli.matter.show.about')).argument('<matter>', t('cli.matter.id'));
  addOfficeFlags(show, t).action((matter: string, options: ShowOptions) =>
    perform(async (context) => (await import('./matter/show.ts')).show(matter, options, context)),
  );
  const search = group
    .command('search')
    .description(t('cli.matter.search.about'))
    .argument('<words...>', t('cli.matter.search.words'))
    .option('--limit <number>', t('cli.flag.limit'), wholeNumber(1, 10_000), 50);
  addOfficeFlags(search, t).action((words: string[], options: SearchOptions) =>
    perform(async (context) => (await import('./matter/search.ts')).search(words, options, context)),
  );
}
