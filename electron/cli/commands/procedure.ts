import type { Command } from 'commander';
import type { Frame } from '../program.ts';
import type { ShowOptions } from './procedure/show.ts';

/** `lexpost procedure`: what a request of each kind must hold. */
export function registerProcedure(program: Command, { t, perform }: Frame): void {
  const group = program.command('procedure').description(t('cli.procedure.about'));
  group
    .command('list')
    .description(t('cli.procedure.list.about'))
    .action(() => perform(async (context) => (await import('./procedure/list.ts')).list(context)));
  group
    .command('show')
    .description(t('cli.procedure.show.about'))
    .argument('<type>', t('cli.procedure.show.type'))
    .option('--act <act>', t('cli.procedure.show.act'))
    .option('--example', t('cli.procedure.show.onlyExample'), false)
    .action((type: string, options: ShowOptions) =>
      perform(async (context) => (await import('./procedure/show.ts')).show(type, options, context)),
    );
}
