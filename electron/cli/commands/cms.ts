import type { Command } from 'commander';
import { addOutputFlags, addPassphraseFlag, addTrustFlags } from '../flags.ts';
import type { Frame } from '../program.ts';
import type { DecryptOptions } from './cms/decrypt.ts';
import type { VerifyOptions } from './cms/verify.ts';

/** `lexpost cms`: what other programs wrote, one file at a time. */
export function registerCms(program: Command, { t, perform }: Frame): void {
  const group = program.command('cms').description(t('cli.cms.about'));
  const decrypt = group
    .command('decrypt')
    .description(t('cli.cms.decrypt.about'))
    .argument('<file>', t('cli.cms.decrypt.file'))
    .requiredOption('--key <file>', t('cli.cms.decrypt.key'))
    .option('--cert <file>', t('cli.cms.decrypt.cert'))
    .option('--allow-legacy', t('cli.cms.decrypt.allowLegacy'), false);
  addOutputFlags(decrypt, t);
  addPassphraseFlag(decrypt, t);
  decrypt.action((file: string, options: DecryptOptions) =>
    perform(async (context) => (await import('./cms/decrypt.ts')).decryptFile(file, options, context)),
  );
  const verify = group
    .command('verify')
    .description(t('cli.cms.verify.about'))
    .argument('<file>', t('cli.cms.verify.file'))
    .option('--content <file>', t('cli.cms.verify.content'));
  addTrustFlags(verify, t).action((file: string, options: VerifyOptions) =>
    perform(async (context) => (await import('./cms/verify.ts')).verifyFile(file, options, context)),
  );
}
