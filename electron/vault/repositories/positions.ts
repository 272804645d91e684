import type { M, MatterId } from '../../../shared/model/brand.ts';
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
