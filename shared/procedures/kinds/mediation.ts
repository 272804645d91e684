import { z } from 'zod';
import { agent, contact, day, name, note, paperNumber, party } from '../../model/forms/parts.ts';
import { line, prose } from '../../model/schemas.ts';
import { notice, optional, required } from '../define.ts';
import { ANSWERED, agreedClock, DECIDED, defineLetter } from '../define-letter.ts';
import type { ClockSpec, Procedure } from '../procedure.ts';

/** 人民调解: parties through counsel, or a court that refers, ask; the mediation organization leads. 人民调解法 17, 20, 28–33. */

const LAW = '人民调解法';
const ofCourt: ClockSpec['when'] = [{ of: 'opening', path: 'route', is: ['court-referral'] }];

export const mediation: Procedure = defineLetter({
  type: 'mediation',
  title: ['parties.0.name', 'dispute'],
  roles: [{ id: 'opener' }, { id: 'lead', offices: ['other', 'judicial-bureau', 'court'] }],
  checks: ['limitation', 'e-signature-exception'],
  grounds: [
    { id: 'party-refuses', article: `${LAW} 第十七条`, status: 'unverified', kind: 'refusal' },
    { id: 'out-of-scope', article: '', status: 'unverified', kind: 'redirection' },
    { id: 'settled-elsewhere', article: '', status: 'unverified', kind: 'refusal' },
    { id: 'not-competent', article: '', status: 'unverified', kind: 'redirection' },
    // 26: no agreement ends the mediation and points to arbitration, administration or court
    { id: 'no-settlement', article: `${LAW} 第二十六条`, status: 'unverified', kind: 'end' },
  ],
  request: {
    form: z.strictObject({
      number: paperNumber.optional(),
      route: z.enum(['court-referral', 'party-application']),
      parties: z.array(party).min(2).max(50),
      agent: agent.optional(),
      dispute: line(200),
      facts: prose(8_000),
      request: prose(4_000),
      limitationOn: day.optional(),
      by: day.optional(),
      contact,
      note: note.optional(),
    }),
    groups: [
      { id: 'applicant', fields: ['parties', 'agent'] },
      { id: 'case', fields: ['number', 'route', 'dispute', 'facts'] },
      { id: 'request', fields: ['request', 'limitationOn', 'by', 'contact', 'note'] },
    ],
    documents: [
      required('mediation-request', { kinds: ['mediation-application', 'referral-letter'] }),
      required('identity', { many: true }),
      required('agent-authority', { when: [{ of: 'form', path: 'agent', present: true }] }),
      optional('evidence', { many: true }),
    ],
  },
  accepted: { mediators: z.array(name).min(1).max(10) },
  result: {
    fields: {
      outcome: z.enum(['settled', 'partly-settled']),
      terms: prose(8_000),
      /** 29, 30: signed, or recorded by the mediator where it was oral. The period for judicial confirmation runs from it. */
      effectiveOn: day.optional(),
    },
    documents: [required('mediation-agreement')],
  },
  clocks: [
    {
      id: 'assign',
      who: 'lead',
      rule: ['tj.zx10.assign'],
      start: [{ act: 'submit', at: 'received' }],
      end: DECIDED,
      when: ofCourt,
    },
    {
      id: 'mediate',
      who: 'lead',
      rule: ['tj.zx24.mediate'],
      start: [{ act: 'accepted', at: { form: 'on' } }],
      end: ANSWERED,
      when: ofCourt,
    },
    {
      id: 'mediate-usually',
      who: 'lead',
      rule: ['tj.gd.month'],
      start: [{ act: 'accepted', at: { form: 'on' } }],
      end: ANSWERED,
      when: [{ of: 'opening', path: 'route', is: ['party-application'] }],
    },
    agreedClock,
  ],
  ownClocks: [
    {
      id: 'confirm',
      who: 'opener',
      rule: ['tj.33.confirm'],
      start: [{ act: 'answered', at: { form: 'effectiveOn' } }],
      end: ['confirmation-applied'],
    },
  ],
  more: [
    notice('confirmation-applied', {
      by: ['opener'],
      moves: [{ from: ['answered'] }],
      fields: { court: line(200), note: note.optional() },
    }),
  ],
});
