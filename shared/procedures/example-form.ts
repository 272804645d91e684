import type { Form } from '../model/forms/form.ts';
import { type Filling, fillForm } from './fill-form.ts';
import type { ProcedureAct } from './procedure.ts';

export interface ExampleForm {
  /** The least that the act accepts, with stand-ins where somebody must write. */
  readonly form: Form;
  /** First-level members that need not be there by themselves, but that what else stands in the form asks for. */
  readonly asked: readonly string[];
}

/**
 * A form to begin from. What one field asks of another only the schema knows: what it says is missing is filled in until nothing is.
 *
 * @param day in every field that asks for one, `YYYY-MM-DD`
 * @param word where any words will do
 * @throws Error where the schema wants more than that: a mistake of the procedure's author, which a test finds
 */
export function exampleForm(act: ProcedureAct, day: string, word: string): ExampleForm {
  const asked = new Set<string>();
  for (;;) {
    const form = fillForm(act, { wants: (path) => asked.has(path), text: (field) => textOf(field, word), day });
    const parsed = act.form.safeParse(form);
    if (parsed.success) return { form, asked: [...asked].filter((path) => !path.includes('.')) };
    const paths = parsed.error.issues.map(({ path }) => path.filter((part) => typeof part === 'string').join('.'));
    const missing = paths.filter((path) => !asked.has(path));
    if (missing.length === 0) throw new Error(`${act.id} has no example: ${parsed.error.message}`);
    for (const path of missing) asked.add(path);
  }
}

function textOf({ path, check }: Parameters<Filling['text']>[0], word: string): string {
  if (path.endsWith('identity.number')) return RESIDENT;
  return TEXTS[check ?? ''] ?? (/(?:^|\.)id$/.test(path) ? OFFICE : word);
}

/** Nobody's, with right check digits: serial numbers of zeros are not given out. */
const OFFICE = '12340000MB0000000J';
const RESIDENT = '340100199001010003';

/** By the check that a text must pass. */
const TEXTS: Readonly<Record<string, string>> = {
  uscc: OFFICE,
  'region-code': '340100',
  'lawyer-licence': '13401201810000000',
  'resident-id': RESIDENT,
  phone: '0551-00000000',
};
