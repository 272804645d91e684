import { z } from 'zod';
import { contact, day, note, paperNumber, reason, redirection } from '../../model/forms/parts.ts';
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

/** (b) 法律援助协作请求: the requesting centre opens, the assisting centre leads. Paper: 协作函 (form 七) and its reply. */

const REVIEW = ['requested', 'registered'];
const RULES = '办理法律援助案件程序规定';

const grounds: readonly Ground[] = [
  { id: 'not-competent', article: RULES, acts: ['declined'], status: 'unverified', kind: 'redirection' },
  { id: 'impossible', article: RULES, acts: ['declined'], status: 'unverified', kind: 'refusal' },
  { id: 'unclear-request', article: RULES, acts: ['declined'], status: 'unverified', kind: 'refusal' },
  { id: 'no-resources', article: RULES, acts: ['declined'], status: 'unverified', kind: 'refusal' },
];

export const legalAidAssistance: Procedure = {
  type: 'legal-aid',
  subtype: 'assistance',
  name: 'legal-aid-assistance',
  title: ['recipientOfAid', 'items.0.requirement'],
  roles: [
    { id: 'opener', offices: ['legal-aid-centre'] },
    { id: 'lead', offices: ['legal-aid-centre'] },
  ],
  states: [
    { id: 'requested', kind: 'way' },
    { id: 'registered', kind: 'way' },
    { id: 'supplementing', kind: 'side' },
    { id: 'accepted', kind: 'way' },
    { id: 'rescheduled', kind: 'side' },
    { id: 'answered', kind: 'way' },
    { id: 'declined', kind: 'side' },
    { id: 'closed', kind: 'final' },
    { id: 'withdrawn', kind: 'final' },
  ],
  sides: ['overdue'],
  grounds,
  checks: ['limitation'],
  acts: [
    defineOpening('requested', {
      form: z.strictObject({
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
      }),
      groups: [
        { id: 'case', fields: ['number', 'recipientOfAid', 'caseOutline'] },
        { id: 'request', fields: ['items', 'by', 'contact', 'note'] },
      ],
      documents: [
        required('cooperation-letter'),
        optional('aid-decision'),
        optional('legal-aid-letter'),
        optional('evidence', { many: true }),
      ],
      papers: ['cooperation-letter'],
    }),
    step('registered', {
      moves: [{ from: ['requested'], to: 'registered' }],
      fields: { number: paperNumber.optional(), handler: contact.optional(), note: note.optional() },
      papers: ['delivery-proof'],
    }),
    supplementRequest(['lead'], [{ from: [...REVIEW, 'accepted', 'rescheduled'], to: 'supplementing' }]),
    supplement([{ from: ['supplementing'], to: 'registered' }]),
    decision('accepted', {
      moves: [{ from: [...REVIEW, 'supplementing'], to: 'accepted' }],
      fields: { by: day.optional(), handler: contact.optional() },
      papers: ['cooperation-reply'],
    }),
    // 改期: a new reasonable date, with the reason
    decision('rescheduled', {
      moves: [{ from: [...REVIEW, 'accepted', 'rescheduled'], to: 'rescheduled', settles: ['overdue'] }],
      fields: { by: day, reason },
      papers: ['cooperation-reply'],
    }),
    decision('declined', {
      moves: [{ from: [...REVIEW, 'supplementing', 'accepted', 'rescheduled'], to: 'declined', settles: ['overdue'] }],
      fields: { ground: groundOf(grounds, 'declined'), reason, redirection: redirection.optional() },
      papers: ['cooperation-reply'],
    }),
    overdue(['opener'], [...REVIEW, 'accepted', 'rescheduled'], 'answer'),
    defineAct({
      id: 'answered',
      act: 'deliver',
      by: ['lead'],
      moves: [{ from: [...REVIEW, 'accepted', 'rescheduled'], to: 'answered', settles: ['overdue'] }],
      form: z.strictObject({
        on: day,
        results: z
          .array(z.strictObject({ item: line(200), result: prose(8_000), done: z.boolean() }))
          .min(1)
          .max(50),
        handler: contact,
        note: note.optional(),
      }),
      documents: [optional('evidence', { many: true })],
      papers: ['cooperation-reply'],
    }),
    step('acknowledged', {
      by: ['opener'],
      moves: [{ from: ['answered', 'declined'] }],
      fields: { note: note.optional() },
    }),
    withdraw([...REVIEW, 'supplementing', 'accepted', 'rescheduled']),
    close(['opener', 'lead'], ['answered', 'declined']),
  ],
  clocks: [
    {
      id: 'answer',
      who: 'lead',
      rule: null,
      start: [
        { act: 'submit', at: 'received', due: 'by' },
        { act: 'accepted', at: { form: 'on' }, due: 'by' },
        { act: 'rescheduled', at: { form: 'on' }, due: 'by' },
      ],
      end: ['answered', 'declined'],
      touched: [{ cause: 'buzheng', from: ['supplement-request'], to: ['supplement'] }],
    },
    { ...supplementClock, stop: ['accepted', 'declined'] },
  ],
};
