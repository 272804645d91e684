import { z } from 'zod';
import { line, prose } from '../schemas.ts';
import type { FormSet } from './form-set.ts';
import {
  agent,
  article,
  commonActs,
  contact,
  day,
  lawyer,
  namedOffice,
  naturalPerson,
  note,
  paperItem,
  paperNumber,
  reason,
  redirection,
} from './parts.ts';

/** (b) 法律援助异地协作: 申请转交 and 协作请求. Papers of the ministry's forms of 2023-11-10: 二, 五, 六, 七, 九, 十, 十一. */

const matterKind = z.enum([
  'criminal-defence',
  'criminal-agency',
  'state-compensation',
  'social-insurance',
  'pension-relief',
  'maintenance',
  'labour',
  'civil-capacity',
  'injury-compensation',
  'righteous-act',
  'retrial',
  'domestic-violence',
  'other',
]);

const transferSubmit = z.strictObject({
  subtype: z.literal('transfer'),
  applicant: naturalPerson,
  agent: agent.optional(),
  matterKind,
  cause: line(200),
  facts: prose(8_000).optional(),
  handlingAuthority: namedOffice.optional(),
  /** 法律援助法 41: means statement and promise, or 42: an exemption. */
  hardship: z.discriminatedUnion('basis', [
    z.strictObject({
      basis: z.literal('statement'),
      promised: z.literal(true),
      yearlyIncomeYuan: z.number().min(0).max(1e12).optional(),
    }),
    z.strictObject({ basis: z.literal('exempt'), ground: line(200) }),
  ]),
  /** Last day of the limitation or of another statutory period. */
  limitationOn: day.optional(),
  urgent: z.boolean(),
  /** The day on which the receiving centre got the application: the first centre keeps the matter. */
  receivedOn: day,
  papers: z.array(paperItem).max(200),
  note: note.optional(),
});

const assistanceSubmit = z.strictObject({
  subtype: z.literal('assistance'),
  number: paperNumber.optional(),
  recipientOfAid: line(100),
  caseOutline: prose(8_000),
  items: z
    .array(
      z.strictObject({
        kind: z.enum(['means-check', 'evidence', 'visit', 'hearing', 'service', 'file-transfer', 'other']),
        requirement: prose(2_000),
      }),
    )
    .min(1)
    .max(50),
  by: day,
  contact,
  note: note.optional(),
});

const received = z.strictObject({
  on: day,
  number: paperNumber.optional(),
  papers: z.array(paperItem).max(200).optional(),
  handler: contact.optional(),
  note: note.optional(),
});

const transferDecision = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('granted'),
    on: day,
    number: paperNumber.optional(),
    manner: z.enum(['defence', 'agency', 'advice', 'drafting', 'other']),
    note: note.optional(),
  }),
  /** A transferred file is not simply bounced: a refusal carries a reason and a redirection. */
  z.strictObject({
    outcome: z.literal('refused'),
    on: day,
    number: paperNumber.optional(),
    reason,
    article: article.optional(),
    redirection,
    /** 法律援助法 49. */
    objectionTo: line(200).optional(),
  }),
  z.strictObject({ outcome: z.literal('terminated'), on: day, reason, article: article.optional() }),
]);

const assistanceDecision = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('accepted'), on: day, by: day.optional(), handler: contact.optional() }),
  z.strictObject({ outcome: z.literal('rescheduled'), on: day, by: day, reason }),
  z.strictObject({ outcome: z.literal('declined'), on: day, reason, redirection: redirection.optional() }),
]);

/** 指派: who does it; 结案: what came of it. */
const transferDeliver = z.discriminatedUnion('stage', [
  z.strictObject({
    stage: z.literal('assigned'),
    on: day,
    lawyer,
    number: paperNumber.optional(),
    note: note.optional(),
  }),
  z.strictObject({ stage: z.literal('case-report'), on: day, result: prose(8_000), note: note.optional() }),
]);

const assistanceDeliver = z.strictObject({
  on: day,
  results: z
    .array(z.strictObject({ item: line(200), result: prose(8_000), done: z.boolean() }))
    .min(1)
    .max(50),
  handler: contact,
  note: note.optional(),
});

const common = {
  receipt: received,
  'supplement-request': commonActs.supplementRequest,
  supplement: commonActs.supplement,
  withdraw: commonActs.withdraw,
  close: commonActs.close,
} as const;

export const legalAidForms: FormSet = {
  subtypes: {
    transfer: { ...common, submit: transferSubmit, decision: transferDecision, deliver: transferDeliver },
    assistance: { ...common, submit: assistanceSubmit, decision: assistanceDecision, deliver: assistanceDeliver },
  },
};
