import type { Instant } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** Work that a commit promised and that must still be done, e.g. a receipt to seal: a crash in between forgets nothing. */
export interface DutyRow {
  readonly id: number;
  readonly kind: string;
  readonly payload: Json;
  readonly createdAt: Instant;
}

type RawDuty = Omit<DutyRow, 'payload'> & { payload: string };

/** @returns the id of the duty */
export function insertDuty(db: WritableDb, kind: string, payload: Json, now: Instant): number {
  return db.insert('INSERT INTO duties (kind, payload, created_at) VALUES (?, ?, ?)', [
    kind,
    JSON.stringify(payload),
    now,
  ]);
}

/** Duties with an id above `after`, oldest first. */
export function listDuties(db: ReadableDb, limit: number, after = 0): DutyRow[] {
  return db
    .all<RawDuty>('SELECT * FROM duties WHERE id > ? ORDER BY id LIMIT ?', [after, limit])
    .map((raw) => ({ ...raw, payload: JSON.parse(raw.payload) as Json }));
}

/** Call in the transaction that stores the outcome. */
export function removeDuty(db: WritableDb, id: number): void {
  db.runOne('DELETE FROM duties WHERE id = ?', [id]);
}

/** Notes what a failed try leaves behind for the next one. */
export function replaceDutyPayload(db: WritableDb, id: number, payload: Json): void {
  db.runOne('UPDATE duties SET payload = ? WHERE id = ?', [JSON.stringify(payload), id]);
}
