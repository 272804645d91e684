import type { ErrorCode } from '../../../shared/errors.ts';
import type { Address, Instant, M, OfficeId, VaultId } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

export type OutboxState = 'queued' | 'posted' | 'frozen' | 'cancelled';

/** One copy of a message for one mailbox. */
export interface OutboxRow {
  readonly id: number;
  readonly m: M;
  readonly address: Address;
  readonly office: OfficeId;
  readonly vault: VaultId;
  /** Null: any channel of the office. */
  readonly channel: string | null;
  /** Chosen once, so that posting again after a crash writes the same name. */
  readonly mailboxName: string;
  readonly state: OutboxState;
  readonly attempts: number;
  readonly nextAt: Instant;
  readonly lastError: ErrorCode | null;
  readonly createdAt: Instant;
  readonly postedAt: Instant | null;
}

export type NewOutboxItem = Pick<
  OutboxRow,
  'm' | 'address' | 'office' | 'vault' | 'channel' | 'mailboxName' | 'createdAt'
> & {
  readonly state: 'queued' | 'frozen';
};

const INSERT = insertSql('outbox', [
  'm',
  'address',
  'office',
  'vault',
  'channel',
  'mailboxName',
  'state',
  'nextAt',
  'createdAt',
]);

/** Queues a copy; false where this message is already queued for, or was posted to, this address. */
export function insertOutboxItem(db: WritableDb, item: NewOutboxItem): boolean {
  return db.run(`${INSERT} ON CONFLICT (m, address) DO NOTHING`, { ...item, nextAt: item.createdAt }) === 1;
}

/** Queued items whose time has come, the longest waiting first. */
export function listDueOutbox(db: ReadableDb, now: Instant, limit: number): OutboxRow[] {
  return db.all<OutboxRow>(
    "SELECT * FROM outbox WHERE state = 'queued' AND next_at <= ? ORDER BY next_at, id LIMIT ?",
    [now, limit],
  );
}

/** When the next queued item is due; null where nothing is queued. */
export function findNextOutboxTime(db: ReadableDb): Instant | null {
  return db.get<{ at: Instant | null }>("SELECT min(next_at) AS at FROM outbox WHERE state = 'queued'")?.at ?? null;
}

export function countQueued(db: ReadableDb): number {
  return db.get<{ n: number }>("SELECT count(*) AS n FROM outbox WHERE state = 'queued'")?.n ?? 0;
}

export function findOutboxItem(db: ReadableDb, id: number): OutboxRow | null {
  return db.get<OutboxRow>('SELECT * FROM outbox WHERE id = ?', [id]);
}

export function listOutboxOf(db: ReadableDb, m: M): OutboxRow[] {
  return db.all<OutboxRow>('SELECT * FROM outbox WHERE m = ? ORDER BY id', [m]);
}

export function listFrozenOutbox(db: ReadableDb): OutboxRow[] {
  return db.all<OutboxRow>("SELECT * FROM outbox WHERE state = 'frozen' ORDER BY id");
}

/** It is in the mailbox, or the counterpart's answer shows that it was. */
export function markOutboxPosted(db: WritableDb, id: number, postedAt: Instant): void {
  db.runOne(
    "UPDATE outbox SET state = 'posted', posted_at = ifnull(posted_at, ?), last_error = NULL WHERE id = ? AND state <> 'cancelled'",
    [postedAt, id],
  );
}

export function markOutboxFailed(db: WritableDb, id: number, code: ErrorCode, nextAt: Instant): void {
  db.runOne(
    "UPDATE outbox SET attempts = attempts + 1, last_error = ?, next_at = ? WHERE id = ? AND state = 'queued'",
    [code, nextAt, id],
  );
}

/** A restored vault sends nothing by itself (protocol.md 6). @returns how many items were frozen */
export function freezeOutbox(db: WritableDb): number {
  return db.run("UPDATE outbox SET state = 'frozen' WHERE state = 'queued'");
}

/** A person confirmed that this item is to be sent after all. */
export function releaseOutboxItem(db: WritableDb, id: number, now: Instant): void {
  db.runOne("UPDATE outbox SET state = 'queued', next_at = ? WHERE id = ? AND state = 'frozen'", [now, id]);
}

export function cancelOutboxItem(db: WritableDb, id: number): void {
  db.runOne("UPDATE outbox SET state = 'cancelled' WHERE id = ? AND state IN ('queued', 'frozen')", [id]);
}
