import { z } from 'zod';
import { contact, day, lawyer, namedOffice, note, paperNumber } from '../../model/forms/parts.ts';
import { line, prose } from '../../model/schemas.ts';
import { optional, required } from '../define.ts';
import { ANSWERED, agreedClock, defineLetter, supplementTouch } from '../define-letter.ts';
import type { Procedure } from '../procedure.ts';

/**
 * 律师维权与投诉协查: a bureau, association or firm asks the office at the place of the events or of the registration. No statute gives a period for help across
 * regions: it is agreed. Only a complaint of obstruction to a procuratorate has one (刑诉规则 58).
 */
export const lawyerRights: Procedure = defineLetter({
  type: 'lawyer-rights',
  title: ['lawyer.name', 'matterName'],
  roles: [{ id: 'opener' }, { id: 'lead', offices: ['judicial-bureau', 'procuratorate', 'court', 'other'] }],
  checks: ['lawyer-licence'],
  grounds: [
    { id: 'not-competent', article: '', status: 'unverified', kind: 'redirection' },
    { id: 'registered-elsewhere', article: '司发通〔2017〕23号', status: 'unverified', kind: 'redirection' },
    { id: 'unclear-request', article: '', status: 'unverified', kind: 'refusal' },
    { id: 'handled-already', article: '', status: 'unverified', kind: 'refusal' },
    { id: 'in-proceedings', article: '', status: 'unverified', kind: 'refusal' },
  ],
  request: {
    form: z.strictObject({
      number: paperNumber.optional(),
      /** 维权, 投诉协查, 阻碍执业的控告. */
      matterKind: z.enum(['rights', 'discipline-inquiry', 'obstruction']),
      matterName: line(200),
      lawyer,
      about: prose(8_000),
      happenedOn: day.optional(),
      concernedOffice: namedOffice.optional(),
      urgent: z.boolean(),
      requirement: prose(4_000),
      by: day.optional(),
      contact,
      note: note.optional(),
    }),
    groups: [
      { id: 'applicant', fields: ['lawyer'] },
      { id: 'case', fields: ['number', 'matterKind', 'matterName', 'about', 'happenedOn', 'concernedOffice'] },
      { id: 'request', fields: ['requirement', 'urgent', 'by', 'contact', 'note'] },
    ],
    documents: [
      required('request-letter', { kinds: ['request-letter', 'complaint-letter'] }),
      optional('lawyer-licence'),
      optional('evidence', { many: true }),
    ],
  },
  result: {
    fields: {
      finding: z.enum(['substantiated', 'partly-substantiated', 'unsubstantiated', 'undecided']),
      measures: prose(8_000),
    },
    documents: [optional('evidence', { many: true })],
  },
  clocks: [
    agreedClock,
    {
      id: 'complaint',
      who: 'lead',
      rule: ['yj.gz58.complaint'],
      start: [{ act: 'submit', at: 'received' }],
      end: ANSWERED,
      touched: supplementTouch,
      when: [{ of: 'opening', path: 'matterKind', is: ['obstruction'] }],
    },
  ],
});
