import { z } from 'zod';
import { contact, day, name, note, paperNumber, party, reason, redirection } from '../../model/forms/parts.ts';
import { line, prose } from '../../model/schemas.ts';
import {
  close,
  decision,
  defineAct,
  defineOpening,
  groundOf,
  optional,
  overdue,
  required,
  step,
  supplement,
  supplementClock,
  supplementRequest,
  withdraw,
} from '../define.ts';
import type { Ground, Procedure } from '../procedure.ts';

/** (c) 委托核实: the notary office that asks opens, the entrusted office elsewhere leads. Papers: 委托核实函 and 复函 (公证程序规则 33). */

const REVIEW = ['requested', 'registered', 'undertaken'];
const RULES = '公证程序规则 第三十三条';

const grounds: readonly Ground[] = [
  { id: 'no-such-archive', article: RULES, acts: ['not-done'], status: 'unverified', kind: 'refusal' },
  { id: 'not-competent', article: RULES, acts: ['not-done'], status: 'unverified', kind: 'redirection' },
  { id: 'unclear-request', article: RULES, acts: ['not-done'], status: 'unverified', kind: 'refusal' },
  { id: 'third-party-refuses', article: RULES, acts: ['not-done'], status: 'unverified', kind: 'refusal' },
];

export const notarizationVerification: Procedure = {
  type: 'notarization',
  subtype: 'verification',
  name: 'notarization-verification',
  title: ['subject.name', 'about'],
  roles: [
    { id: 'opener', offices: ['notary-office'] },
    { id: 'lead', offices: ['notary-office'] },
  ],
  states: [
    { id: 'requested', kind: 'way' },
    { id: 'registered', kind: 'way' },
    { id: 'supplementing', kind: 'side' },
    { id: 'undertaken', kind: 'way' },
    { id: 'answered', kind: 'way' },
    { id: 'not-done', kind: 'side' },
    { id: 'closed', kind: 'final' },
    { id: 'withdrawn', kind: 'final' },
  ],
  sides: ['overdue'],
  grounds,
  checks: ['resident-id'],
  acts: [
    defineOpening('requested', {
      form: z.strictObject({
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
      }),
      groups: [
        { id: 'case', fields: ['number', 'about', 'subject', 'document'] },
        { id: 'request', fields: ['questions', 'method', 'contact', 'note'] },
      ],
      documents: [required('verification-letter'), optional('copy', { many: true })],
      papers: ['verification-letter'],
    }),
    step('registered', {
      moves: [{ from: ['requested'], to: 'registered' }],
      fields: { number: paperNumber.optional(), handler: contact.optional(), note: note.optional() },
      papers: ['delivery-proof'],
    }),
    supplementRequest(['lead'], [{ from: REVIEW, to: 'supplementing' }]),
    supplement([{ from: ['supplementing'], to: 'registered' }]),
    decision('undertaken', {
      moves: [{ from: ['requested', 'registered'], to: 'undertaken' }],
      fields: { handler: contact.optional() },
    }),
    // 33: not done, with the reason, inside the month
    decision('not-done', {
      moves: [{ from: [...REVIEW, 'supplementing'], to: 'not-done', settles: ['overdue'] }],
      fields: { ground: groundOf(grounds, 'not-done'), reason, redirection: redirection.optional() },
      papers: ['verification-reply'],
    }),
    overdue(['opener'], REVIEW, 'reply'),
    defineAct({
      id: 'answered',
      act: 'deliver',
      by: ['lead'],
      moves: [{ from: REVIEW, to: 'answered', settles: ['overdue'] }],
      form: z.strictObject({
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
      }),
      documents: [optional('archive-copy', { many: true })],
      papers: ['verification-reply'],
    }),
    step('acknowledged', {
      by: ['opener'],
      moves: [{ from: ['answered', 'not-done'] }],
      fields: { note: note.optional() },
    }),
    withdraw([...REVIEW, 'supplementing']),
    close(['opener', 'lead'], ['answered', 'not-done']),
  ],
  clocks: [
    {
      id: 'reply',
      who: 'lead',
      rule: ['gz.gz33.reply'],
      start: [{ act: 'submit', at: 'received' }],
      end: ['answered', 'not-done'],
      touched: [{ cause: 'buzheng', from: ['supplement-request'], to: ['supplement'] }],
    },
    { ...supplementClock, stop: ['not-done'] },
  ],
};
