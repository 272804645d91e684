import { AppError } from '../../../shared/errors.ts';
import { updateAddress } from '../../../shared/model/update-address.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';

const KEY = 'updates.source';

/** Where updates are asked for, when a person asks; null: nowhere. */
export function findUpdateAddress(db: ReadableDb): string | null {
  const stored = findMeta(db, KEY);
  const parsed = updateAddress.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** @throws AppError USAGE where the address is not as it must be */
export function setUpdateAddress({ vault, now }: OfficeContext, address: string | null, by: string): void {
  if (address !== null && !updateAddress.safeParse(address).success) throw new AppError('USAGE', { field: 'address' });
  vault.write((db) => {
    putMeta(db, KEY, address ?? '');
    const detail = { address };
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'update-source-set', subject: null, detail });
  });
}
