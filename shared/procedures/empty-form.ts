import type { Json } from '../model/i-json.ts';
import type { FieldSpec } from './describe-form.ts';

/** What a field holds before anybody typed: what it needs to be drawn, and what stands in it anyway. A box that nobody ticked says no, and a list that may be empty is. */
function emptyValue(field: FieldSpec): Json | undefined {
  switch (field.kind) {
    case 'fixed':
      return field.value;
    case 'flag':
      return false;
    case 'group':
      return emptyMembers(field.fields);
    case 'list':
      if (field.min === 0) return [];
      return field.item.kind === 'group' ? [emptyMembers(field.item.fields)] : undefined;
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
