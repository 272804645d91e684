import type { Command } from 'commander';
import { addPassphraseFlag } from '../flags.ts';
import type { Frame } from '../program.ts';
import type { ShowOptions } from './p12/show.ts';

/** `lexpost p12`: PKCS#12 files (RFC 7292). */
export function registerP12(program: Command, { t, perform }: Frame): void {
  const group = program.command('p12').description(t('cli.p12.about'));
  const show = group.command('show').description(t('cli.p12.show.about')).argument('<file>', t('cli.p12.show.file'));
  addPassphraseFlag(show, t).action((file: string, options: ShowOptions) =>
    perform(async (context) => (await import('./p12/show.ts')).showPkcs12(file, options, context)),
  );
}
