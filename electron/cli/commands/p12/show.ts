import { AppError } from '../../../../shared/errors.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { visible } from '../../../../shared/text/visible.ts';
import { type BagDescription, describePkcs12, type Pkcs12Description } from '../../../pki/pkcs12/describe-pkcs12.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { PassphraseFlags } from '../../flags.ts';
import { formatFingerprint } from '../../format.ts';
import { readInput } from '../../input-file.ts';
import { readPassphrase } from '../../passphrase.ts';

export type ShowOptions = PassphraseFlags;

/** Without a passphrase, where nobody can be asked for one, as far as the file lies open. */
export async function showPkcs12(file: string, options: ShowOptions, context: CommandContext): Promise<CommandReport> {
  const bytes = await readInput(file, LIMITS.pkcs12);
  const password = await readPassword(file, options, context);
  const description = describePkcs12(bytes, password);
  if (description === null) throw new AppError('P12_MALFORMED', { path: file });
  return { exit: EXIT.good, json: { ...description }, text: toText(description, context) };
}

async function readPassword(file: string, options: ShowOptions, context: CommandContext): Promise<string | null> {
  if (options.passphraseFile === undefined && context.io.stdin.isTTY !== true) return null;
  const passphrase = await readPassphrase(context, { file: options.passphraseFile, label: file });
  const password = passphrase.toString('utf8');
  passphrase.fill(0);
  return password;
}

function toText({ contents, integrity, legacy, unlocked }: Pkcs12Description, { t }: CommandContext): string[] {
  const bags = contents.flatMap((content) => content.bags ?? []);
  const keys = bags.filter(({ kind }) => kind === 'key' || kind === 'shrouded-key').length;
  const certificates = bags.filter(({ kind }) => kind === 'certificate').length;
  const ciphers = contents.flatMap(({ encryption }) => encryption?.cipher ?? []);
  return [
    unlocked ? t('cli.p12.show.verdict', { keys, certificates }) : t('cli.p12.show.locked'),
    `${t('cli.p12.show.integrity')} ${[integrity.kind, integrity.digest, integrity.kdf].filter(Boolean).join(' ')}`,
    ...(ciphers.length === 0 ? [] : [`${t('cli.p12.show.encryption')} ${[...new Set(ciphers)].join(', ')}`]),
    ...(legacy.length === 0 ? [] : [t('cli.p12.show.legacy', { names: legacy.join(', ') })]),
    ...bags.flatMap(bagLines),
  ];
}

function bagLines({ kind, friendlyName, key, encryption, certificate }: BagDescription): string[] {
  const facts = [kind, key, encryption?.cipher, friendlyName === null ? null : visible(friendlyName)];
  return [
    `- ${facts.filter(Boolean).join('  ')}`,
    ...(certificate === null ? [] : [`  ${certificate.subject}`, `  SHA-256 ${formatFingerprint(certificate.sha256)}`]),
  ];
}
