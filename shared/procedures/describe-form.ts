import type { z } from 'zod';
import { type FieldMeta, fieldMeta } from '../model/forms/field-meta.ts';
import type { ProcedureAct } from './procedure.ts';

/** A form as a window draws it, read off the one schema that also checks it: no second list of fields that could drift. Plain data. */
export type FieldSpec = {
  /** Member name; `''` for the items of a list. */
  readonly name: string;
  /** Dotted path without list indexes, e.g. `lawyers.licence`: what labels are found by. */
  readonly path: string;
  readonly optional: boolean;
} & FieldShape;

export type FieldShape =
  /** `check` names a rule beyond the length (`uscc`, `resident-id`, `lawyer-licence`, `phone` …). Lengths in UTF-16 units. */
  | { readonly kind: 'line' | 'prose'; readonly check: string | null; readonly maxLength: number | null }
  /** `YYYY-MM-DD`; `YYYY-MM-DDTHH:mm`, both in Asia/Shanghai. */
  | { readonly kind: 'day' | 'moment' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'flag' }
  /** Goes into the form as it is; nothing to draw. */
  | { readonly kind: 'fixed'; readonly value: string | number | boolean }
  | { readonly kind: 'number'; readonly integer: boolean; readonly min: number | null; readonly max: number | null }
  | { readonly kind: 'list'; readonly item: FieldSpec; readonly min: number; readonly max: number | null }
  | { readonly kind: 'group'; readonly fields: readonly FieldSpec[] }
  /** The member `by` chooses which further members there are. */
  | { readonly kind: 'variant'; readonly by: string; readonly variants: readonly FieldVariant[] };

export interface FieldVariant {
  readonly values: readonly string[];
  readonly fields: readonly FieldSpec[];
}

export interface FormSpec {
  /** Every member of the first level once, in the order of the act's groups. */
  readonly groups: readonly { readonly id: string; readonly fields: readonly FieldSpec[] }[];
}

/** Id of the group of members that no group names. */
export const OTHER_GROUP = 'other';

/** The fields of one act's form. @throws Error where a schema uses what no window can draw: a mistake of the procedure's author */
export function describeForm({ form, groups = [] }: Pick<ProcedureAct, 'form' | 'groups'>): FormSpec {
  const fields = fieldsOf(form, '');
  const named = new Set(groups.flatMap((group) => group.fields));
  const find = (name: string): FieldSpec[] => fields.filter((field) => field.name === name);
  const rest = fields.filter(({ name }) => !named.has(name));
  return {
    groups: [
      ...groups.map((group) => ({ id: group.id, fields: group.fields.flatMap(find) })),
      ...(rest.length === 0 ? [] : [{ id: OTHER_GROUP, fields: rest }]),
    ],
  };
}

function fieldsOf(schema: z.ZodObject, path: string): FieldSpec[] {
  return Object.entries(schema.shape).map(([name, member]) => describe(member as z.ZodType, name, join(path, name)));
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function describe(schema: z.ZodType, name: string, path: string): FieldSpec {
  if (schema.def.type === 'optional') {
    const inner = (schema as z.ZodOptional<z.ZodType>).def.innerType;
    return { ...describe(inner, name, path), optional: true };
  }
  return { name, path, optional: false, ...shapeOf(schema, path) };
}

function shapeOf(schema: z.ZodType, path: string): FieldShape {
  switch (schema.def.type) {
    case 'string':
      return textShape(schema as z.ZodString);
    case 'boolean':
      return { kind: 'flag' };
    case 'enum':
      return { kind: 'choice', options: (schema as z.ZodEnum).options.map(String) };
    case 'literal': {
      const [value] = (schema as z.ZodLiteral<string | number | boolean>).def.values;
      return { kind: 'fixed', value: value ?? '' };
    }
    case 'number':
      return numberShape(schema as z.ZodNumber);
    case 'array': {
      const array = schema as z.ZodArray<z.ZodType>;
      const bounds = boundsOf(array);
      return { kind: 'list', item: describe(array.def.element, '', path), ...bounds };
    }
    case 'object':
      return { kind: 'group', fields: fieldsOf(schema as z.ZodObject, path) };
    case 'union':
      return variantShape(schema as z.ZodDiscriminatedUnion<z.ZodObject[]>, path);
    default:
      throw new Error(`a form cannot hold ${schema.def.type} at ${path}`);
  }
}

function textShape(schema: z.ZodString): FieldShape {
  const meta: FieldMeta = fieldMeta.get(schema) ?? { kind: 'line' };
  if (meta.kind === 'day' || meta.kind === 'moment') return { kind: meta.kind };
  return { kind: meta.kind, check: meta.check ?? null, maxLength: schema.maxLength };
}

function numberShape({ format, minValue, maxValue }: z.ZodNumber): FieldShape {
  const finite = (value: number | null): number | null =>
    value === null || !Number.isFinite(value) || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
  return { kind: 'number', integer: format === 'safeint', min: finite(minValue), max: finite(maxValue) };
}

function boundsOf({ def }: z.ZodArray<z.ZodType>): { min: number; max: number | null } {
  const checks = (def.checks ?? []).map(
    (check) => check._zod.def as { check: string; minimum?: number; maximum?: number },
  );
  return {
    min: checks.find(({ check }) => check === 'min_length')?.minimum ?? 0,
    max: checks.find(({ check }) => check === 'max_length')?.maximum ?? null,
  };
}

function variantShape({ def }: z.ZodDiscriminatedUnion<z.ZodObject[]>, path: string): FieldShape {
  const by = def.discriminator;
  const variants = def.options.map((option): FieldVariant => {
    const chosen = option.shape[by] as z.ZodType;
    const values = chosen.def.type === 'enum' ? (chosen as z.ZodEnum).options : (chosen as z.ZodLiteral).def.values;
    return { values: [...values].map(String), fields: fieldsOf(option, path).filter(({ name }) => name !== by) };
  });
  return { kind: 'variant', by, variants };
}
