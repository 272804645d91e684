import { AppError } from '../../../shared/errors.ts';
import { type MatterFilter, matterFilter, matterSort } from '../../../shared/ipc/channels/matter.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { MatterId, PersonId } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import { countDesk, type DeskSort } from '../../vault/repositories/desk-list.ts';
import {
  editNote,
  findNote,
  insertNote,
  listViews,
  putAssignment,
  putView,
  removeNote,
  removeView,
} from '../../vault/repositories/desk-notes.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';
import { toDeskFilter } from './find-matters.ts';
import { nameActor } from './names.ts';
import { getMatter } from './view-matter.ts';

type NoteView = ResponseOf<'matter:add-note'>;

/** @throws AppError MATTER_UNKNOWN */
export function addNote(context: OfficeContext, matter: MatterId, text: string, by: string): NoteView {
  const { vault, now } = context;
  getMatter(vault.read, matter);
  return viewNote(
    context,
    vault.write((db) => insertNote(db, { matter, text, by, at: instantOf(now()) })),
  );
}

/** @throws AppError NOTE_UNKNOWN */
export function changeNote(context: OfficeContext, id: number, text: string): NoteView {
  const { vault, now } = context;
  if (!vault.write((db) => editNote(db, id, text, instantOf(now())))) throw new AppError('NOTE_UNKNOWN');
  return viewNote(context, id);
}

/** @throws AppError NOTE_UNKNOWN */
export function dropNote({ vault }: OfficeContext, id: number): void {
  if (!vault.write((db) => removeNote(db, id))) throw new AppError('NOTE_UNKNOWN');
}

function viewNote({ vault }: OfficeContext, id: number): NoteView {
  const note = findNote(vault.read, id);
  if (note === null) throw new AppError('NOTE_UNKNOWN');
  const { matter: _, by, ...rest } = note;
  return { ...rest, by: nameActor(vault.read, by) };
}

/** Who sees to matters: nobody where `person` is null. @throws AppError MATTER_UNKNOWN */
export function assignMatters({ vault }: OfficeContext, matters: readonly MatterId[], person: PersonId | null): void {
  vault.write((db) => {
    for (const matter of matters) {
      getMatter(db, matter);
      putAssignment(db, matter, person);
    }
  });
}

type ViewView = ResponseOf<'view:save'>;

export function listSavedViews(context: OfficeContext): ViewView[] {
  return listViews(context.vault.read).flatMap(({ id, name, filter, sort }) => {
    // A view that another version saved may ask for what this one does not know: it is left out, and kept.
    const parsed = matterFilter.safeParse(filter);
    const order = matterSort.safeParse(sort);
    return parsed.success && order.success
      ? [{ id, name, filter: parsed.data, sort: order.data, total: totalOf(context, parsed.data) }]
      : [];
  });
}

/** Searches are not counted for a tab. */
function totalOf({ vault, now }: OfficeContext, filter: MatterFilter): number | null {
  return filter.query === undefined ? countDesk(vault.read, toDeskFilter(filter, now(), null)) : null;
}

export interface SaveView {
  readonly id: number | null;
  readonly name: string;
  readonly filter: MatterFilter;
  readonly sort: { readonly by: DeskSort; readonly descending: boolean };
}

export function saveView(context: OfficeContext, { id, name, filter, sort }: SaveView): ViewView {
  const kept = context.vault.write((db) => putView(db, { id, name, filter: filter as Json, sort: { ...sort } }));
  return { id: kept, name, filter, sort, total: totalOf(context, filter) };
}

export function dropView({ vault }: OfficeContext, id: number): void {
  vault.write((db) => removeView(db, id));
}
