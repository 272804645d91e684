import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import { type AuditFilter, findAuditHead, listAudit, verifyAudit } from '../../vault/repositories/audit.ts';
import type { OfficeContext } from '../context.ts';
import { nameActor } from './names.ts';

/** The log, the newest first. */
export function viewAudit(
  { vault }: OfficeContext,
  filter: AuditFilter,
  limit: number,
  after: number | null,
): ResponseOf<'audit:list'> {
  const db = vault.read;
  const { items, next } = listAudit(db, filter, limit, after);
  return {
    items: items.map(({ seq, at, actor, action, subject, detail, hash }) => ({
      seq,
      at,
      actor: nameActor(db, actor),
      action,
      subject,
      detail: { ...detail },
      hash,
    })),
    next,
    head: findAuditHead(db).seq,
  };
}

/** @throws AppError AUDIT_CHAIN_BROKEN with the `seq` of the first row that does not follow */
export function checkAudit({ vault }: OfficeContext): ResponseOf<'audit:check'> {
  return { ...verifyAudit(vault.read) };
}
