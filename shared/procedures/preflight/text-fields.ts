import type { Form } from '../../model/forms/form.ts';
import type { Json } from '../../model/i-json.ts';

export interface TextField {
  /** Dotted, list indexes included: `applicants.0.name`. */
  readonly path: string;
  /** Last member name on the way, indexes left out. */
  readonly name: string;
  readonly text: string;
}

/** Every text of a form, in its order. Forms are bounded in depth and size (LIMITS.form). */
export function listTexts(form: Form): TextField[] {
  return Object.entries(form).flatMap(([name, value]) => walk(value, name, name));
}

function walk(value: Json, path: string, name: string): TextField[] {
  if (typeof value === 'string') return [{ path, name, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => walk(item, `${path}.${index}`, name));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => walk(member, `${path}.${key}`, key));
}

/** The text of a field; empty where there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
