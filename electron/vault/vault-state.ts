import { AppError } from '../../shared/errors.ts';
import type { Instant, VaultId } from '../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from './db/handle.ts';
import { insertAlarm } from './repositories/alarms.ts';
import { appendAudit } from './repositories/audit.ts';
import { findMeta, putMeta, removeMeta } from './repositories/meta.ts';
import { freezeOutbox } from './repositories/outbox.ts';

/** Who this vault is among the authors of the protocol, and whether it may send (protocol.md 6). */
export interface VaultState {
  readonly vault: VaultId;
  /** Epoch under which it writes. */
  readonly epoch: number;
  /** `restored`: the database may be older than what went out; nothing is sent until a person and the counterparts agree. */
  readonly state: 'active' | 'restored';
  /** Epoch that the next card must carry before anything is written; null where none is due. */
  readonly pendingEpoch: number | null;
}

export type RestoreReason = 'backup' | 'older-than-head' | 'head-missing';

const KEY = { vault: 'vault.id', epoch: 'vault.epoch', state: 'vault.state', pending: 'vault.pending-epoch' } as const;

export function initVaultState(db: WritableDb, vault: VaultId): void {
  putMeta(db, KEY.vault, vault);
  putMeta(db, KEY.epoch, '1');
  putMeta(db, KEY.state, 'active');
}

export function getVaultState(db: ReadableDb): VaultState {
  const vault = findMeta(db, KEY.vault);
  if (vault === null) throw new AppError('VAULT_CORRUPT', { part: 'state' });
  const pending = findMeta(db, KEY.pending);
  return {
    vault: vault as VaultId,
    epoch: Number(findMeta(db, KEY.epoch)),
    state: findMeta(db, KEY.state) === 'active' ? 'active' : 'restored',
    pendingEpoch: pending === null ? null : Number(pending),
  };
}

/**
 * The database is older than the vault was, or may be: freezes the outbox, raises an alarm and chooses a new epoch. The epoch is at least the
 * second of the restore, not just one more: whoever restores the same backup twice must not write twice under one epoch.
 */
export function markRestored(db: WritableDb, reason: RestoreReason, now: Date): void {
  const at = now.toISOString() as Instant;
  const { epoch, pendingEpoch } = getVaultState(db);
  const next = Math.max(epoch + 1, (pendingEpoch ?? 0) + 1, Math.floor(now.getTime() / 1000));
  putMeta(db, KEY.state, 'restored');
  putMeta(db, KEY.pending, String(next));
  const frozen = freezeOutbox(db);
  insertAlarm(db, { at, code: 'VAULT_ROLLED_BACK', detail: { reason, frozen } });
  appendAudit(db, {
    at,
    actor: 'vault',
    action: 'vault-restored',
    subject: null,
    detail: { reason, frozen, epoch: next },
  });
}

/** Call in the transaction that stores the new card. @returns the epoch to write under from now on */
export function takePendingEpoch(db: WritableDb): number {
  const { epoch, pendingEpoch } = getVaultState(db);
  if (pendingEpoch === null) return epoch;
  putMeta(db, KEY.epoch, String(pendingEpoch));
  removeMeta(db, KEY.pending);
  return pendingEpoch;
}

/** The vault has heard from its counterparts and may send again. Frozen items stay frozen until each is posted, released or cancelled. */
export function endRestored(db: WritableDb): void {
  if (getVaultState(db).pendingEpoch !== null) throw new AppError('VAULT_FROZEN');
  putMeta(db, KEY.state, 'active');
}
