import { z } from 'zod';
import { contact, day, note, paperNumber, party } from '../../model/forms/parts.ts';
import { line, prose } from '../../model/schemas.ts';
import { optional, required } from '../define.ts';
import { agreedClock, DECIDED, defineLetter } from '../define-letter.ts';
import type { Procedure } from '../procedure.ts';

/** 仲裁协助: an arbitration institution, or counsel through it, asks the office that holds the evidence or may preserve it. The asked office leads. */

const LAW = '仲裁法';

export const arbitrationAssistance: Procedure = defineLetter({
  type: 'arbitration-assistance',
  title: ['claimant.name', 'dispute'],
  roles: [{ id: 'opener', offices: ['other', 'law-firm'] }, { id: 'lead' }],
  checks: ['limitation'],
  grounds: [
    { id: 'not-competent', article: '', status: 'unverified', kind: 'redirection' },
    { id: 'no-agreement', article: LAW, status: 'unverified', kind: 'refusal' },
    { id: 'unclear-request', article: '', status: 'unverified', kind: 'refusal' },
    { id: 'no-such-evidence', article: '', status: 'unverified', kind: 'refusal' },
    { id: 'security-missing', article: '民事诉讼法 第一百零三条', status: 'unverified', kind: 'refusal' },
    { id: 'confidential', article: '', status: 'unverified', kind: 'refusal' },
  ],
  request: {
    form: z.strictObject({
      number: paperNumber.optional(),
      caseNumber: line(80).optional(),
      claimant: party,
      respondent: party,
      dispute: line(200),
      caseOutline: prose(8_000),
      assistance: z
        .array(
          z.strictObject({
            kind: z.enum(['collection', 'preservation', 'service', 'hearing', 'enquiry', 'other']),
            requirement: prose(2_000),
          }),
        )
        .min(1)
        .max(50),
      /** Preservation that cannot wait: the court rules within 48 hours (民诉法 103). */
      urgentPreservation: z.boolean(),
      limitationOn: day.optional(),
      by: day.optional(),
      contact,
      note: note.optional(),
    }),
    groups: [
      { id: 'case', fields: ['number', 'caseNumber', 'claimant', 'respondent', 'dispute', 'caseOutline'] },
      { id: 'request', fields: ['assistance', 'urgentPreservation', 'limitationOn', 'by', 'contact', 'note'] },
    ],
    documents: [
      required('request-letter'),
      required('arbitration-agreement'),
      optional('arbitration-application'),
      optional('security'),
      optional('evidence', { many: true }),
    ],
  },
  result: {
    fields: {
      results: z
        .array(z.strictObject({ item: line(200), result: prose(8_000), done: z.boolean() }))
        .min(1)
        .max(50),
    },
    documents: [optional('evidence', { many: true })],
  },
  clocks: [
    agreedClock,
    {
      id: 'preserve',
      who: 'lead',
      rule: ['ms.103.urgent48h'],
      start: [{ act: 'submit', at: 'received' }],
      end: DECIDED,
      when: [{ of: 'opening', path: 'urgentPreservation', is: [true] }],
    },
  ],
});
