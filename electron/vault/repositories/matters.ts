import type { Instant, MatterId, OfficeId } from '../../../shared/model/brand.ts';
import type { ProcedureType } from '../../../shared/model/vocabulary.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { type Page, toPage } from '../db/page.ts';
import { insertSql } from '../db/sql.ts';

export interface MatterRow {
  readonly id: MatterId;
  readonly type: ProcedureType;
  readonly title: string;
  readonly opener: OfficeId;
  readonly lead: OfficeId;
  readonly state: string;
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
}

export type MatterChange = Partial<Pick<MatterRow, 'title' | 'lead' | 'state' | 'countedPos'>>;

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

export function insertMatter(db: WritableDb, row: MatterRow, participants: readonly OfficeId[]): void {
  db.runOne(INSERT, { ...row });
  for (const office of participants) addParticipant(db, row.id, office);
}

export function addParticipant(db: WritableDb, matter: MatterId, office: OfficeId): void {
  db.run('INSERT INTO participants (matter, office) VALUES (?, ?) ON CONFLICT DO NOTHING', [matter, office]);
}

export function updateMatter(db: WritableDb, id: MatterId, change: MatterChange, now: Instant): void {
  db.runOne(
    `UPDATE matters SET title = ifnull(@title, title), lead = ifnull(@lead, lead), state = ifnull(@state, state),
       counted_pos = ifnull(@countedPos, counted_pos), updated_at = @now WHERE id = @id`,
    {
      id,
      title: change.title ?? null,
      lead: change.lead ?? null,
      state: change.state ?? null,
      countedPos: change.countedPos ?? null,
      now,
    },
  );
}

export function findMatter(db: ReadableDb, id: MatterId): MatterRow | null {
  return db.get<MatterRow>('SELECT * FROM matters WHERE id = ?', [id]);
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
  const rows = db.all<MatterRow>(
    `SELECT * FROM matters WHERE (updated_at, id) < (@afterTime, @afterId) ${byState} AND (@type IS NULL OR type = @type)
     ORDER BY updated_at DESC, id DESC LIMIT @limit`,
    {
      afterTime: after?.updatedAt ?? '~',
      afterId: after?.id ?? '~',
      ...(filter.state === undefined ? {} : { state: filter.state }),
      type: filter.type ?? null,
      limit: limit + 1,
    },
  );
  return toPage(rows, limit, ({ updatedAt, id }) => ({ updatedAt, id }));
}

/** The matters in which an office takes part. */
export function listMattersOf(db: ReadableDb, office: OfficeId): MatterRow[] {
  return db.all<MatterRow>(
    'SELECT m.* FROM participants p JOIN matters m ON m.id = p.matter WHERE p.office = ? ORDER BY m.id',
    [office],
  );
}
