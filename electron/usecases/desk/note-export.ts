import { appendAudit } from '../../vault/repositories/audit.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';

/** Says in the log that rows left the vault. @param subject whose rows, where it is one thing */
export function noteExport(
  { vault, now }: OfficeContext,
  by: string,
  action: 'matters-exported' | 'audit-exported',
  rows: number,
  subject: string | null = null,
): void {
  vault.write((db) => {
    appendAudit(db, { at: instantOf(now()), actor: by, action, subject, detail: { rows } });
  });
}
