import { z } from 'zod';

/** What a schema alone cannot say of a field to whoever draws it. */
export interface FieldMeta {
  readonly kind: 'line' | 'prose' | 'day' | 'moment';
  /** Name of the check beyond length and shape, as in the `reason` of FORM_INVALID. */
  readonly check?: string;
}

/** By schema instance: register last, a refined schema is another instance. */
export const fieldMeta = z.registry<FieldMeta>();
