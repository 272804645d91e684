import type { Json } from '../../../shared/model/i-json.ts';

export type FormDraft = Readonly<Record<string, Json>>;
export type Path = readonly (string | number)[];

/** The id under which a field can be found and focused. */
export function fieldId(path: Path): string {
  return `f-${path.join('.')}`;
}

/** The value with one member put in place; undefined takes it away. */
export function withMember(form: FormDraft, name: string, value: Json | undefined): FormDraft {
  const { [name]: _, ...rest } = form;
  return value === undefined ? rest : { ...rest, [name]: value };
}

export function isMembers(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
