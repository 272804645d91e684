import type { Command } from 'commander';
import type { Translate } from '../../shared/i18n/create-i18n.ts';
import { addPassphraseFlag, addTakeOverFlag, type PassphraseFlags, REVOCATION_POLICIES } from './flags.ts';
import { oneOf } from './options.ts';
import { PIN_FLAG } from './token-flags.ts';

/** How a vault is opened. */
export interface VaultFlags extends PassphraseFlags {
  readonly takeOver: boolean;
}

/** Which vault a command works with, and how strictly it looks at revocation. */
export interface OfficeFlags extends VaultFlags {
  readonly vault: string;
  readonly revocation: (typeof REVOCATION_POLICIES)[number];
  /** PIN of the token that reads what comes in. */
  readonly tokenPinFile?: string;
}

export function addOfficeFlags(command: Command, t: Translate): Command {
  return addOpenFlags(command.requiredOption('--vault <folder>', t('cli.vault.folder')), t);
}

/** Everything that opens an office's vault, where its folder is an argument. */
export function addOpenFlags(command: Command, t: Translate): Command {
  return addRevocationFlag(addTakeOverFlag(addPassphraseFlag(command, t), t), t).option(
    '--token-pin-file <file>',
    t('cli.flag.tokenPinFile'),
  );
}

export function addRevocationFlag(command: Command, t: Translate): Command {
  return command.option('--revocation <policy>', t('cli.flag.revocation'), oneOf(REVOCATION_POLICIES), 'require');
}

/** Who signs, and how that person's own passphrase is got. */
export interface SigningFlags {
  readonly person?: string;
  readonly signingPassphraseFile?: string;
  /** The same for a person whose key lies on a token. */
  readonly pinFile?: string;
}

export const SIGNING_FLAG = '--signing-passphrase-file';

export function addSigningFlags(command: Command, t: Translate): Command {
  return command
    .option('--person <name-or-id>', t('cli.flag.person'))
    .option(`${SIGNING_FLAG} <file>`, t('cli.flag.signingPassphraseFile'))
    .option(`${PIN_FLAG} <file>`, t('cli.token.pinFile'));
}
