import type { ErrorCode } from '../../../shared/errors.ts';
import type { Address, Bytes, Instant, M, Sha256 } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

export type InboxState = 'claimed' | 'downloaded' | 'done';

/** Names one file in one mailbox. */
export interface InboxKey {
  readonly channel: string;
  readonly address: Address;
  readonly mailboxName: string;
}

/** What became of a file in our mailbox; kept for ever, so that a file that comes again is known. */
export interface InboxRow extends InboxKey {
  readonly state: InboxState;
  /** Name in `incoming/`, while it is there. */
  readonly file: string | null;
  readonly digest: Sha256 | null;
  readonly size: Bytes | null;
  readonly outcome: 'accepted' | 'duplicate' | 'held' | 'not-for-me' | ErrorCode | null;
  readonly m: M | null;
  readonly updatedAt: Instant;
}

const WHERE_KEY = 'WHERE channel = @channel AND address = @address AND mailbox_name = @mailboxName';

/** Notes that work on a file begins; false where it is known already. */
export function claimInboxItem(db: WritableDb, { channel, address, mailboxName }: InboxKey, now: Instant): boolean {
  return (
    db.run(
      `INSERT INTO inbox (channel, address, mailbox_name, state, updated_at) VALUES (?, ?, ?, 'claimed', ?)
       ON CONFLICT DO NOTHING`,
      [channel, address, mailboxName, now],
    ) === 1
  );
}

/** Notes how long a file is that is not whole yet. @returns since when it has been of this size, by our own clock */
export function noteInboxSize(
  db: WritableDb,
  { channel, address, mailboxName }: InboxKey,
  size: Bytes,
  now: Instant,
): Instant {
  db.run(
    `INSERT INTO inbox (channel, address, mailbox_name, state, size, updated_at)
     VALUES (@channel, @address, @mailboxName, 'claimed', @size, @now)
     ON CONFLICT DO UPDATE SET size = @size, updated_at = @now
       WHERE state = 'claimed' AND file IS NULL AND (size IS NULL OR size <> @size OR updated_at > @now)`,
    { channel, address, mailboxName, size, now },
  );
  const sql = `SELECT updated_at AS since FROM inbox ${WHERE_KEY}`;
  return db.get<{ since: Instant }>(sql, { channel, address, mailboxName })?.since ?? now;
}

/** Notes the file in `incoming/` that a download goes into, so that it outlives a restart. */
export function markInboxDownloading(
  db: WritableDb,
  { channel, address, mailboxName }: InboxKey,
  file: string,
  now: Instant,
): void {
  db.runOne(
    `UPDATE inbox SET state = 'claimed', file = @file, digest = NULL, size = NULL, updated_at = @now ${WHERE_KEY} AND state <> 'done'`,
    { channel, address, mailboxName, file, now },
  );
}

export function markInboxDownloaded(
  db: WritableDb,
  { channel, address, mailboxName }: InboxKey,
  { file, digest, size }: { readonly file: string; readonly digest: Sha256; readonly size: Bytes },
  now: Instant,
): void {
  db.runOne(
    `UPDATE inbox SET state = 'downloaded', file = @file, digest = @digest, size = @size, updated_at = @now
     ${WHERE_KEY} AND state <> 'done'`,
    { channel, address, mailboxName, file, digest, size, now },
  );
}

/** Call in the transaction that stores the outcome; the mailbox copy and the file in `incoming/` go only after it. */
export function markInboxDone(
  db: WritableDb,
  { channel, address, mailboxName }: InboxKey,
  outcome: NonNullable<InboxRow['outcome']>,
  m: M | null,
  now: Instant,
): void {
  db.runOne(
    `UPDATE inbox SET state = 'done', file = NULL, outcome = @outcome, m = @m, updated_at = @now ${WHERE_KEY}`,
    {
      channel,
      address,
      mailboxName,
      outcome,
      m,
      now,
    },
  );
}

export function findInboxItem(db: ReadableDb, { channel, address, mailboxName }: InboxKey): InboxRow | null {
  return db.get<InboxRow>(`SELECT * FROM inbox ${WHERE_KEY}`, { channel, address, mailboxName });
}

/** Items whose work was begun and not finished, the oldest first. */
export function listOpenInbox(db: ReadableDb): InboxRow[] {
  return db.all<InboxRow>("SELECT * FROM inbox WHERE state <> 'done' ORDER BY updated_at, channel, mailbox_name");
}

/** Items with the same bytes, in whatever mailbox. */
export function listInboxByDigest(db: ReadableDb, digest: Sha256): InboxRow[] {
  return db.all<InboxRow>('SELECT * FROM inbox WHERE digest = ? ORDER BY updated_at', [digest]);
}

/** Bytes of large packages that were fetched and that no offer announces; with `after` of those that came later alone. */
export function sumUnannounced(db: ReadableDb, above: Bytes, after: Instant | null = null): Bytes {
  const sql = `SELECT ifnull(sum(i.size), 0) AS bytes FROM inbox i WHERE i.state = 'downloaded' AND i.size > @above
    AND (@after IS NULL OR i.updated_at > @after) AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.digest = i.digest)`;
  return db.get<{ bytes: number }>(sql, { above, after })?.bytes ?? 0;
}
