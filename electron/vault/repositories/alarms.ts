import type { ErrorCode } from '../../../shared/errors.ts';
import type { Instant, M, MatterId } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** Something that a person must look at; it accuses nobody (protocol.md 2). */
export interface AlarmRow {
  readonly id: number;
  readonly at: Instant;
  readonly code: ErrorCode;
  readonly matter: MatterId | null;
  readonly m: M | null;
  readonly detail: Readonly<Record<string, Json>>;
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: string | null;
}

export type NewAlarm = Pick<AlarmRow, 'at' | 'code'> & Partial<Pick<AlarmRow, 'matter' | 'm' | 'detail'>>;

type RawAlarm = Omit<AlarmRow, 'detail'> & { detail: string };

const toAlarm = (raw: RawAlarm): AlarmRow => ({ ...raw, detail: JSON.parse(raw.detail) as Record<string, Json> });

export function insertAlarm(db: WritableDb, { at, code, matter, m, detail }: NewAlarm): number {
  return db.insert('INSERT INTO alarms (at, code, matter, m, detail) VALUES (?, ?, ?, ?, ?)', [
    at,
    code,
    matter ?? null,
    m ?? null,
    JSON.stringify(detail ?? {}),
  ]);
}

export function acknowledgeAlarm(db: WritableDb, id: number, at: Instant, by: string): void {
  db.runOne('UPDATE alarms SET acknowledged_at = ?, acknowledged_by = ? WHERE id = ? AND acknowledged_at IS NULL', [
    at,
    by,
    id,
  ]);
}

/** Alarms that nobody has acknowledged, the newest first. */
export function listOpenAlarms(db: ReadableDb): AlarmRow[] {
  return db.all<RawAlarm>('SELECT * FROM alarms WHERE acknowledged_at IS NULL ORDER BY id DESC').map(toAlarm);
}

/** All alarms below the id `before`, the newest first. */
export function listAlarms(db: ReadableDb, limit: number, before: number | null = null): AlarmRow[] {
  return db
    .all<RawAlarm>('SELECT * FROM alarms WHERE id < ? ORDER BY id DESC LIMIT ?', [
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
    ])
    .map(toAlarm);
}
