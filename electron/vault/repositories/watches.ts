import type { Instant, M, OfficeId } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** An office that has neither delivered nor refused a message of ours. Triggers begin and end it: with the copy, and with the receipt. */
export interface WatchRow {
  readonly m: M;
  readonly office: OfficeId;
  readonly since: Instant;
  /** `overdue`: warned of, and posted once more. `recorded`: given up, until a receipt comes after all. */
  readonly stage: 'waiting' | 'overdue' | 'recorded';
  /** When something is to be done; empty before anybody has looked. */
  readonly nextAt: Instant | '';
}

/** What is due, the longest waiting first. */
export function listDueWatches(db: ReadableDb, now: Instant, limit: number): WatchRow[] {
  return db.all<WatchRow>(
    "SELECT * FROM watches WHERE stage <> 'recorded' AND next_at <= ? ORDER BY next_at, m, office LIMIT ?",
    [now, limit],
  );
}

export function listWatchesOf(db: ReadableDb, m: M): WatchRow[] {
  return db.all<WatchRow>('SELECT * FROM watches WHERE m = ? ORDER BY office', [m]);
}

export function moveWatch(db: WritableDb, { m, office }: WatchRow, stage: WatchRow['stage'], nextAt: Instant): void {
  db.runOne('UPDATE watches SET stage = ?, next_at = ? WHERE m = ? AND office = ?', [stage, nextAt, m, office]);
}

/** Nobody waits any more, e.g. because a person has cancelled every copy. */
export function endWatch(db: WritableDb, { m, office }: WatchRow): void {
  db.runOne('DELETE FROM watches WHERE m = ? AND office = ?', [m, office]);
}
