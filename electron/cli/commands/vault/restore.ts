import { restoreVault } from '../../../vault/backup/restore-vault.ts';
import type { VaultSecret } from '../../../vault/keys/master-key.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { PassphraseFlags } from '../../flags.ts';
import { readText, readVaultSecret } from '../../vault-session.ts';

export interface RestoreOptions extends PassphraseFlags {
  readonly from: string;
  readonly recoveryKeyFile?: string;
}

/** The restored vault has no right to send until it has heard from its counterparts (protocol.md 6). */
export async function restore(dir: string, options: RestoreOptions, context: CommandContext): Promise<CommandReport> {
  const { from } = options;
  const secret = await readSecret(options, context);
  const manifest = await restoreVault({ backup: from, dir, secret, now: context.now, signal: context.signal });
  const { vault, createdAt, blobs, missing } = manifest;
  return {
    exit: EXIT.good,
    json: { folder: dir, vault, createdAt, blobs: blobs.length, missing, state: 'restored' },
    text: [context.t('cli.vault.restore.verdict', { folder: dir })],
  };
}

async function readSecret(options: RestoreOptions, context: CommandContext): Promise<VaultSecret> {
  const { from, recoveryKeyFile, passphraseFile } = options;
  if (recoveryKeyFile === undefined) return readVaultSecret(from, passphraseFile, context);
  return { recoveryKey: await readText(context, { file: recoveryKeyFile, label: from }) };
}
