import { formatSize } from '../../../../shared/text/format-size.ts';
import { backupVault } from '../../../vault/backup/backup-vault.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { VaultFlags } from '../../office-flags.ts';
import { withVault } from '../../vault-session.ts';

export interface BackupOptions extends VaultFlags {
  readonly out: string;
}

export async function backup(dir: string, options: BackupOptions, context: CommandContext): Promise<CommandReport> {
  const { t, signal } = context;
  return withVault(dir, options, context, async (vault) => {
    const progress = context.progress(t('cli.progress.copying'));
    try {
      const made = await backupVault(vault, options.out, { signal, progress: progress.update });
      const size = made.blobs.reduce((sum, blob) => sum + blob.size, made.database.size);
      const { createdAt, audit, missing } = made;
      return {
        exit: EXIT.good,
        json: { folder: options.out, vault: made.vault, createdAt, audit, blobs: made.blobs.length, missing, size },
        text: [
          t('cli.vault.backup.verdict', { folder: options.out, size: formatSize(size) }),
          ...(missing.length === 0 ? [] : [t('cli.vault.backup.missing', { count: missing.length })]),
        ],
      };
    } finally {
      progress.finish();
    }
  });
}
