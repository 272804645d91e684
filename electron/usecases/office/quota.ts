import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes, OfficeId } from '../../../shared/model/brand.ts';
import { count } from '../../../shared/model/schemas.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findMeta, putMeta, removeMeta } from '../../vault/repositories/meta.ts';
import { findOffice } from '../../vault/repositories/offices.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';

const keyOf = (office: OfficeId): string => `exchange.quota.${office}`;

/** How much one office may have announced and not brought yet (protocol.md 5): what a person gave it, or what every office has. 0: nothing large. */
export function findQuota(db: ReadableDb, office: OfficeId): Bytes {
  return findOwnQuota(db, office) ?? LIMITS.offeredPerOffice;
}

/** The room of an office for what is not announced, which a person can widen and not narrow: without some nothing of it would come at all. */
export function findRoom(db: ReadableDb, office: OfficeId): Bytes {
  return Math.max(findQuota(db, office), LIMITS.offeredPerOffice);
}

/** Null where the office has what every office has. */
export function findOwnQuota(db: ReadableDb, office: OfficeId): Bytes | null {
  const stored = findMeta(db, keyOf(office));
  return stored === null ? null : count.parse(Number(stored));
}

/**
 * Counts from the next announcement on; what was let in before it still comes.
 *
 * @param bytes null: what every office has
 * @throws AppError OFFICE_UNKNOWN
 */
export function setQuota({ vault, now }: OfficeContext, office: OfficeId, bytes: Bytes | null, by: string): void {
  vault.write((db) => {
    if (findOffice(db, office) === null) throw new AppError('OFFICE_UNKNOWN', { office });
    if (bytes === null) removeMeta(db, keyOf(office));
    else putMeta(db, keyOf(office), String(bytes));
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'quota-set', subject: office, detail: { bytes } });
  });
}
