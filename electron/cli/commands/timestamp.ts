import type { Command } from 'commander';
import { addTrustFlags } from '../flags.ts';
import type { Frame } from '../program.ts';
import type { VerifyOptions } from './timestamp/verify.ts';

/** `lexpost timestamp`: proofs of time (RFC 3161). */
export function registerTimestamp(program: Command, { t, perform }: Frame): void {
  const group = program.command('timestamp').description(t('cli.timestamp.about'));
  const verify = group
    .command('verify')
    .description(t('cli.timestamp.verify.about'))
    .argument('<token>', t('cli.timestamp.verify.token'))
    .requiredOption('--content <file>', t('cli.timestamp.verify.content'));
  addTrustFlags(verify, t).action((file: string, options: VerifyOptions) =>
    perform(async (context) => (await import('./timestamp/verify.ts')).verifyFile(file, options, context)),
  );
}
