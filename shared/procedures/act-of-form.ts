import { AppError } from '../errors.ts';
import type { Form } from '../model/forms/form.ts';
import { toFormError } from '../model/forms/form-error.ts';
import type { Act } from '../model/vocabulary.ts';
import type { Procedure, ProcedureAct } from './procedure.ts';

/** The act that a form performs: several acts of one word differ by fixed members. Null: none of this word has them. */
export function findAct({ acts }: Procedure, act: Act, form: Form): ProcedureAct | null {
  return (
    acts.find((one) => one.act === act && Object.entries(one.fixed).every(([name, value]) => form[name] === value)) ??
    null
  );
}

/**
 * The act that a form performs, with the form checked.
 *
 * @throws AppError ACT_NOT_ALLOWED (the procedure knows no such word), FORM_INVALID with the `field` (dotted path) and the `reason`
 */
export function parseAct(procedure: Procedure, act: Act, form: Form): ProcedureAct {
  const found = findAct(procedure, act, form);
  if (found !== null) {
    const parsed = found.form.safeParse(form);
    if (!parsed.success) throw toFormError(parsed.error);
    return found;
  }
  const ofWord = procedure.acts.filter((one) => one.act === act);
  if (ofWord.length === 0) throw new AppError('ACT_NOT_ALLOWED', { act, reason: 'act' });
  const [field = ''] = ofWord.flatMap(({ fixed }) => Object.keys(fixed)).filter((name) => !isKnown(ofWord, name, form));
  throw new AppError('FORM_INVALID', { field, reason: 'invalid_value' });
}

const isKnown = (acts: readonly ProcedureAct[], name: string, form: Form): boolean =>
  acts.some(({ fixed }) => fixed[name] === form[name] && fixed[name] !== undefined);
