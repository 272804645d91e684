import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { MatterId, OfficeId, PersonId } from '../../../shared/model/brand.ts';
import type { Form } from '../../../shared/model/forms/form.ts';
import type { ProcedureType } from '../../../shared/model/vocabulary.ts';
import { describeForm } from '../../../shared/procedures/describe-form.ts';
import { emptyMembers } from '../../../shared/procedures/empty-form.ts';
import { deleteBlob } from '../../vault/blobs/delete-blob.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import {
  type DraftRow,
  findDraft,
  insertDraft,
  listDrafts as listRows,
  moveDraft,
  removeDraft as removeRow,
  updateDraft,
} from '../../vault/repositories/drafts.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { listStaged, removeStaged, type StagedRow } from '../../vault/repositories/staged-documents.ts';
import type { Vault } from '../../vault/vault.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';
import { answersTo } from './answers-to.ts';
import { actOf, getDraft, getIdleDraft, procedureOf, procedureOfMatter } from './draft-of.ts';

export interface ShownDraft {
  readonly row: DraftRow;
  readonly documents: readonly StagedRow[];
}

export type DraftTarget =
  | { readonly kind: 'open'; readonly type: ProcedureType; readonly subtype: string }
  | { readonly kind: 'matter'; readonly matter: MatterId; readonly act: string };

/** Begins an act. What its form must hold from the start, so that it is this act and no other, stands in it already. @throws AppError MATTER_UNKNOWN, ACT_NOT_ALLOWED, FORM_INVALID */
export function createDraft({ vault, now }: OfficeContext, target: DraftTarget, by: PersonId | null): ShownDraft {
  const db = vault.read;
  const matter = target.kind === 'open' ? null : findMatter(db, target.matter);
  if (target.kind === 'matter' && matter === null) throw new AppError('MATTER_UNKNOWN', { matter: target.matter });
  const procedure =
    target.kind === 'open' ? procedureOf(target) : procedureOfMatter(db, matter as NonNullable<typeof matter>);
  const act = actOf(procedure, target.kind === 'open' ? (procedure.acts[0]?.id ?? '') : target.act);
  const at = instantOf(now());
  const { type, subtype } = procedure;
  const opening = target.kind === 'open' && subtype !== '' ? { subtype } : {};
  const row: DraftRow = {
    id: randomUUID(),
    revision: 1,
    type,
    subtype,
    matter: matter?.id ?? null,
    act: act.id,
    form: {
      ...emptyMembers(describeForm(act).groups.flatMap(({ fields }) => fields)),
      ...answersTo(db, matter?.id ?? null, act),
      ...opening,
      ...act.fixed,
    },
    recipients: [],
    state: 'draft',
    createdBy: by,
    createdAt: at,
    updatedAt: at,
    handedOverAt: null,
  };
  const { handedOverAt: _, ...fresh } = row;
  vault.write((write) => insertDraft(write, fresh));
  return { row, documents: [] };
}

/** @throws AppError DRAFT_UNKNOWN */
export function showDraft({ vault }: OfficeContext, id: string): ShownDraft {
  return { row: getDraft(vault.read, id), documents: listStaged(vault.read, id) };
}

/** The last changed first. */
export function listDrafts({ vault }: OfficeContext): ShownDraft[] {
  return listRows(vault.read).map((row) => ({ row, documents: listStaged(vault.read, row.id) }));
}

export interface DraftEdit {
  readonly draft: string;
  /** The one that was edited. */
  readonly revision: number;
  readonly form?: Form;
  readonly recipients?: readonly OfficeId[];
}

/** @throws AppError DRAFT_UNKNOWN, DRAFT_BUSY, DRAFT_CHANGED where somebody else's words came between */
export function changeDraft({ vault, now }: OfficeContext, { draft, revision, form, recipients }: DraftEdit): void {
  vault.write((db) => {
    const row = getIdleDraft(db, draft);
    if (row.revision !== revision) throw new AppError('DRAFT_CHANGED');
    const change = {
      ...(form === undefined ? {} : { form }),
      ...(recipients === undefined ? {} : { recipients: [...new Set(recipients)] }),
    };
    updateDraft(db, draft, change, instantOf(now()));
  });
}

/** Into the signature folder, for somebody who may sign. @throws AppError DRAFT_UNKNOWN, DRAFT_BUSY, DRAFT_CHANGED */
export function handOver({ vault, now }: OfficeContext, draft: string, revision: number): void {
  vault.write((db) => {
    if (getIdleDraft(db, draft).revision !== revision) throw new AppError('DRAFT_CHANGED');
    moveDraft(db, draft, ['draft', 'folder'], 'folder', instantOf(now()));
  });
}

/** Out of the signature folder again. @throws AppError DRAFT_UNKNOWN, DRAFT_BUSY */
export function takeBack({ vault }: OfficeContext, draft: string): void {
  vault.write((db) => {
    getIdleDraft(db, draft);
    moveDraft(db, draft, ['folder'], 'draft');
  });
}

/** With its documents; nothing happens where it is gone. @throws AppError DRAFT_BUSY */
export function removeDraft({ vault }: OfficeContext, draft: string): void {
  vault.write((db) => {
    if (findDraft(db, draft) === null) return;
    getIdleDraft(db, draft);
    dropDraft(vault, db, draft);
  });
}

/** In a transaction of the caller's: what was sent is no draft any more. */
export function dropDraft(vault: Vault, db: WritableDb, draft: string): void {
  for (const { id } of listStaged(db, draft)) dropStaged(vault, db, id);
  removeRow(db, draft);
}

/** The document's key goes with the last draft that holds it. */
export function dropStaged(vault: Vault, db: WritableDb, id: string): void {
  const blob = removeStaged(db, id);
  if (blob !== null) deleteBlob(vault, db, blob);
}
