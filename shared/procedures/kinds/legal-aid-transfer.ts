import { z } from 'zod';
import {
  agent,
  article,
  contact,
  day,
  lawyer,
  moment,
  namedOffice,
  naturalPerson,
  note,
  paperItem,
  paperNumber,
  reason,
  redirection,
} from '../../model/forms/parts.ts';
import { line, prose } from '../../model/schemas.ts';
import {
  close,
  decision,
  deemedWithdrawn,
  defineAct,
  defineOpening,
  groundOf,
  notice,
  optional,
  overdue,
  request,
  required,
  stage,
  step,
  supplement,
  supplementClock,
  supplementRequest,
  withdraw,
} from '../define.ts';
import type { Ground, Procedure } from '../procedure.ts';

/**
 * (b) 法律援助申请转交: the receiving centre registers, lists papers and takes the interview before it opens the matter; the deciding centre leads.
 * Papers of the ministry's forms of 2023-11-10: 二, 四, 五, 六, 九, 十, 十一, 十三, 十八, 二十, 二十一.
 */

const REVIEW = ['submitted', 'registered'];
const ACT = '法律援助法';

const grounds: readonly Ground[] = [
  {
    id: 'out-of-scope',
    article: `${ACT} 第三十一条、第三十二条`,
    acts: ['refused'],
    status: 'verified',
    kind: 'refusal',
  },
  { id: 'means', article: `${ACT} 第四十一条`, acts: ['refused'], status: 'verified', kind: 'refusal' },
  { id: 'identity', article: `${ACT} 第四十三条`, acts: ['refused'], status: 'verified', kind: 'refusal' },
  { id: 'no-jurisdiction', article: `${ACT} 第三十八条`, acts: ['refused'], status: 'verified', kind: 'redirection' },
  { id: 'earlier-centre', article: '', acts: ['refused'], status: 'unverified', kind: 'redirection' },
  { id: 'deception', article: `${ACT} 第四十八条`, acts: ['terminated'], status: 'verified', kind: 'end' },
  { id: 'withheld-facts', article: `${ACT} 第四十八条`, acts: ['terminated'], status: 'verified', kind: 'end' },
  { id: 'unlawful-use', article: `${ACT} 第四十八条`, acts: ['terminated'], status: 'verified', kind: 'end' },
  { id: 'means-changed', article: `${ACT} 第四十八条`, acts: ['terminated'], status: 'verified', kind: 'end' },
  { id: 'case-ended', article: `${ACT} 第四十八条`, acts: ['terminated'], status: 'verified', kind: 'end' },
  { id: 'own-counsel', article: `${ACT} 第四十八条`, acts: ['terminated'], status: 'verified', kind: 'end' },
  { id: 'asked-to-end', article: `${ACT} 第四十八条`, acts: ['terminated'], status: 'verified', kind: 'end' },
];

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

const submitForm = z.strictObject({
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
  /** To the minute where the application came from custody or by a duty lawyer: 24 hours run from it (39). */
  custodyReceivedAt: moment.optional(),
  papers: z.array(paperItem).max(200),
  /** 司法行政部门 that hears objections (49), where it takes part. */
  bureau: namedOffice.optional(),
  note: note.optional(),
});

export const legalAidTransfer: Procedure = {
  type: 'legal-aid',
  subtype: 'transfer',
  name: 'legal-aid-transfer',
  title: ['applicant.name', 'cause'],
  roles: [
    { id: 'opener', offices: ['legal-aid-centre'] },
    { id: 'lead', offices: ['legal-aid-centre'] },
    { id: 'bureau', offices: ['judicial-bureau'], path: 'bureau.id' },
  ],
  states: [
    { id: 'submitted', kind: 'way' },
    { id: 'registered', kind: 'way' },
    { id: 'supplementing', kind: 'side' },
    { id: 'granted', kind: 'way' },
    { id: 'assigned', kind: 'way' },
    { id: 'undertaken', kind: 'way' },
    { id: 'reported', kind: 'way' },
    { id: 'refused', kind: 'side' },
    { id: 'terminated', kind: 'side' },
    { id: 'closed', kind: 'final' },
    { id: 'deemed-withdrawn', kind: 'final' },
    { id: 'withdrawn', kind: 'final' },
  ],
  sides: ['overdue', 'prior-aid', 'objection'],
  grounds,
  checks: ['jurisdiction', 'limitation', 'same-matter', 'resident-id'],
  acts: [
    defineOpening('submitted', {
      form: submitForm,
      groups: [
        { id: 'applicant', fields: ['applicant', 'agent'] },
        { id: 'matter', fields: ['matterKind', 'cause', 'facts', 'handlingAuthority', 'limitationOn', 'urgent'] },
        { id: 'means', fields: ['hardship'] },
        { id: 'reception', fields: ['receivedOn', 'custodyReceivedAt', 'papers', 'bureau', 'note'] },
      ],
      documents: [
        required('identity'),
        required('application'),
        required('means', {
          kinds: ['means-statement', 'exemption-proof'],
        }),
        required('agent-authority', { when: [{ of: 'form', path: 'agent', present: true }] }),
        required('case-materials', { many: true }),
        optional('materials-receipt'),
        optional('interview-record'),
      ],
      papers: ['aid-application', 'materials-receipt'],
    }),
    step('registered', {
      moves: [{ from: ['submitted'], to: 'registered' }],
      fields: {
        number: paperNumber.optional(),
        papers: z.array(paperItem).max(200).optional(),
        handler: contact.optional(),
        note: note.optional(),
      },
      papers: ['materials-receipt'],
    }),
    supplementRequest(['lead'], [{ from: REVIEW, to: 'supplementing' }]),
    supplement([{ from: ['supplementing'], to: 'registered' }]),
    deemedWithdrawn(['lead'], ['supplementing'], 'supplement'),
    // 异地协查: the deciding centre asks another one; the time does not count (程序规定, unverified)
    notice('inquiry-started', { moves: [{ from: REVIEW }], fields: { office: line(200), about: prose(2_000) } }),
    notice('inquiry-ended', { moves: [{ from: [...REVIEW, 'supplementing'] }], fields: { note: note.optional() } }),
    decision('prior-aid', {
      moves: [{ from: [...REVIEW, 'supplementing'], notPending: 'prior-aid', opens: 'prior-aid' }],
      fields: { reason, number: paperNumber.optional() },
    }),
    overdue(['opener'], REVIEW, 'decide'),
    decision('granted', {
      moves: [{ from: [...REVIEW, 'supplementing'], to: 'granted', settles: ['prior-aid', 'overdue'] }],
      fields: {
        number: paperNumber.optional(),
        manner: z.enum(['defence', 'agency', 'advice', 'drafting', 'other']),
        note: note.optional(),
      },
      papers: ['aid-granted'],
    }),
    // A transferred file is not simply bounced: a refusal carries a ground, a reason and a redirection.
    decision('refused', {
      moves: [{ from: [...REVIEW, 'supplementing'], to: 'refused', settles: ['prior-aid', 'overdue'] }],
      fields: {
        number: paperNumber.optional(),
        ground: groundOf(grounds, 'refused'),
        reason,
        article: article.optional(),
        redirection,
        /** 法律援助法 49. */
        objectionTo: line(200).optional(),
      },
      papers: ['aid-refused'],
    }),
    stage('assigned', {
      moves: [{ from: ['granted'], to: 'assigned' }],
      fields: { lawyer, number: paperNumber.optional(), note: note.optional() },
      papers: ['aid-assignment', 'legal-aid-letter'],
    }),
    notice('undertaken', {
      moves: [{ from: ['assigned'], to: 'undertaken' }, { from: ['undertaken'] }],
      fields: { progress: prose(4_000) },
    }),
    stage('case-report', {
      moves: [{ from: ['assigned', 'undertaken'], to: 'reported' }],
      fields: { result: prose(8_000), note: note.optional() },
      papers: ['aid-case-report'],
    }),
    decision('terminated', {
      moves: [{ from: ['granted', 'assigned', 'undertaken'], to: 'terminated' }],
      fields: {
        number: paperNumber.optional(),
        ground: groundOf(grounds, 'terminated'),
        reason,
        article: article.optional(),
      },
      papers: ['aid-terminated'],
    }),
    step('acknowledged', {
      by: ['opener'],
      moves: [{ from: ['granted', 'assigned', 'undertaken', 'reported', 'refused', 'terminated'] }],
      fields: { note: note.optional() },
    }),
    request('objection', {
      by: ['opener'],
      moves: [{ from: ['refused', 'terminated'], notPending: 'objection', opens: 'objection' }],
      fields: { reason },
    }),
    decision('objection-upheld', {
      by: ['bureau', 'lead'],
      moves: [
        { from: ['refused'], to: 'registered', pending: 'objection', settles: ['objection'] },
        { from: ['terminated'], to: 'granted', pending: 'objection', settles: ['objection'] },
      ],
      fields: { reason, number: paperNumber.optional() },
      papers: ['objection-decision'],
    }),
    decision('objection-dismissed', {
      by: ['bureau', 'lead'],
      moves: [{ from: ['refused', 'terminated'], pending: 'objection', settles: ['objection'] }],
      fields: { reason, number: paperNumber.optional() },
      papers: ['objection-decision'],
    }),
    withdraw([...REVIEW, 'supplementing', 'granted']),
    defineAct({
      ...close(['lead'], [], 'closed'),
      moves: [
        {
          from: ['refused', 'terminated', 'assigned', 'undertaken', 'reported'],
          to: 'closed',
          notPending: 'objection',
        },
      ],
    }),
  ],
  clocks: [
    {
      id: 'forward',
      who: 'opener',
      rule: ['fy.39.forward24h'],
      start: [{ act: 'submit', at: { form: 'custodyReceivedAt' } }],
      end: ['submit'],
    },
    {
      id: 'decide',
      who: 'lead',
      rule: ['fy.43.decide'],
      start: [{ act: 'submit', at: 'received' }],
      end: ['granted', 'refused'],
      touched: [
        { cause: 'buzheng', from: ['supplement-request'], to: ['supplement'] },
        { cause: 'xiezuo', from: ['inquiry-started'], to: ['inquiry-ended'] },
      ],
      lapse: 'deemed-withdrawn',
    },
    // 43 as enacted says nothing of a pause: both dates are shown, each with its status
    {
      id: 'decide-strict',
      who: 'lead',
      rule: ['fy.43.decide.nopause'],
      start: [{ act: 'submit', at: 'received' }],
      end: ['granted', 'refused'],
      touched: [{ cause: 'buzheng', from: ['supplement-request'], to: ['supplement'] }],
      lapse: 'deemed-withdrawn',
    },
    { ...supplementClock, stop: ['granted', 'refused'], lapse: 'deemed-withdrawn' },
    {
      id: 'assign',
      who: 'lead',
      rule: ['fy.43.assign'],
      start: [{ act: 'granted', at: { form: 'on' } }],
      end: ['assigned'],
      stop: ['terminated'],
    },
    {
      id: 'objection',
      who: 'bureau',
      rule: ['fy.49.review'],
      start: [{ act: 'objection', at: 'received' }],
      end: ['objection-upheld', 'objection-dismissed'],
    },
  ],
};
