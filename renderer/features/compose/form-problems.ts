import type { Translate } from '../../../shared/i18n/create-i18n.ts';
import type { ProcedureAct } from '../../../shared/procedures/procedure.ts';
import type { FormDraft } from '../../ui/form/form-value.ts';

export interface FormProblem {
  /** Dotted, with indexes. */
  readonly path: string;
  readonly text: string;
  /** Nothing was typed there, as opposed to something wrong. */
  readonly missing: boolean;
}

const KNOWN = [
  'uscc',
  'resident-id',
  'lawyer-licence',
  'phone',
  'region-code',
  'day',
  'moment',
  'too_big',
  'too_small',
] as const;

/** What the procedure's own schema says against a form, in words: the first thing at each place. */
export function findProblems(t: Translate, act: ProcedureAct, form: FormDraft): FormProblem[] {
  const parsed = act.form.safeParse(form);
  if (parsed.success) return [];
  const found = new Map<string, FormProblem>();
  for (const issue of parsed.error.issues) {
    const path = issue.path.map(String).join('.');
    if (found.has(path)) continue;
    const value = issue.path.reduce<unknown>(
      (at, name) => (at as Record<PropertyKey, unknown> | undefined)?.[name],
      form,
    );
    const missing = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    const word = issue.code === 'custom' || issue.code === 'invalid_format' ? issue.message : issue.code;
    const known = KNOWN.find((one) => one === word);
    const text = missing ? t('window.form.problem.missing') : t(`window.form.problem.${known ?? 'other'}`);
    found.set(path, { path, text, missing });
  }
  return [...found.values()];
}
