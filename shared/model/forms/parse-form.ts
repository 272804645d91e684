import type { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { Act, ProcedureType } from '../vocabulary.ts';
import { fileReviewForms } from './file-review.ts';
import type { Form } from './form.ts';
import type { FormSet } from './form-set.ts';
import { legalAidForms } from './legal-aid.ts';
import { notarizationForms } from './notarization.ts';

export type { Form } from './form.ts';

const FORMS: Readonly<Record<ProcedureType, FormSet>> = {
  'file-review': fileReviewForms,
  'legal-aid': legalAidForms,
  notarization: notarizationForms,
};

/** The subtype that an opening form chooses: `''` where the type has none. Null: the form names none of them. */
export function findSubtype(type: ProcedureType, opening: Form): string | null {
  const { subtypes } = FORMS[type];
  if ('' in subtypes) return '';
  const chosen = opening['subtype'];
  return typeof chosen === 'string' && Object.hasOwn(subtypes, chosen) ? chosen : null;
}

/**
 * Checks the form of one act.
 *
 * @param subtype of the matter, see {@link findSubtype}; null where the matter is not at hand: any subtype's form will do
 * @throws AppError FORM_INVALID with the `field` (dotted path) and the `reason`
 */
export function parseForm(type: ProcedureType, act: Act, form: Form, subtype: string | null): Form {
  const chosen = subtype ?? findSubtype(type, form);
  const candidates = chosen === null ? Object.keys(FORMS[type].subtypes) : [chosen];
  if (act === 'submit' && chosen === null) throw new AppError('FORM_INVALID', { field: 'subtype', reason: 'subtype' });
  let first: AppError | null = null;
  for (const candidate of candidates) {
    const schema = FORMS[type].subtypes[candidate]?.[act];
    const parsed = schema?.safeParse(form);
    if (parsed?.success === true) return parsed.data as Form;
    first ??= parsed === undefined ? new AppError('FORM_INVALID', { field: '', reason: 'act' }) : toError(parsed.error);
  }
  throw first ?? new AppError('FORM_INVALID', { field: '', reason: 'subtype' });
}

function toError(error: z.ZodError): AppError {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])];
  const custom = issue?.code === 'custom' || issue?.code === 'invalid_format';
  const reason = custom ? issue.message : (issue?.code ?? 'invalid');
  return new AppError('FORM_INVALID', { field: path.map(String).join('.').slice(0, 200), reason: reason.slice(0, 80) });
}
