import type { Instant, M, MatterId, OfficeId, PersonId } from '../../../shared/model/brand.ts';
import type { ProcedureType } from '../../../shared/model/vocabulary.ts';
import type { ReadableDb, SqlValue, WritableDb } from '../db/handle.ts';
import { type Page, toPage } from '../db/page.ts';
import { insertSql } from '../db/sql.ts';

/** One matter as lists show, sort and filter it: derived, and out of date while it stands in `desk_stale`. */
export interface DeskRow {
  readonly matter: MatterId;
  readonly type: ProcedureType;
  readonly subtype: string;
  readonly title: string;
  readonly state: string;
  readonly final: boolean;
  readonly turn: 'ours' | 'theirs' | 'none';
  /** The office that the row is about: the lead, or the opener where we lead. */
  readonly counterpart: OfficeId;
  readonly counterpartRegion: string;
  /** Of the clock that ends first: `YYYY-MM-DD`, for hours `YYYY-MM-DDTHH:mm`; {@link PAUSED} or {@link NO_DUE}, which sort behind every date. */
  readonly due: string;
  /** That clock, JSON of the use case's own. */
  readonly clock: string | null;
  /** Id of the first act that we may perform. */
  readonly act: string | null;
  /** Of our last message. */
  readonly colour: string | null;
  readonly lastM: M | null;
  readonly unopened: number;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
}

export const PAUSED = '~paused';
export const NO_DUE = '~~';

export interface ListedDeskRow extends DeskRow {
  readonly assignee: PersonId | null;
}

type RawDesk = Omit<ListedDeskRow, 'final'> & { final: number };

const FIELDS = [
  'matter',
  'type',
  'subtype',
  'title',
  'state',
  'final',
  'turn',
  'counterpart',
  'counterpartRegion',
  'due',
  'clock',
  'act',
  'colour',
  'lastM',
  'unopened',
  'openedAt',
  'updatedAt',
] as const;
const INSERT = insertSql('desk', FIELDS);

/** Matters whose row is out of date. */
export function listStaleDesk(db: ReadableDb, limit: number): MatterId[] {
  return db.all<{ matter: MatterId }>('SELECT matter FROM desk_stale LIMIT ?', [limit]).map(({ matter }) => matter);
}

/** A clock that was met, or ran out unmet. */
export interface EndedClock {
  readonly clock: string;
  readonly turn: number;
  /** `YYYY-MM`. */
  readonly month: string;
  readonly met: boolean;
}

/** Stores a row with the clocks that ended, and takes the matter off the list of those out of date. */
export function putDeskRow(db: WritableDb, row: DeskRow, ended: readonly EndedClock[]): void {
  // Deleted first, not replaced: the sums must see the old row go.
  db.run('DELETE FROM desk WHERE matter = ?', [row.matter]);
  db.runOne(INSERT, { ...row });
  db.run('DELETE FROM desk_ends WHERE matter = ?', [row.matter]);
  for (const { clock, turn, month, met } of ended) {
    db.runOne('INSERT INTO desk_ends (matter, clock, turn, month, met) VALUES (?, ?, ?, ?, ?)', [
      row.matter,
      clock,
      turn,
      month,
      met,
    ]);
  }
  db.run('DELETE FROM desk_stale WHERE matter = ?', [row.matter]);
}

export interface DeskFilter {
  readonly type?: ProcedureType;
  readonly state?: string;
  readonly counterpart?: OfficeId;
  /** Leading digits of its region code. */
  readonly region?: string;
  readonly final?: boolean;
  readonly turn?: DeskRow['turn'];
  /** Ends before this, `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`. */
  readonly dueBefore?: string;
  /** Ends then or later, or, from PAUSED on, at no day that is known. */
  readonly dueFrom?: string;
  readonly assignee?: PersonId;
  /** Only with messages that nobody has opened. */
  readonly unopened?: true;
  /** Only these. */
  readonly among?: readonly MatterId[];
}

export type DeskSort = 'updated' | 'opened' | 'due' | 'title';
export interface DeskKey {
  readonly value: string;
  readonly id: MatterId;
}

const COLUMNS: Readonly<Record<DeskSort, keyof DeskRow & ('updatedAt' | 'openedAt' | 'due' | 'title')>> = {
  updated: 'updatedAt',
  opened: 'openedAt',
  due: 'due',
  title: 'title',
};
const SQL_COLUMNS: Readonly<Record<DeskSort, string>> = {
  updated: 'd.updated_at',
  opened: 'd.opened_at',
  due: 'd.due',
  title: 'd.title',
};

interface Where {
  readonly sql: string;
  readonly values: Readonly<Record<string, SqlValue>>;
}

/** Only the conditions asked for: the planner sees which index serves. */
function whereOf(filter: DeskFilter): Where {
  const { among, assignee, region } = filter;
  const parts: [boolean, string, Record<string, SqlValue>][] = [
    [filter.type !== undefined, 'd.type = @type', { type: filter.type ?? null }],
    [filter.state !== undefined, 'd.state = @state', { state: filter.state ?? null }],
    [filter.counterpart !== undefined, 'd.counterpart = @counterpart', { counterpart: filter.counterpart ?? null }],
    [
      region !== undefined,
      // The province by its index; whatever is longer within it.
      'substr(d.counterpart_region, 1, 2) = @province AND substr(d.counterpart_region, 1, length(@region)) = @region',
      { region: region ?? '', province: (region ?? '').slice(0, 2) },
    ],
    [filter.final !== undefined, 'd.final = @final', { final: filter.final ?? null }],
    [filter.turn !== undefined, 'd.turn = @turn', { turn: filter.turn ?? null }],
    [filter.dueBefore !== undefined, 'd.final = 0 AND d.due < @dueBefore', { dueBefore: filter.dueBefore ?? null }],
    [filter.dueFrom !== undefined, 'd.due >= @dueFrom', { dueFrom: filter.dueFrom ?? null }],
    [
      assignee !== undefined,
      'd.matter IN (SELECT matter FROM assignments WHERE person = @assignee)',
      { assignee: assignee ?? null },
    ],
    [filter.unopened === true, 'd.unopened > 0', {}],
    [among !== undefined, 'd.matter IN (SELECT value FROM json_each(@among))', { among: JSON.stringify(among ?? []) }],
  ];
  const used = parts.filter(([wanted]) => wanted);
  return {
    sql: used.map(([, sql]) => ` AND ${sql}`).join(''),
    values: Object.assign({}, ...used.map(([, , values]) => values)) as Where['values'],
  };
}

export function listDesk(
  db: ReadableDb,
  filter: DeskFilter,
  { by, descending }: { readonly by: DeskSort; readonly descending: boolean },
  limit: number,
  after: DeskKey | null = null,
): Page<ListedDeskRow, DeskKey> {
  const { sql, values } = whereOf(filter);
  const column = SQL_COLUMNS[by];
  const [compare, order] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const from = after === null ? '' : ` AND (${column}, d.matter) ${compare} (@afterValue, @afterId)`;
  const rows = db.all<RawDesk>(
    `SELECT d.*, a.person AS assignee FROM desk d LEFT JOIN assignments a ON a.matter = d.matter
     WHERE true${sql}${from} ORDER BY ${column} ${order}, d.matter ${order} LIMIT @limit`,
    { ...values, ...(after === null ? {} : { afterValue: after.value, afterId: after.id }), limit: limit + 1 },
  );
  return toPage(rows.map(toRow), limit, (row) => ({ value: row[COLUMNS[by]], id: row.matter }));
}

const toRow = (raw: RawDesk): ListedDeskRow => ({ ...raw, final: raw.final === 1 });

/** What the sums cannot answer is counted row by row. */
export function countDesk(db: ReadableDb, filter: DeskFilter): number {
  const { type, state, turn, final, region } = filter;
  const summed = ['type', 'state', 'turn', 'final', ...(region === undefined || region.length === 2 ? ['region'] : [])];
  if (Object.keys(filter).every((name) => summed.includes(name))) {
    return sumWhere(db, { type, state, turn, final, province: region });
  }
  const { sql, values } = whereOf(filter);
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM desk d WHERE true${sql}`, values)?.n ?? 0;
}

function sumWhere(db: ReadableDb, conditions: Readonly<Record<string, string | boolean | undefined>>): number {
  const used = Object.entries(conditions).filter(([, value]) => value !== undefined);
  const sql = used.map(([name]) => ` AND ${name} = @${name}`).join('');
  const values = Object.fromEntries(used.map(([name, value]) => [name, value ?? null]));
  return db.get<{ n: number | null }>(`SELECT sum(total) AS n FROM desk_sums WHERE true${sql}`, values)?.n ?? 0;
}

export function findDeskRow(db: ReadableDb, matter: MatterId): ListedDeskRow | null {
  const raw = db.get<RawDesk>(
    'SELECT d.*, a.person AS assignee FROM desk d LEFT JOIN assignments a ON a.matter = d.matter WHERE d.matter = ?',
    [matter],
  );
  return raw === null ? null : toRow(raw);
}

/** Open matters whose clock stands in one part of the due dates: `from` included, `to` not. The first to end first. */
export function listDueBetween(db: ReadableDb, from: string, to: string, limit: number): ListedDeskRow[] {
  return db
    .all<RawDesk>(
      `SELECT d.*, a.person AS assignee FROM desk d LEFT JOIN assignments a ON a.matter = d.matter
       WHERE d.final = 0 AND d.due >= ? AND d.due < ? ORDER BY d.due, d.matter LIMIT ?`,
      [from, to, limit],
    )
    .map(toRow);
}

export function countDueBetween(db: ReadableDb, from: string, to: string): number {
  return (
    db.get<{ n: number }>('SELECT count(*) AS n FROM desk WHERE final = 0 AND due >= ? AND due < ?', [from, to])?.n ?? 0
  );
}

/** Open matters whose last message of ours was turned away, the last changed first. */
export function listRefusedDesk(db: ReadableDb, limit: number): ListedDeskRow[] {
  return db
    .all<RawDesk>(
      `SELECT d.*, a.person AS assignee FROM desk d LEFT JOIN assignments a ON a.matter = d.matter
       WHERE d.colour = 'red' ORDER BY d.updated_at DESC, d.matter DESC LIMIT ?`,
      [limit],
    )
    .map(toRow);
}

/** Matters with messages that nobody has opened, the last changed first. */
export function listUnopenedDesk(db: ReadableDb, limit: number): ListedDeskRow[] {
  return db
    .all<RawDesk>(
      `SELECT d.*, a.person AS assignee FROM desk d LEFT JOIN assignments a ON a.matter = d.matter
       WHERE d.unopened > 0 ORDER BY d.updated_at DESC, d.matter DESC LIMIT ?`,
      [limit],
    )
    .map(toRow);
}

export interface DeskTotals {
  readonly refused: number;
  /** Messages that nobody has opened. */
  readonly unopened: number;
  /** Matters with such. */
  readonly mattersUnopened: number;
  /** Open matters in which the procedure waits for us. */
  readonly toAnswer: number;
}

export function sumDesk(db: ReadableDb): DeskTotals {
  const sums = db.get<DeskTotals>(
    `SELECT ifnull(sum(total) FILTER (WHERE refused = 1), 0) AS refused, ifnull(sum(unopened), 0) AS unopened,
       ifnull(sum(matters_unopened), 0) AS matters_unopened,
       ifnull(sum(total) FILTER (WHERE turn = 'ours' AND final = 0), 0) AS to_answer FROM desk_sums`,
  );
  return sums ?? { refused: 0, unopened: 0, mattersUnopened: 0, toAnswer: 0 };
}

export interface StateCount extends Pick<DeskRow, 'type' | 'state' | 'turn' | 'final'> {
  readonly total: number;
}

export function countByState(db: ReadableDb): StateCount[] {
  return db
    .all<Omit<StateCount, 'final'> & { final: number }>(
      `SELECT type, state, turn, final, sum(total) AS total FROM desk_sums
       GROUP BY type, state, turn, final HAVING sum(total) > 0 ORDER BY type, state, turn`,
    )
    .map((raw) => ({ ...raw, final: raw.final === 1 }));
}

/** By province: the first two digits of the counterpart's region. */
export function countByRegion(db: ReadableDb): { readonly region: string; readonly total: number }[] {
  return db.all(
    'SELECT province AS region, sum(total) AS total FROM desk_sums GROUP BY province HAVING sum(total) > 0 ORDER BY 2 DESC, 1',
  );
}

/** Of clocks that ended, from a month on. */
export function countEndedClocks(
  db: ReadableDb,
  from: string,
): { readonly month: string; readonly met: number; readonly missed: number }[] {
  return db.all(
    'SELECT month, sum(met) AS met, sum(1 - met) AS missed FROM desk_ends WHERE month >= ? GROUP BY month ORDER BY month',
    [from],
  );
}

/** Acts that came and went, by month of their coming here, from a month on. */
export function countVolume(
  db: ReadableDb,
  from: string,
): { readonly month: string; readonly sent: number; readonly received: number }[] {
  return db.all('SELECT month, sent, received FROM desk_volume WHERE month >= ? ORDER BY month', [from]);
}

/** Acts and enclosures of others in a matter that nobody of this office has opened. */
export function countUnopened(db: ReadableDb, matter: MatterId, own: OfficeId): number {
  return (
    db.get<{ n: number }>(
      `SELECT count(*) AS n FROM messages x WHERE x.matter = ? AND x.direction = 'in' AND x.kind IN ('act', 'enclosure') AND x.status = 'accepted'
         AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.message = x.m AND r.kind = 'opened' AND r.office = ?)`,
      [matter, own],
    )?.n ?? 0
  );
}
