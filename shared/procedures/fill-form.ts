import type { Form } from '../model/forms/form.ts';
import type { Json } from '../model/i-json.ts';
import { describeForm, type FieldSpec } from './describe-form.ts';
import type { ProcedureAct } from './procedure.ts';

/** How a form is to be filled. */
export interface Filling {
  /** Whether a field that may be left out is filled. */
  readonly wants: (path: string) => boolean;
  /** What stands in a field of text. */
  readonly text: (field: { readonly name: string; readonly path: string; readonly check: string | null }) => string;
  /** For every field that asks for a day, `YYYY-MM-DD`. */
  readonly day: string;
  /** What stands at given paths in place of anything else. */
  readonly at?: Readonly<Record<string, Json>>;
}

/** A form with something in each field, read off its description: whatever procedure is added, its forms can be shown and played. What fields ask of one another is not looked at. */
export function fillForm(act: Pick<ProcedureAct, 'form' | 'groups'>, filling: Filling): Form {
  return fillAll(
    describeForm(act).groups.flatMap(({ fields }) => fields),
    filling,
  );
}

function fillAll(fields: readonly FieldSpec[], filling: Filling): Record<string, Json> {
  const chosen = fields.filter(({ optional, path }) => !optional || filling.wants(path));
  return Object.fromEntries(chosen.map((field) => [field.name, fill(field, filling)]));
}

function fill(field: FieldSpec, filling: Filling): Json {
  const given = filling.at?.[field.path];
  if (given !== undefined) return given;
  switch (field.kind) {
    case 'line':
    case 'prose':
      return filling.text(field);
    case 'day':
      return filling.day;
    case 'moment':
      return `${filling.day}T09:30`;
    case 'choice':
      return field.options[0] ?? '';
    case 'flag':
      return false;
    case 'fixed':
      return field.value;
    case 'number':
      return Math.max(field.min ?? 1, 1);
    case 'list':
      return Array.from({ length: Math.max(1, field.min) }, () => fill(field.item, filling));
    case 'group':
      return fillAll(field.fields, filling);
    case 'variant': {
      const [first] = field.variants;
      return { [field.by]: first?.values[0] ?? '', ...fillAll(first?.fields ?? [], filling) };
    }
  }
}
