import type { MatterId } from '../../../shared/model/brand.ts';
import type { Act } from '../../../shared/model/vocabulary.ts';
import { civilMomentAt } from '../../../shared/procedures/clock/civil-date.ts';
import { describeForm, type FormSpec } from '../../../shared/procedures/describe-form.ts';
import { listPossibleActs } from '../../../shared/procedures/fold-matter.ts';
import type { DocumentRule, ProcedureAct, Role } from '../../../shared/procedures/procedure.ts';
import { roleOf } from '../../../shared/procedures/role-of.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findMatter, type MatterRow } from '../../vault/repositories/matters.ts';
import type { OfficeContext } from '../context.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { foreseeMatter } from './foresee-act.ts';

/** An act that our office may perform now. */
export interface AllowedAct {
  /** Of the procedure's act: several of one word differ by their id. */
  readonly id: string;
  readonly act: Act;
  /** Members that the form must have for it to be this act. */
  readonly fixed: Readonly<Record<string, string>>;
  /** What our office is in this matter. */
  readonly role: Role;
}

/** As far as is known here: what is on its way may still forbid it. In the order of the procedure. */
export function allowedActs(db: ReadableDb, matter: MatterRow, now: Date): AllowedAct[] {
  const { acts, role } = findPossible(db, matter, now);
  return acts.map(({ id, act, fixed }) => ({ id, act, fixed, role }));
}

/** An act with everything that a window needs to ask for it. Plain data. */
export interface OfferedAct extends AllowedAct {
  readonly form: FormSpec;
  readonly documents: readonly DocumentRule[];
  /** Template ids of the papers that it produces. */
  readonly papers: readonly string[];
}

/** The acts of {@link allowedActs} with their forms, papers and rules of documents; none where the matter is not known. */
export function offerActs({ vault, now }: OfficeContext, id: MatterId): OfferedAct[] {
  const matter = findMatter(vault.read, id);
  if (matter === null) return [];
  const { acts, role } = findPossible(vault.read, matter, now());
  return acts.map((act) => ({
    id: act.id,
    act: act.act,
    fixed: act.fixed,
    role,
    form: describeForm(act),
    documents: act.documents,
    papers: act.papers,
  }));
}

function findPossible(
  db: ReadableDb,
  matter: MatterRow,
  now: Date,
): { readonly acts: readonly ProcedureAct[]; readonly role: Role } {
  const fold = foreseeMatter(db, matter);
  const { procedure, opening } = fold;
  if (procedure === null || opening === null) return { acts: [], role: 'observer' };
  const role = roleOf(matter, procedure, opening, getOwnVault(db).office.id);
  return { acts: listPossibleActs(fold, role, civilMomentAt(now.getTime())), role };
}
