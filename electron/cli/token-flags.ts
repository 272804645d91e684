import type { Command } from 'commander';
import type { Translate } from '../../shared/i18n/create-i18n.ts';

export const PIN_FLAG = '--pin-file';

/** Which key on which token, and how its PIN is got. */
export interface TokenFlags {
  /** Path of the PKCS#11 module. */
  readonly token?: string;
  readonly tokenParameters?: string;
  readonly slot?: string;
  readonly label?: string;
  readonly pinFile?: string;
}

export function addTokenFlags(command: Command, t: Translate): Command {
  return command
    .option('--token <module>', t('cli.token.module'))
    .option('--token-parameters <text>', t('cli.token.parameters'))
    .option('--slot <label-or-serial>', t('cli.token.slot'))
    .option('--label <certificate>', t('cli.token.label'))
    .option(`${PIN_FLAG} <file>`, t('cli.token.pinFile'));
}
