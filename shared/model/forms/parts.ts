import { z } from 'zod';
import { isLawyerLicence, isRegionCode, isResidentId, isUscc } from '../identifiers.ts';
import { line, officeId, prose } from '../schemas.ts';
import { type FieldMeta, fieldMeta } from './field-meta.ts';

/** What the forms of all request types share. Failed checks name themselves in `message`, so that the error can say which rule broke. */

/** Says what a field is to whoever draws it, under the name of its check. */
const shown = <T extends z.ZodType>(schema: T, check: string, kind: FieldMeta['kind'] = 'line'): T => {
  fieldMeta.add(schema, { kind, check });
  return schema;
};

/** A day that exists, `YYYY-MM-DD`, in Asia/Shanghai. */
export const day = shown(
  z.string().refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && toDay(text) === text, { message: 'day' }),
  'day',
  'day',
);

/** A minute of the wall clock, `YYYY-MM-DDTHH:mm`, in Asia/Shanghai. */
export const moment = shown(
  z
    .string()
    .refine((text) => /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d$/.test(text) && toDay(text.slice(0, 10)) !== null, {
      message: 'moment',
    }),
  'moment',
  'moment',
);

function toDay(text: string): string | null {
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10);
}

export const uscc = shown(z.string().refine(isUscc, { message: 'uscc' }), 'uscc');
export const region = shown(z.string().refine(isRegionCode, { message: 'region-code' }), 'region-code');
export const lawyerLicence = shown(z.string().refine(isLawyerLicence, { message: 'lawyer-licence' }), 'lawyer-licence');
export const residentId = shown(z.string().refine(isResidentId, { message: 'resident-id' }), 'resident-id');
export const phone = shown(z.string().regex(/^\+?[0-9][0-9 ()-]{4,29}$/, { message: 'phone' }), 'phone');
export const name = line(100);
export const note = prose(4_000);
export const reason = shown(
  prose(4_000).refine((text) => text.trim() !== '', { message: 'reason' }),
  'reason',
  'prose',
);
/** A number that the office gives to its paper, in the office's own pattern. */
export const paperNumber = line(80);
/** Where a rule stands, e.g. `公证法 31(2)`. */
export const article = line(120);

export const identity = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('resident-id'), number: residentId }),
  z.strictObject({
    kind: z.enum(['passport', 'mainland-travel-permit', 'foreigner-residence-permit', 'other']),
    number: line(40),
  }),
]);

export const naturalPerson = z.strictObject({
  kind: z.literal('person'),
  name,
  identity,
  address: line(200).optional(),
  phone: phone.optional(),
});

export const legalEntity = z.strictObject({
  kind: z.literal('entity'),
  name: line(200),
  uscc,
  representative: name,
  phone: phone.optional(),
});

export const party = z.discriminatedUnion('kind', [naturalPerson, legalEntity]);

export const agent = z.strictObject({
  name,
  identity,
  relation: line(100),
  /** What the authority rests on, e.g. `授权委托书`. */
  authority: line(200),
  phone: phone.optional(),
});

export const lawyer = z.strictObject({
  name,
  licence: lawyerLicence,
  /** Until when the yearly assessment (年度考核) on the licence holds. */
  licenceUntil: day.optional(),
  firm: line(200),
  phone,
});

export const contact = z.strictObject({ name, phone, address: line(200).optional() });

/** An office outside the matter; `id` where it is known by its code. */
export const namedOffice = z.strictObject({ name: line(200), id: officeId.optional(), region: region.optional() });

/** A refusal must say where to turn instead. */
export const redirection = z.strictObject({ office: line(200), how: prose(1_000).optional() });

export const paperItem = z.strictObject({
  name: line(200),
  form: z.enum(['original', 'copy', 'electronic']),
  sheets: z.int().min(0).max(1_000_000).optional(),
});

/** What the acts of every type share. */
export const commonActs = {
  supplementRequest: z.strictObject({
    number: paperNumber.optional(),
    items: z
      .array(z.strictObject({ item: line(200), problem: prose(1_000).optional(), wanted: prose(1_000) }))
      .min(1)
      .max(100),
    by: day,
    where: line(200).optional(),
    /** What the notice does to the clock: a rule row decides, the notice only says it. */
    effect: z.enum(['pause', 'restart', 'lapse', 'none']),
    article: article.optional(),
    contact: contact.optional(),
  }),
  supplement: z.strictObject({
    answers: z
      .array(z.strictObject({ item: line(200), explanation: prose(4_000).optional() }))
      .min(1)
      .max(100),
    note: note.optional(),
  }),
  withdraw: z.strictObject({ reason: reason.optional() }),
  close: z.strictObject({ closedOn: day, note: note.optional() }),
};
