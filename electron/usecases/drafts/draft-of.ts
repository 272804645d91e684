import { AppError } from '../../../shared/errors.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import { findProcedure, listProcedures } from '../../../shared/procedures/find-procedure.ts';
import type { Procedure, ProcedureAct } from '../../../shared/procedures/procedure.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { type DraftRow, findDraft } from '../../vault/repositories/drafts.ts';
import { findMatter, listParticipants, type MatterRow } from '../../vault/repositories/matters.ts';
import { findStaged, type StagedRow } from '../../vault/repositories/staged-documents.ts';
import { findOpening } from '../matters/find-opening.ts';
import { getOwnVault } from '../office/own-vault.ts';

/** @throws AppError DRAFT_UNKNOWN */
export function getDraft(db: ReadableDb, id: string): DraftRow {
  const draft = findDraft(db, id);
  if (draft === null) throw new AppError('DRAFT_UNKNOWN');
  return draft;
}

/** A draft that may be changed now. @throws AppError DRAFT_UNKNOWN, DRAFT_BUSY */
export function getIdleDraft(db: ReadableDb, id: string): DraftRow {
  const draft = getDraft(db, id);
  if (draft.state === 'sending') throw new AppError('DRAFT_BUSY');
  return draft;
}

/** @throws AppError DOCUMENT_UNKNOWN */
export function getStaged(db: ReadableDb, draft: string, id: string): StagedRow {
  const staged = findStaged(db, id);
  if (staged?.draft !== draft) throw new AppError('DOCUMENT_UNKNOWN');
  return staged;
}

/** The procedure's act that a draft is of. @throws AppError ACT_NOT_ALLOWED where the procedure knows none of that name */
export function actOf(procedure: Procedure, id: string): ProcedureAct {
  const act = procedure.acts.find((one) => one.id === id);
  if (act === undefined) throw new AppError('ACT_NOT_ALLOWED', { act: id.slice(0, 64), reason: 'act' });
  return act;
}

/** @throws AppError FORM_INVALID where there is no such procedure */
export function procedureOf({ type, subtype }: Pick<DraftRow, 'type' | 'subtype'>): Procedure {
  const procedure = listProcedures(type).find((one) => one.subtype === subtype);
  if (procedure === undefined) throw new AppError('FORM_INVALID', { field: 'subtype', reason: 'subtype' });
  return procedure;
}

/** The procedure that a standing matter follows. @throws AppError MATTER_UNKNOWN where its opening is not here */
export function procedureOfMatter(db: ReadableDb, matter: MatterRow): Procedure {
  const opening = findOpening(db, matter.id);
  const procedure = opening === null ? null : findProcedure(matter.type, opening.form);
  if (procedure === null) throw new AppError('MATTER_UNKNOWN', { matter: matter.id });
  return procedure;
}

/** Who would get it, our own office left out. */
export function recipientsOf(db: ReadableDb, { matter, recipients }: DraftRow): readonly OfficeId[] {
  if (matter === null) return recipients;
  const own = getOwnVault(db).office.id;
  const lead = findMatter(db, matter)?.lead;
  const others = listParticipants(db, matter).filter((office) => office !== own);
  return [...others.filter((office) => office === lead), ...others.filter((office) => office !== lead)];
}
