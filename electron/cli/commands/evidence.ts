import type { Command } from 'commander';
import { addOutputFlags } from '../flags.ts';
import { addOfficeFlags } from '../office-flags.ts';
import { collect, parseInstant } from '../options.ts';
import type { Frame } from '../program.ts';
import type { ExportOptions } from './evidence/export.ts';
import type { VerifyOptions } from './evidence/verify.ts';

/** `lexpost evidence`: what proves a matter to anybody, offline. */
export function registerEvidence(program: Command, { t, perform }: Frame): void {
  const group = program.command('evidence').description(t('cli.evidence.about'));
  const pack = group
    .command('export')
    .description(t('cli.evidence.export.about'))
    .argument('<matter>', t('cli.matter.id'));
  addOfficeFlags(addOutputFlags(pack, t), t).action((matter: string, options: ExportOptions) =>
    perform(async (context) => (await import('./evidence/export.ts')).exportBundle(matter, options, context)),
  );
  group
    .command('verify')
    .description(t('cli.evidence.verify.about'))
    .argument('<bundle>', t('cli.evidence.verify.file'))
    .option('--trust <file>', t('cli.flag.trust'), collect, [])
    .option('--fingerprint <hex>', t('cli.evidence.verify.fingerprint'), collect, [])
    .option('--at <time>', t('cli.flag.at'), parseInstant)
    .option('--report <file>', t('cli.evidence.verify.report'))
    .action((bundle: string, options: VerifyOptions) =>
      perform(async (context) => (await import('./evidence/verify.ts')).verify(bundle, options, context)),
    );
}
