import { z } from 'zod';
import { line, prose } from '../schemas.ts';
import type { FormSet } from './form-set.ts';
import {
  agent,
  article,
  commonActs,
  contact,
  day,
  name,
  note,
  paperItem,
  paperNumber,
  party,
  reason,
  redirection,
} from './parts.ts';

/** (c) 公证: 公证申请 and 委托核实. Papers: 公证申请表 (公证程序规则 17), 受理通知书, 公证核实函 and 复函 (33). */

const requestSubmit = z.strictObject({
  subtype: z.literal('request'),
  applicants: z.array(party).min(1).max(50),
  agent: agent.optional(),
  /** What is to be notarized, e.g. `委托`, `学历`. */
  matterName: line(200),
  /** 公证法 26 and 公证程序规则 11: no agent may act in these. */
  inPersonOnly: z.boolean(),
  use: z.strictObject({
    purpose: line(200),
    country: line(100).optional(),
    language: line(60).optional(),
    copies: z.int().min(1).max(1_000),
  }),
  titles: z.array(line(200)).min(1).max(100),
  evidence: z.array(paperItem).max(200),
  witnesses: z
    .array(z.strictObject({ name, contact: line(200) }))
    .max(20)
    .optional(),
  interestedParties: z.array(name).max(50).optional(),
  /** What government data already holds may be left out against a written promise (18(2)). */
  promisedInstead: z.array(line(200)).max(50).optional(),
  appliedOn: day,
  note: note.optional(),
});

const verificationSubmit = z.strictObject({
  subtype: z.literal('verification'),
  number: paperNumber.optional(),
  /** The notarization for which the answer is wanted. */
  about: line(200),
  subject: party,
  document: z
    .strictObject({
      name: line(200),
      number: line(80).optional(),
      issuer: line(200).optional(),
      issuedOn: day.optional(),
    })
    .optional(),
  questions: z
    .array(z.strictObject({ number: z.int().min(1), question: prose(2_000) }))
    .min(1)
    .max(100),
  method: z.enum(['archive', 'visit', 'letter', 'any']),
  contact,
  note: note.optional(),
});

const requestReceipt = z.strictObject({
  /** 预审, 受理 by the notary office; the certificate collected by the applicant's side. */
  step: z.enum(['pre-review', 'accepted', 'collected']),
  on: day,
  number: paperNumber.optional(),
  handler: contact.optional(),
  note: note.optional(),
});

const verificationReceipt = z.strictObject({
  on: day,
  number: paperNumber.optional(),
  handler: contact.optional(),
  note: note.optional(),
});

const requestDecision = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('issued'),
    on: day,
    certificateNumber: paperNumber,
    notary: name,
    note: note.optional(),
  }),
  z.strictObject({
    outcome: z.enum(['not-accepted', 'refused', 'terminated']),
    on: day,
    reason,
    /** 公证法 31 names nine grounds. */
    article,
    redirection: redirection.optional(),
  }),
]);

const verificationDecision = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('undertaken'), on: day, handler: contact.optional() }),
  /** 33: not done, with the reason, inside the month. */
  z.strictObject({ outcome: z.literal('not-done'), on: day, reason, redirection: redirection.optional() }),
]);

const requestDeliver = z.strictObject({
  on: day,
  certificates: z
    .array(z.strictObject({ number: paperNumber, title: line(200), copies: z.int().min(1).max(1_000) }))
    .min(1)
    .max(100),
  to: line(200).optional(),
  note: note.optional(),
});

const verificationDeliver = z.strictObject({
  on: day,
  number: paperNumber.optional(),
  answers: z
    .array(
      z.strictObject({
        number: z.int().min(1),
        /** 属实 / 不属实 / 无法核实. */
        result: z.enum(['true', 'untrue', 'unverifiable']),
        explanation: prose(4_000).optional(),
        source: line(200).optional(),
      }),
    )
    .min(1)
    .max(100),
  verifiers: z.array(name).min(1).max(10),
  note: note.optional(),
});

const common = {
  'supplement-request': commonActs.supplementRequest,
  supplement: commonActs.supplement,
  withdraw: commonActs.withdraw,
  close: commonActs.close,
} as const;

export const notarizationForms: FormSet = {
  subtypes: {
    request: {
      ...common,
      submit: requestSubmit,
      receipt: requestReceipt,
      decision: requestDecision,
      deliver: requestDeliver,
    },
    verification: {
      ...common,
      submit: verificationSubmit,
      receipt: verificationReceipt,
      decision: verificationDecision,
      deliver: verificationDeliver,
    },
  },
};
