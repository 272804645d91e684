import { z } from 'zod';
import { line, prose } from '../schemas.ts';
import type { FormSet } from './form-set.ts';
import {
  article,
  commonActs,
  contact,
  day,
  lawyer,
  namedOffice,
  note,
  paperNumber,
  reason,
  redirection,
} from './parts.ts';

/** (a) 律师异地阅卷. Papers: 阅卷申请书, 阅卷承诺书, 阅卷回执. */

const submit = z.strictObject({
  lawyers: z.array(lawyer).min(1).max(2),
  /** 辩护人 / 诉讼代理人. */
  role: z.enum(['defender', 'litigation-agent']),
  /** 委托 / 法律援助. */
  basis: z.enum(['entrusted', 'legal-aid']),
  party: z.strictObject({ name: line(100), standing: z.enum(['suspect', 'defendant', 'victim', 'other']) }),
  /** When the principal is not the party: identity and relationship proof are then mandatory papers. */
  principal: z.strictObject({ name: line(100), relation: line(100) }).optional(),
  charge: line(200),
  /** Case number or 统一受案号. */
  caseNumber: line(80).optional(),
  stage: z.enum(['prosecution-review', 'first-instance', 'second-instance', 'retrial', 'death-review']),
  /** 异地 / 线上 / 现场. */
  mode: z.enum(['remote', 'online', 'on-site']),
  pickUpOffice: namedOffice.optional(),
  scope: z
    .array(z.enum(['read', 'excerpt', 'copy']))
    .min(1)
    .max(3),
  /** Which volumes; absent: all. */
  volumes: prose(1_000).optional(),
  /** Material marked as a state secret must not enter the client (domain.md): the right to read remains, on site. */
  stateSecret: z.literal(false),
  note: note.optional(),
});

const receipt = z.strictObject({
  /** 登记, 首验, 复验 by offices; 承诺书, 阅卷回执 by the lawyer. */
  step: z.enum(['registered', 'first-check', 'second-check', 'pledge', 'collected']),
  on: day,
  number: paperNumber.optional(),
  handler: contact.optional(),
  note: note.optional(),
});

const decision = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('granted'),
    on: day,
    mode: z.enum(['remote', 'online', 'on-site']).optional(),
    volumes: prose(1_000).optional(),
    note: note.optional(),
  }),
  z.strictObject({ outcome: z.literal('denied'), on: day, reason, article: article.optional() }),
  /** Classes that local guides keep offline go to on-site review: never a denial. */
  z.strictObject({ outcome: z.literal('redirected'), on: day, reason, redirection }),
]);

const deliver = z.strictObject({
  on: day,
  volumes: z
    .array(z.strictObject({ number: line(40), title: line(200), pages: z.int().min(0).max(1_000_000).optional() }))
    .min(1)
    .max(1_000),
  /** Text of the watermark on every page. */
  watermark: line(200).optional(),
  passwordSeparately: z.boolean(),
  note: note.optional(),
});

export const fileReviewForms: FormSet = {
  subtypes: {
    '': {
      submit,
      receipt,
      decision,
      deliver,
      'supplement-request': commonActs.supplementRequest,
      supplement: commonActs.supplement,
      withdraw: commonActs.withdraw,
      close: commonActs.close,
    },
  },
};
