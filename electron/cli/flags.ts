import type { Command } from 'commander';
import type { Translate } from '../../shared/i18n/create-i18n.ts';
import { collect, oneOf, parseInstant } from './options.ts';

/** Flags that several commands share, so that they mean and say the same everywhere. */

export const REVOCATION_POLICIES = ['require', 'soft', 'off'] as const;

/** What a signature or certificate is checked against. */
export interface TrustFlags {
  readonly trust: readonly string[];
  readonly untrusted: readonly string[];
  readonly crl: readonly string[];
  readonly ocsp: readonly string[];
  readonly at: Date | undefined;
  readonly revocation: (typeof REVOCATION_POLICIES)[number];
}

export function addTrustFlags(command: Command, t: Translate): Command {
  return command
    .requiredOption('--trust <file>', t('cli.flag.trust'), collect)
    .option('--untrusted <file>', t('cli.flag.untrusted'), collect, [])
    .option('--crl <file>', t('cli.flag.crl'), collect, [])
    .option('--ocsp <file>', t('cli.flag.ocsp'), collect, [])
    .option('--at <time>', t('cli.flag.at'), parseInstant)
    .option('--revocation <policy>', t('cli.flag.revocation'), oneOf(REVOCATION_POLICIES), 'require');
}

export function addReportFlags(command: Command, t: Translate): Command {
  return command.option('--report <file>', t('cli.flag.report')).option('--detailed', t('cli.flag.detailed'), false);
}

export interface OutputFlags {
  readonly out: string;
  readonly force: boolean;
}

export function addOutputFlags(command: Command, t: Translate): Command {
  return command.requiredOption('--out <file>', t('cli.flag.out')).option('--force', t('cli.flag.force'), false);
}

export interface PassphraseFlags {
  readonly passphraseFile?: string;
}

export function addPassphraseFlag(command: Command, t: Translate): Command {
  return command.option('--passphrase-file <file>', t('cli.flag.passphraseFile'));
}

export function addTakeOverFlag(command: Command, t: Translate): Command {
  return command.option('--take-over', t('cli.flag.takeOver'), false);
}
