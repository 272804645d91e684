import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { AuditAction, AuditDetailName } from '../../../shared/model/audit-vocabulary.ts';
import type { Instant, Sha256 } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { type Page, toPage } from '../db/page.ts';
import { insertSql } from '../db/sql.ts';

/** What was done, by whom, to what: a chain of hashes that triggers keep from being changed. */
export interface AuditRow {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly at: Instant;
  /** A person's id, or `vault` for what happens unattended. */
  readonly actor: string;
  /** In the past tense, e.g. `message-sealed`. */
  readonly action: string;
  /** What it was done to: an M, a matter, an office. */
  readonly subject: string | null;
  readonly detail: Readonly<Record<string, Json>>;
  readonly prevHash: Sha256;
  readonly hash: Sha256;
}

export interface AuditHead {
  /** 0 before the first row. */
  readonly seq: number;
  readonly hash: Sha256;
}

/** No name but those that the window has words for: one more does not compile. */
export type NewAuditEntry<Detail> = Pick<AuditRow, 'at' | 'actor' | 'subject'> & {
  readonly action: AuditAction;
  readonly detail?: Detail & Readonly<Record<Exclude<keyof Detail, AuditDetailName>, never>>;
};

type RawAudit = Omit<AuditRow, 'detail'> & { detail: string };

export const EMPTY_HEAD: AuditHead = { seq: 0, hash: '0'.repeat(64) as Sha256 };

const INSERT = insertSql('audit', ['seq', 'at', 'actor', 'action', 'subject', 'detail', 'prevHash', 'hash']);
const VERIFY_BATCH = 1_000;

/** SHA-256 over the JSON array of the row's fields in the order of the table, `detail` as its stored text. */
function hashOf(row: Omit<RawAudit, 'hash'>): Sha256 {
  const fields = [row.seq, row.at, row.actor, row.action, row.subject, row.detail, row.prevHash];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex') as Sha256;
}

/** @returns the new head of the chain */
export function appendAudit<Detail extends object = Record<never, never>>(
  db: WritableDb,
  { at, actor, action, subject, detail }: NewAuditEntry<Detail>,
): AuditHead {
  const head = findAuditHead(db);
  const row = {
    seq: head.seq + 1,
    at,
    actor,
    action,
    subject,
    detail: JSON.stringify(detail ?? {}),
    prevHash: head.hash,
  };
  const hash = hashOf(row);
  db.runOne(INSERT, { ...row, hash });
  return { seq: row.seq, hash };
}

export function findAuditHead(db: ReadableDb): AuditHead {
  return db.get<AuditHead>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1') ?? EMPTY_HEAD;
}

export function findAuditHash(db: ReadableDb, seq: number): Sha256 | null {
  return db.get<{ hash: Sha256 }>('SELECT hash FROM audit WHERE seq = ?', [seq])?.hash ?? null;
}

/**
 * Recomputes the whole chain.
 *
 * @returns its head
 * @throws AppError AUDIT_CHAIN_BROKEN with the `seq` of the first row that does not follow
 */
export function verifyAudit(db: ReadableDb): AuditHead {
  let head = EMPTY_HEAD;
  for (;;) {
    const rows = db.all<RawAudit>('SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?', [head.seq, VERIFY_BATCH]);
    for (const row of rows) {
      const follows = row.seq === head.seq + 1 && row.prevHash === head.hash && row.hash === hashOf(row);
      if (!follows) throw new AppError('AUDIT_CHAIN_BROKEN', { seq: head.seq + 1 });
      head = { seq: row.seq, hash: row.hash };
    }
    if (rows.length < VERIFY_BATCH) return head;
  }
}

export interface AuditFilter {
  /** Part of it. */
  readonly subject?: string;
  /** Any of these. */
  readonly actors?: readonly string[];
  readonly actions?: readonly string[];
}

const CONDITIONS = {
  subject: ' AND instr(subject, @subject) > 0',
  actors: ' AND actor IN (SELECT value FROM json_each(@actors))',
  actions: ' AND action IN (SELECT value FROM json_each(@actions))',
} as const;

/** Rows, the newest first; `after` is a seq. */
export function listAudit(
  db: ReadableDb,
  filter: AuditFilter,
  limit: number,
  after: number | null = null,
): Page<AuditRow, number> {
  const fields = (['subject', 'actors', 'actions'] as const).filter((name) => filter[name] !== undefined);
  const conditions = fields.map((name) => CONDITIONS[name]).join('');
  const rows = db.all<RawAudit>(`SELECT * FROM audit WHERE seq < @after${conditions} ORDER BY seq DESC LIMIT @limit`, {
    after: after ?? Number.MAX_SAFE_INTEGER,
    ...(filter.subject === undefined ? {} : { subject: filter.subject }),
    ...(filter.actors === undefined ? {} : { actors: JSON.stringify(filter.actors) }),
    ...(filter.actions === undefined ? {} : { actions: JSON.stringify(filter.actions) }),
    limit: limit + 1,
  });
  const items = rows.map((raw) => ({ ...raw, detail: JSON.parse(raw.detail) as Record<string, Json> }));
  return toPage(items, limit, ({ seq }) => seq);
}

/** Everybody who ever did something. */
export function listAuditActors(db: ReadableDb): readonly string[] {
  return db.all<{ actor: string }>('SELECT DISTINCT actor FROM audit ORDER BY actor').map(({ actor }) => actor);
}

/** Rows after a place, the oldest first. */
export function listAuditSince(db: ReadableDb, seq: number): readonly AuditRow[] {
  return db
    .all<RawAudit>('SELECT * FROM audit WHERE seq > ? ORDER BY seq', [seq])
    .map((raw) => ({ ...raw, detail: JSON.parse(raw.detail) as Record<string, Json> }));
}
