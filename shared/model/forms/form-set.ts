import type { z } from 'zod';
import type { Act } from '../vocabulary.ts';

/** The forms of one kind of request: an act that is not listed has no form and cannot be performed. */
export type ActForms = Readonly<Partial<Record<Act, z.ZodType>>>;

export interface FormSet {
  /** By the member `subtype` of the opening form; `''` where the type has none. */
  readonly subtypes: Readonly<Record<string, ActForms>>;
}
