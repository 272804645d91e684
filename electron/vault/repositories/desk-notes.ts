import type { Instant, MatterId, PersonId } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** What people keep about matters for themselves: nothing of it leaves the vault. */

export interface NoteRow {
  readonly id: number;
  readonly matter: MatterId;
  readonly text: string;
  readonly by: string;
  readonly at: Instant;
  readonly editedAt: Instant | null;
}

export function insertNote(db: WritableDb, note: Pick<NoteRow, 'matter' | 'text' | 'by' | 'at'>): number {
  return db.insert('INSERT INTO notes (matter, text, by, at) VALUES (@matter, @text, @by, @at)', { ...note });
}

/** @returns false where there is no such note */
export function editNote(db: WritableDb, id: number, text: string, at: Instant): boolean {
  return db.run('UPDATE notes SET text = ?, edited_at = ? WHERE id = ?', [text, at, id]) === 1;
}

export function removeNote(db: WritableDb, id: number): boolean {
  return db.run('DELETE FROM notes WHERE id = ?', [id]) === 1;
}

export function findNote(db: ReadableDb, id: number): NoteRow | null {
  return db.get<NoteRow>('SELECT * FROM notes WHERE id = ?', [id]);
}

/** The oldest first. */
export function listNotes(db: ReadableDb, matter: MatterId): NoteRow[] {
  return db.all<NoteRow>('SELECT * FROM notes WHERE matter = ? ORDER BY id', [matter]);
}

export interface ViewRow {
  readonly id: number;
  readonly name: string;
  readonly filter: Json;
  readonly sort: Json;
}

type RawView = Omit<ViewRow, 'filter' | 'sort'> & { filter: string; sort: string };

/** @returns the id; a view that is gone is made anew */
export function putView(
  db: WritableDb,
  { id, name, filter, sort }: Omit<ViewRow, 'id'> & { readonly id: number | null },
): number {
  const values = [name, JSON.stringify(filter), JSON.stringify(sort)];
  if (id !== null && db.run('UPDATE views SET name = ?, filter = ?, sort = ? WHERE id = ?', [...values, id]) === 1)
    return id;
  return db.insert('INSERT INTO views (name, filter, sort) VALUES (?, ?, ?)', values);
}

export function removeView(db: WritableDb, id: number): void {
  db.run('DELETE FROM views WHERE id = ?', [id]);
}

export function listViews(db: ReadableDb): ViewRow[] {
  return db
    .all<RawView>('SELECT * FROM views ORDER BY id')
    .map((raw) => ({ ...raw, filter: JSON.parse(raw.filter) as Json, sort: JSON.parse(raw.sort) as Json }));
}

export function putAssignment(db: WritableDb, matter: MatterId, person: PersonId | null): void {
  if (person === null) db.run('DELETE FROM assignments WHERE matter = ?', [matter]);
  else {
    db.runOne(
      'INSERT INTO assignments (matter, person) VALUES (?, ?) ON CONFLICT (matter) DO UPDATE SET person = excluded.person',
      [matter, person],
    );
  }
}

export function findAssignee(db: ReadableDb, matter: MatterId): PersonId | null {
  return db.get<{ person: PersonId }>('SELECT person FROM assignments WHERE matter = ?', [matter])?.person ?? null;
}
