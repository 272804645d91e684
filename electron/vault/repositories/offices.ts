import type { Instant, OfficeId } from '../../../shared/model/brand.ts';
import type { Office, OfficeType } from '../../../shared/model/office-card.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { type Page, toPage } from '../db/page.ts';

export interface OfficeRow extends Office {
  readonly own: boolean;
  readonly addedAt: Instant;
  readonly updatedAt: Instant;
}

export interface OfficeKey {
  readonly name: string;
  readonly id: OfficeId;
}

export interface OfficeFilter {
  /** Part of the name. */
  readonly name?: string;
  readonly type?: OfficeType;
  /** Leading digits of the region code, e.g. `31` for all of Shanghai. */
  readonly region?: string;
}

type RawOffice = Omit<OfficeRow, 'own'> & { own: number };

const toOffice = (raw: RawOffice): OfficeRow => ({ ...raw, own: raw.own === 1 });

/** Adds an office or brings its words up to date. */
export function putOffice(db: WritableDb, office: Office, now: Instant): void {
  db.runOne(
    `INSERT INTO offices (id, name, type, region, added_at, updated_at) VALUES (@id, @name, @type, @region, @now, @now)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type, region = excluded.region, updated_at = excluded.updated_at`,
    { id: office.id, name: office.name, type: office.type, region: office.region, now },
  );
}

/** Marks the office that this vault belongs to: exactly one, for ever. */
export function markOwnOffice(db: WritableDb, id: OfficeId): void {
  db.runOne('UPDATE offices SET own = 1 WHERE id = ?', [id]);
}

export function findOffice(db: ReadableDb, id: OfficeId): OfficeRow | null {
  const raw = db.get<RawOffice>('SELECT * FROM offices WHERE id = ?', [id]);
  return raw === null ? null : toOffice(raw);
}

export function findOwnOffice(db: ReadableDb): OfficeRow | null {
  const raw = db.get<RawOffice>('SELECT * FROM offices WHERE own = 1');
  return raw === null ? null : toOffice(raw);
}

/** Offices by name. */
export function listOffices(
  db: ReadableDb,
  filter: OfficeFilter,
  limit: number,
  after: OfficeKey | null = null,
): Page<OfficeRow, OfficeKey> {
  const rows = db.all<RawOffice>(
    `SELECT * FROM offices
     WHERE (name, id) > (@afterName, @afterId) AND (@type IS NULL OR type = @type)
       AND (@name IS NULL OR instr(name, @name) > 0) AND (@region IS NULL OR substr(region, 1, length(@region)) = @region)
     ORDER BY name, id LIMIT @limit`,
    {
      afterName: after?.name ?? '',
      afterId: after?.id ?? '',
      type: filter.type ?? null,
      name: filter.name ?? null,
      region: filter.region ?? null,
      limit: limit + 1,
    },
  );
  return toPage(rows.map(toOffice), limit, ({ name, id }) => ({ name, id }));
}
