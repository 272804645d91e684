import type { Instant, MatterId, OfficeId } from '../../../shared/model/brand.ts';
import type { ProcedureType } from '../../../shared/model/vocabulary.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { type Page, toPage } from '../db/page.ts';
import { insertSql } from '../db/sql.ts';
import { endOf } from './matter-clocks.ts';

export interface MatterRow {
  readonly id: MatterId;
  readonly type: ProcedureType;
  readonly title: string;
  readonly opener: OfficeId;
  readonly lead: OfficeId;
  readonly state: string;
  /** What is pending beside the state, e.g. a complaint. */
  readonly sides: readonly string[];
  /** Name of the procedure that the opening form chose; null before it has its place. */
  readonly procedure: string | null;
  /** The fold has reached this position of the lead's order; 0 before the first. */
  readonly countedPos: number;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
}

export interface MatterKey {
  readonly updatedAt: Instant;
  readonly id: MatterId;
}

export interface MatterFilter {
  readonly state?: string;
  readonly type?: ProcedureType;
  /** With a running clock that ends on or before this day, `YYYY-MM-DD` in Asia/Shanghai. */
  readonly dueUntil?: string;
}

export type MatterChange = Partial<Pick<MatterRow, 'title' | 'lead' | 'state' | 'sides' | 'procedure' | 'countedPos'>>;

type RawMatter = Omit<MatterRow, 'sides'> & { readonly sides: string };

const toMatter = (raw: RawMatter): MatterRow => ({ ...raw, sides: JSON.parse(raw.sides) as string[] });

const INSERT = insertSql('matters', [
  'id',
  'type',
  'title',
  'opener',
  'lead',
  'state',
  'countedPos',
  'openedAt',
  'updatedAt',
]);

/** Nothing has been counted of it yet. */
export type NewMatter = Omit<MatterRow, 'sides' | 'procedure'>;

export function insertMatter(db: WritableDb, row: NewMatter, participants: readonly OfficeId[]): void {
  db.runOne(INSERT, { ...row });
  for (const office of participants) addParticipant(db, row.id, office);
}

export function addParticipant(db: WritableDb, matter: MatterId, office: OfficeId): void {
  db.run('INSERT INTO participants (matter, office) VALUES (?, ?) ON CONFLICT DO NOTHING', [matter, office]);
}

export function updateMatter(db: WritableDb, id: MatterId, change: MatterChange, now: Instant): void {
  db.runOne(
    `UPDATE matters SET title = ifnull(@title, title), lead = ifnull(@lead, lead), state = ifnull(@state, state),
       sides = ifnull(@sides, sides), procedure = ifnull(@procedure, procedure), counted_pos = ifnull(@countedPos, counted_pos),
       updated_at = @now WHERE id = @id`,
    {
      id,
      title: change.title ?? null,
      lead: change.lead ?? null,
      state: change.state ?? null,
      sides: change.sides === undefined ? null : JSON.stringify(change.sides),
      procedure: change.procedure ?? null,
      countedPos: change.countedPos ?? null,
      now,
    },
  );
}

export function findMatter(db: ReadableDb, id: MatterId): MatterRow | null {
  const raw = db.get<RawMatter>('SELECT * FROM matters WHERE id = ?', [id]);
  return raw === null ? null : toMatter(raw);
}

export function listParticipants(db: ReadableDb, matter: MatterId): OfficeId[] {
  return db
    .all<{ office: OfficeId }>('SELECT office FROM participants WHERE matter = ? ORDER BY office', [matter])
    .map(({ office }) => office);
}

export function isParticipant(db: ReadableDb, matter: MatterId, office: OfficeId): boolean {
  return db.get('SELECT 1 FROM participants WHERE matter = ? AND office = ?', [matter, office]) !== null;
}

/** Matters, the last changed first. */
export function listMatters(
  db: ReadableDb,
  filter: MatterFilter,
  limit: number,
  after: MatterKey | null = null,
): Page<MatterRow, MatterKey> {
  const byState = filter.state === undefined ? '' : 'AND state = @state';
  const byDue =
    filter.dueUntil === undefined
      ? ''
      : "AND id IN (SELECT matter FROM matter_clocks WHERE state = 'running' AND due < @dueBefore)";
  const rows = db.all<RawMatter>(
    `SELECT * FROM matters WHERE (updated_at, id) < (@afterTime, @afterId) ${byState} ${byDue} AND (@type IS NULL OR type = @type)
     ORDER BY updated_at DESC, id DESC LIMIT @limit`,
    {
      afterTime: after?.updatedAt ?? '~',
      afterId: after?.id ?? '~',
      ...(filter.state === undefined ? {} : { state: filter.state }),
      ...(filter.dueUntil === undefined ? {} : { dueBefore: endOf(filter.dueUntil) }),
      type: filter.type ?? null,
      limit: limit + 1,
    },
  );
  return toPage(rows.map(toMatter), limit, ({ updatedAt, id }) => ({ updatedAt, id }));
}

/** The matters in which an office takes part. */
export function listMattersOf(db: ReadableDb, office: OfficeId): MatterRow[] {
  return db
    .all<RawMatter>(
      'SELECT m.* FROM participants p JOIN matters m ON m.id = p.matter WHERE p.office = ? ORDER BY m.id',
      [office],
    )
    .map(toMatter);
}

/** Matters of one type with one title, whoever takes part. */
export function listMattersTitled(db: ReadableDb, type: ProcedureType, title: string): MatterRow[] {
  return db
    .all<RawMatter>('SELECT * FROM matters WHERE type = ? AND title = ? ORDER BY id', [type, title])
    .map(toMatter);
}

/** The next matters after one that were counted by a program which knew no procedures by name and no clocks. @param after empty: from the first on */
export function listUncountedMatters(db: ReadableDb, after: MatterId | '', limit: number): MatterId[] {
  return db
    .all<{ id: MatterId }>(
      'SELECT id FROM matters WHERE procedure IS NULL AND counted_pos > 0 AND id > ? ORDER BY id LIMIT ?',
      [after, limit],
    )
    .map(({ id }) => id);
}
