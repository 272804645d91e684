import type { Command } from 'commander';
import { collect } from '../options.ts';
import type { Frame } from '../program.ts';
import type { DueFlags } from './clock/due.ts';

/** `lexpost clock`: statutory periods, each by its own rule. */
export function registerClock(program: Command, { t, perform }: Frame): void {
  const group = program.command('clock').description(t('cli.clock.about'));
  group
    .command('due')
    .description(t('cli.clock.due.about'))
    .requiredOption('--rule <id>', t('cli.clock.due.rule'))
    .requiredOption('--start <time>', t('cli.clock.due.start'))
    .option('--event <event>', t('cli.clock.due.event'), collect, [])
    .option('--custody', t('cli.clock.due.custody'), false)
    .action((options: DueFlags) =>
      perform(async (context) => (await import('./clock/due.ts')).showDue(options, context)),
    );
  group
    .command('rules')
    .description(t('cli.clock.rules.about'))
    .action(() => perform(async (context) => (await import('./clock/rules.ts')).listRules(context)));
}
