import type { Instant, M, MatterId } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** The lead's order of a matter: which message stands at which position, and the receipt that says so. */
export interface PositionRow {
  readonly matter: MatterId;
  readonly pos: number;
  readonly message: M;
  readonly receipt: M;
}

/** Stores a position. Another message at the same place, or another place for the same message, is the caller's to find first. */
export function insertPosition(db: WritableDb, { matter, pos, message, receipt }: PositionRow): void {
  db.runOne('INSERT INTO positions (matter, pos, message, receipt) VALUES (?, ?, ?, ?)', [
    matter,
    pos,
    message,
    receipt,
  ]);
}

export function findPosition(db: ReadableDb, matter: MatterId, pos: number): PositionRow | null {
  return db.get<PositionRow>('SELECT * FROM positions WHERE matter = ? AND pos = ?', [matter, pos]);
}

export function findPositionOf(db: ReadableDb, matter: MatterId, message: M): PositionRow | null {
  return db.get<PositionRow>('SELECT * FROM positions WHERE matter = ? AND message = ?', [matter, message]);
}

/** The highest position, whether or not those before it are known. */
export function findLastPosition(db: ReadableDb, matter: MatterId): PositionRow | null {
  return db.get<PositionRow>('SELECT * FROM positions WHERE matter = ? ORDER BY pos DESC LIMIT 1', [matter]);
}

/** Positions above `after`, in order. */
export function listPositions(db: ReadableDb, matter: MatterId, after = 0): PositionRow[] {
  return db.all<PositionRow>('SELECT * FROM positions WHERE matter = ? AND pos > ? ORDER BY pos', [matter, after]);
}

export interface PositionClaimRow {
  readonly pos: number;
  readonly posPrev: M | null;
  readonly message: M;
  readonly receipt: M;
  readonly receivedAt: Instant;
  /** M of the receipt that this one replaces. */
  readonly supersedes: M | null;
}

/** What the receipts of a matter's messages say about places in the lead's order, contradictions and superseded ones included. */
export function listPositionClaims(db: ReadableDb, matter: MatterId): PositionClaimRow[] {
  return db.all<PositionClaimRow>(
    `SELECT r.pos, r.pos_prev, r.message, r.m AS receipt, r.received_at, r.supersedes
     FROM messages x JOIN receipts r ON r.message = x.m
     WHERE x.matter = ? AND r.pos IS NOT NULL ORDER BY r.pos, r.m`,
    [matter],
  );
}
