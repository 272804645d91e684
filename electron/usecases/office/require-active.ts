import { AppError } from '../../../shared/errors.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { getVaultState } from '../../vault/vault-state.ts';

/** A restored vault has no right to send until it knows its past (protocol.md 6). @throws AppError VAULT_FROZEN */
export function requireActive(db: ReadableDb): void {
  if (getVaultState(db).state !== 'active') throw new AppError('VAULT_FROZEN');
}
