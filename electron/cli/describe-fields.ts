import type { FieldSpec } from '../../shared/procedures/describe-form.ts';
import { fieldText, optionText } from '../../shared/procedures/procedure-text.ts';
import type { CommandContext } from './context.ts';

/** A field of a form as `procedure show` tells it. */
export interface DescribedField {
  /** As in the JSON of the form; `[]` marks a list: `lawyers[].licence`. */
  readonly path: string;
  readonly label: string;
  /** `conditional`: what else stands in the form asks for it. */
  readonly need: 'mandatory' | 'conditional' | 'optional';
  readonly kind: FieldSpec['kind'];
  readonly check: string | null;
  readonly maxLength: number | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** Every field, those inside of others behind them. @param asked first-level members that others ask for */
export function describeFields(
  fields: readonly FieldSpec[],
  asked: readonly string[],
  procedure: string,
  t: CommandContext['t'],
): DescribedField[] {
  const walk = (field: FieldSpec, path: string): DescribedField[] => {
    const need = !field.optional ? 'mandatory' : asked.includes(path) ? 'conditional' : 'optional';
    const isText = field.kind === 'line' || field.kind === 'prose';
    const own: DescribedField = {
      path,
      label: fieldText(t, procedure, 'fields', field.path),
      need,
      kind: field.kind,
      check: isText ? field.check : null,
      maxLength: isText ? field.maxLength : null,
      options: optionsOf(field, procedure, t),
    };
    return [own, ...inside(field, path)];
  };
  const inside = (field: FieldSpec, path: string): DescribedField[] => {
    const members = (list: readonly FieldSpec[], base: string) =>
      list.flatMap((one) => walk(one, base === '' ? one.name : `${base}.${one.name}`));
    if (field.kind === 'group') return members(field.fields, path);
    if (field.kind === 'list') return inside(field.item, `${path}[]`);
    if (field.kind === 'variant') {
      const { by, variants } = field;
      const options = variants.flatMap(({ values }) => values);
      const chooser = { name: by, path: `${field.path}.${by}`, optional: false, kind: 'choice', options } as const;
      const all = [chooser, ...variants.flatMap((variant) => variant.fields)];
      return members([...new Map(all.map((one) => [one.name, one])).values()], path);
    }
    return [];
  };
  return fields.flatMap((field) => walk(field, field.name));
}

function optionsOf(field: FieldSpec, procedure: string, t: CommandContext['t']): DescribedField['options'] {
  const at = (path: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: optionText(t, procedure, path, value) }));
  if (field.kind === 'choice') return at(field.path, field.options);
  if (field.kind === 'fixed') return [{ value: String(field.value), label: '' }];
  return field.kind === 'list' ? optionsOf(field.item, procedure, t) : [];
}

export function fieldLines(fields: readonly DescribedField[], t: CommandContext['t']): string[] {
  return fields.map(({ path, label, need, kind, check, options }) => {
    const words = options.map((one) => (one.label === '' ? one.value : `${one.value} ${one.label}`)).join(' | ');
    const what = words !== '' ? words : (check ?? t(`cli.procedure.show.kind.${kind}`));
    return `  ${path}  ${label}  ${t(`cli.procedure.show.${need}`)}  ${what}`;
  });
}
