import type { Instant, MatterId, OfficeId, PersonId, Sha256 } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import type { ProcedureType } from '../../../shared/model/vocabulary.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

export type DraftState = 'draft' | 'folder' | 'sending';

/** An act that nobody has signed yet. */
export interface DraftRow {
  readonly id: string;
  /** Goes up with every change: whoever changes names the one that they saw. */
  readonly revision: number;
  readonly type: ProcedureType;
  readonly subtype: string;
  /** Null: it opens one. */
  readonly matter: MatterId | null;
  /** Id of the procedure's act. */
  readonly act: string;
  readonly form: Readonly<Record<string, Json>>;
  /** Of a matter to be opened, the leading office first. */
  readonly recipients: readonly OfficeId[];
  readonly state: DraftState;
  readonly createdBy: PersonId | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly handedOverAt: Instant | null;
}

type RawDraft = Omit<DraftRow, 'form' | 'recipients'> & { form: string; recipients: string };

const INSERT = insertSql('drafts', [
  'id',
  'revision',
  'type',
  'subtype',
  'matter',
  'act',
  'form',
  'recipients',
  'state',
  'createdBy',
  'createdAt',
  'updatedAt',
]);

const toDraft = (raw: RawDraft): DraftRow => ({
  ...raw,
  form: JSON.parse(raw.form) as Record<string, Json>,
  recipients: JSON.parse(raw.recipients) as OfficeId[],
});

export function insertDraft(db: WritableDb, row: Omit<DraftRow, 'handedOverAt'>): void {
  db.runOne(INSERT, { ...row, form: JSON.stringify(row.form), recipients: JSON.stringify(row.recipients) });
}

export function findDraft(db: ReadableDb, id: string): DraftRow | null {
  const raw = db.get<RawDraft>('SELECT * FROM drafts WHERE id = ?', [id]);
  return raw === null ? null : toDraft(raw);
}

/** The last changed first. */
export function listDrafts(db: ReadableDb): DraftRow[] {
  return db.all<RawDraft>('SELECT * FROM drafts ORDER BY updated_at DESC, id').map(toDraft);
}

export function listDraftsOfMatter(db: ReadableDb, matter: MatterId): DraftRow[] {
  return db.all<RawDraft>('SELECT * FROM drafts WHERE matter = ? ORDER BY created_at, id', [matter]).map(toDraft);
}

export interface DraftChange {
  readonly form?: DraftRow['form'];
  readonly recipients?: readonly OfficeId[];
  readonly state?: DraftState;
  readonly handedOverAt?: Instant | null;
}

/** Writes a change of what the draft says; read marks of the old words fall by their digest. */
export function updateDraft(db: WritableDb, id: string, change: DraftChange, at: Instant): void {
  db.runOne(
    `UPDATE drafts SET revision = revision + 1, form = ifnull(@form, form), recipients = ifnull(@recipients, recipients), updated_at = @at WHERE id = @id`,
    {
      id,
      form: change.form === undefined ? null : JSON.stringify(change.form),
      recipients: change.recipients === undefined ? null : JSON.stringify(change.recipients),
      at,
    },
  );
}

/** Its documents came or went: later than before, and no word of it is another. */
export function touchDraft(db: WritableDb, id: string, at: Instant): void {
  db.runOne('UPDATE drafts SET updated_at = @at WHERE id = @id', { id, at });
}

/** Where the draft stands; its words stay as they are. @returns false where it was not in one of the states `from` */
export function moveDraft(
  db: WritableDb,
  id: string,
  from: readonly DraftState[],
  to: DraftState,
  handedOverAt: Instant | null = null,
): boolean {
  return (
    db.run(
      `UPDATE drafts SET state = @to, handed_over_at = ifnull(@handedOverAt, CASE @to WHEN 'draft' THEN NULL ELSE handed_over_at END)
       WHERE id = @id AND state IN (SELECT value FROM json_each(@from))`,
      { id, to, handedOverAt, from: JSON.stringify(from) },
    ) === 1
  );
}

/** Those that were being sealed when the vault closed: nothing of them was committed. @returns how many */
export function releaseDrafts(db: WritableDb): number {
  return db.run(
    "UPDATE drafts SET state = CASE WHEN handed_over_at IS NULL THEN 'draft' ELSE 'folder' END WHERE state = 'sending'",
  );
}

/** Its documents must be gone. */
export function removeDraft(db: WritableDb, id: string): void {
  db.run('DELETE FROM read_marks WHERE draft = ?', [id]);
  db.runOne('DELETE FROM drafts WHERE id = ?', [id]);
}

/** The person had these very words in view to their end. */
export function putReadMark(db: WritableDb, draft: string, person: PersonId, digest: Sha256, at: Instant): void {
  db.runOne(
    `INSERT INTO read_marks (draft, person, digest, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (draft, person) DO UPDATE SET digest = excluded.digest, at = excluded.at`,
    [draft, person, digest, at],
  );
}

export function isRead(db: ReadableDb, draft: string, person: PersonId, digest: Sha256): boolean {
  return (
    db.get('SELECT 1 FROM read_marks WHERE draft = ? AND person = ? AND digest = ?', [draft, person, digest]) !== null
  );
}
