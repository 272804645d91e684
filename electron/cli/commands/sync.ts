import type { Command } from 'commander';
import { addOfficeFlags } from '../office-flags.ts';
import { wholeNumber } from '../options.ts';
import type { Frame } from '../program.ts';
import type { SyncOptions } from './sync/run.ts';

/** `lexpost sync`: posts what is due and takes in what waits. */
export function registerSync(program: Command, { t, perform }: Frame): void {
  const command = program
    .command('sync')
    .description(t('cli.sync.about'))
    .option('--rounds <number>', t('cli.sync.rounds'), wholeNumber(1, 1000), 10)
    .option('--retry', t('cli.sync.retry'), false);
  addOfficeFlags(command, t).action((options: SyncOptions) =>
    perform(async (context) => (await import('./sync/run.ts')).run(options, context)),
  );
}
