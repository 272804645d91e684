import type { Form } from '../model/forms/form.ts';
import type { Json } from '../model/i-json.ts';
import type { Condition } from './procedure.ts';

/** The value at a dotted path; undefined where some member is missing. */
export function valueAt(form: Form, path: string): Json | undefined {
  let value: Json | undefined = form as Json;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, Json>>)[name];
  }
  return value;
}

/** Whether every condition holds. `form` is that of the act in question. */
export function holdsAll(
  conditions: readonly Condition[] | undefined,
  forms: Readonly<Record<Condition['of'], Form>>,
): boolean {
  return (conditions ?? []).every(({ of, path, is, present }) => {
    const value = valueAt(forms[of], path);
    if (present !== undefined && (value !== undefined) !== present) return false;
    return is === undefined || is.some((one) => one === value);
  });
}
