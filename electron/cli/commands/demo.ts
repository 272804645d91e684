import type { Command } from 'commander';
import type { Frame } from '../program.ts';
import type { DemoFlags } from './demo/run.ts';

/** `lexpost demo`: the main job, played by seven offices. */
export function registerDemo(program: Command, { t, perform }: Frame): void {
  program
    .command('demo')
    .description(t('cli.demo.about'))
    .option('--dir <folder>', t('cli.demo.dir'))
    .action((options: DemoFlags) => perform(async (context) => (await import('./demo/run.ts')).demo(options, context)));
}
