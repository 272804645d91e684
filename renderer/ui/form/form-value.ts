import type { Json } from '../../../shared/model/i-json.ts';
import type { FieldSpec } from '../../../shared/procedures/describe-form.ts';

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

/** What a field holds before anybody typed: what it needs to be drawn, and what stands in it anyway. */
export function emptyValue(field: FieldSpec): Json | undefined {
  switch (field.kind) {
    case 'fixed':
      return field.value;
    case 'group':
      return emptyMembers(field.fields);
    case 'list':
      return field.min > 0 && field.item.kind === 'group' ? [emptyMembers(field.item.fields)] : undefined;
    default:
      return undefined;
  }
}

export function emptyMembers(fields: readonly FieldSpec[]): Record<string, Json> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = field.optional ? undefined : emptyValue(field);
      return value === undefined ? [] : [[field.name, value] as const];
    }),
  );
}

export function isMembers(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
