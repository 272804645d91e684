import { AppError } from '../../errors.ts';
import { findAct, parseAct } from '../../procedures/act-of-form.ts';
import { findProcedure, listProcedures } from '../../procedures/find-procedure.ts';
import type { Act, ProcedureType } from '../vocabulary.ts';
import type { Form } from './form.ts';

export type { Form };

/** The subtype that an opening form chooses: `''` where the type has none. Null: the form names none of them. */
export function findSubtype(type: ProcedureType, opening: Form): string | null {
  return findProcedure(type, opening)?.subtype ?? null;
}

/**
 * Checks the form of one act.
 *
 * @param subtype of the matter, see {@link findSubtype}; null where the matter is not at hand: any subtype's form will do
 * @throws AppError FORM_INVALID with the `field` (dotted path) and the `reason`; ACT_NOT_ALLOWED where no such act exists
 */
export function parseForm(type: ProcedureType, act: Act, form: Form, subtype: string | null): Form {
  const chosen = subtype ?? findSubtype(type, form);
  if (act === 'submit' && chosen === null) throw new AppError('FORM_INVALID', { field: 'subtype', reason: 'subtype' });
  const candidates = listProcedures(type)
    .filter((one) => chosen === null || one.subtype === chosen)
    // Whose words these are at all has more to say of what is wrong in them.
    .sort((a, b) => Number(findAct(b, act, form) !== null) - Number(findAct(a, act, form) !== null));
  let first: unknown = null;
  for (const candidate of candidates) {
    try {
      parseAct(candidate, act, form);
      return form;
    } catch (error) {
      first ??= error;
    }
  }
  throw first ?? new AppError('FORM_INVALID', { field: 'subtype', reason: 'subtype' });
}
