import type { Command } from 'commander';
import { addOutputFlags } from '../flags.ts';
import { addOfficeFlags } from '../office-flags.ts';
import type { Frame } from '../program.ts';
import type { ListOptions } from './paper/list.ts';
import type { NumberOptions } from './paper/number.ts';
import type { RenderOptions } from './paper/render.ts';

/** `lexpost paper`: what offices print of a matter. */
export function registerPaper(program: Command, { t, perform }: Frame): void {
  const group = program.command('paper').description(t('cli.paper.about'));
  const list = group.command('list').description(t('cli.paper.list.about')).argument('<matter>', t('cli.matter.id'));
  addOfficeFlags(list, t).action((matter: string, options: ListOptions) =>
    perform(async (context) => (await import('./paper/list.ts')).list(matter, options, context)),
  );
  const render = group
    .command('render')
    .description(t('cli.paper.render.about'))
    .argument('<matter>', t('cli.matter.id'))
    .requiredOption('--paper <id>', t('cli.paper.id'))
    .option('--message <m>', t('cli.paper.message'));
  addOutputFlags(addOfficeFlags(render, t), t).action((matter: string, options: RenderOptions) =>
    perform(async (context) => (await import('./paper/render.ts')).render(matter, options, context)),
  );
  const number = group
    .command('number')
    .description(t('cli.paper.number.about'))
    .argument('<paper>', t('cli.paper.id'))
    .option('--pattern <pattern>', t('cli.paper.number.pattern'))
    .option('--none', t('cli.paper.number.none'), false);
  addOfficeFlags(number, t).action((paper: string, options: NumberOptions) =>
    perform(async (context) => (await import('./paper/number.ts')).number(paper, options, context)),
  );
}
