import type { Bytes } from '../../shared/model/brand.ts';
import { backupVault } from '../vault/backup/backup-vault.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import type { OfficeContext } from './context.ts';
import { instantOf } from './uuid-v7.ts';

export interface BackUp {
  readonly signal: AbortSignal;
  readonly progress: (done: Bytes, total: Bytes) => void;
  readonly by: string;
}

/** Copies the vault into an empty folder while work goes on, and says so in the log. @throws AppError as backupVault */
export async function backUp(
  { vault, now }: OfficeContext,
  folder: string,
  { signal, progress, by }: BackUp,
): Promise<void> {
  const { blobs } = await backupVault(vault, folder, { signal, progress });
  vault.write((db) => {
    appendAudit(db, {
      at: instantOf(now()),
      actor: by,
      action: 'vault-backed-up',
      subject: null,
      detail: { blobs: blobs.length },
    });
  });
}
