import type { Json } from '../../../shared/model/i-json.ts';
import type { ActMessage } from '../../../shared/model/message.ts';

/** Members of opening forms that name a matter, by type and subtype: the first ones that are there. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'file-review': ['party.name', 'charge'],
  'legal-aid': ['applicant.name', 'cause', 'recipientOfAid', 'items.0.kind'],
  notarization: ['applicants.0.name', 'matterName', 'subject.name', 'about'],
};
const LONGEST = 120;

/** What people call a matter, from its opening act; the form may be wrong, and then little is said. */
export function matterTitle({ type, form }: ActMessage): string {
  const words = (FIELDS[type] ?? [])
    .map((path) => valueAt(form, path.split('.')))
    .filter((word) => typeof word === 'string');
  return words.slice(0, 2).join(' ').slice(0, LONGEST).toWellFormed() || type;
}

function valueAt(value: Json, [first, ...rest]: readonly string[]): Json {
  if (first === undefined) return value;
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, first)) return null;
  return valueAt((value as Readonly<Record<string, Json>>)[first] ?? null, rest);
}
