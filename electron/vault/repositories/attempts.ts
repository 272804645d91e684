import type { ErrorCode } from '../../../shared/errors.ts';
import type { Address, Instant, M, OfficeId, VaultId } from '../../../shared/model/brand.ts';
import type { ChannelKind } from '../../../shared/model/channel-config.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

/** One try to put a package into a mailbox over one route; kept for ever, for a record of non-delivery rests on it. */
export interface AttemptRow {
  readonly id: number;
  readonly m: M;
  readonly address: Address;
  readonly office: OfficeId;
  readonly vault: VaultId;
  /** Null: the office has no route at all. */
  readonly channel: string | null;
  readonly kind: ChannelKind | null;
  readonly at: Instant;
  /** Null: the mailbox took it, which proves nothing of its owner. */
  readonly code: ErrorCode | null;
}

const INSERT = insertSql('attempts', ['m', 'address', 'office', 'vault', 'channel', 'kind', 'at', 'code']);

export function insertAttempt(db: WritableDb, attempt: Omit<AttemptRow, 'id'>): void {
  db.runOne(INSERT, attempt);
}

/** Tries for a message, or those for one office, the oldest first. */
export function listAttempts(db: ReadableDb, m: M, office: OfficeId | null = null): AttemptRow[] {
  return db.all<AttemptRow>(
    'SELECT * FROM attempts WHERE m = @m AND (@office IS NULL OR office = @office) ORDER BY id',
    { m, office },
  );
}
