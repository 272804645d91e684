import type { Command } from 'commander';
import { addTrustFlags } from '../flags.ts';
import { oneOf, parseOid } from '../options.ts';
import type { Frame } from '../program.ts';
import type { VerifyOptions } from './cert/verify.ts';

const USAGES = ['sign', 'encrypt', 'tls-server', 'any'] as const;

/** `lexpost cert`: certificates (RFC 5280). */
export function registerCert(program: Command, { t, perform }: Frame): void {
  const group = program.command('cert').description(t('cli.cert.about'));
  const verify = group
    .command('verify')
    .description(t('cli.cert.verify.about'))
    .argument('<leaf>', t('cli.cert.verify.leaf'));
  addTrustFlags(verify, t)
    .option(
      '--policy <oid>',
      t('cli.cert.verify.policy'),
      (value, earlier: string[]) => [...earlier, parseOid(value)],
      [],
    )
    .option('--require-explicit-policy', t('cli.cert.verify.requireExplicitPolicy'), false)
    .option('--inhibit-mapping', t('cli.cert.verify.inhibitMapping'), false)
    .option('--inhibit-any', t('cli.cert.verify.inhibitAny'), false)
    .option('--usage <usage>', t('cli.cert.verify.usage', { words: USAGES.join(' | ') }), oneOf(USAGES), 'any')
    .option('--name <dns>', t('cli.cert.verify.name'))
    .action((leaf: string, options: VerifyOptions) =>
      perform(async (context) => (await import('./cert/verify.ts')).verifyCertificate(leaf, options, context)),
    );
  group
    .command('show')
    .description(t('cli.cert.show.about'))
    .argument('<file>', t('cli.cert.show.file'))
    .action((file: string) =>
      perform(async (context) => (await import('./cert/show.ts')).showCertificates(file, context)),
    );
}
