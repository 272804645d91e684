import type { Instant, M, MatterId } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** A time at which a person wants to hear of something again. It stays until somebody puts it away. */
export interface ReminderRow {
  readonly id: number;
  readonly dueAt: Instant;
  readonly matter: MatterId | null;
  readonly m: M | null;
  /** Name of a file that is not kept here. */
  readonly file: string | null;
  readonly note: string;
  readonly by: string;
  readonly at: Instant;
}

export function insertReminder(db: WritableDb, reminder: Omit<ReminderRow, 'id'>): number {
  return db.insert(
    'INSERT INTO reminders (due_at, matter, m, file, note, by, at) VALUES (@dueAt, @matter, @m, @file, @note, @by, @at)',
    { ...reminder },
  );
}

/** @returns false where there is no such reminder */
export function removeReminder(db: WritableDb, id: number): boolean {
  return db.run('DELETE FROM reminders WHERE id = ?', [id]) === 1;
}

/** The first due first. */
export function listReminders(db: ReadableDb, limit: number): ReminderRow[] {
  return db.all<ReminderRow>('SELECT * FROM reminders ORDER BY due_at, id LIMIT ?', [limit]);
}
