import type { OfficeId } from '../model/brand.ts';
import type { Form } from '../model/forms/form.ts';
import { valueAt } from './condition.ts';
import type { Procedure, Role } from './procedure.ts';

/** A participant for whom the procedure has no part: it sees everything and may do nothing. */
export const OBSERVER: Role = 'observer';

export interface RoleFacts {
  readonly opener: OfficeId;
  readonly lead: OfficeId;
}

/** What an office is in a matter. The lead leads, even where it also opened; the others are found by what the opening form says of them. */
export function roleOf({ opener, lead }: RoleFacts, { roles }: Procedure, opening: Form, office: OfficeId): Role {
  if (office === lead) return 'lead';
  if (office === opener) return 'opener';
  const named = roles.find(({ path }) => path !== undefined && valueAt(opening, path) === office);
  if (named !== undefined) return named.id;
  // A role whose office is named belongs to that office alone.
  const free = roles.find(
    ({ rest, path }) => rest === true && (path === undefined || valueAt(opening, path) === undefined),
  );
  return free?.id ?? OBSERVER;
}
