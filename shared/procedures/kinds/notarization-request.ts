import { z } from 'zod';
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
} from '../../model/forms/parts.ts';
import { line, prose } from '../../model/schemas.ts';
import {
  close,
  decision,
  defineAct,
  defineOpening,
  groundOf,
  notice,
  optional,
  overdue,
  request,
  required,
  step,
  supplementClock,
  supplementRequest,
  withdraw,
} from '../define.ts';
import type { Ground, Procedure, ProcedureAct } from '../procedure.ts';

/** (c) 公证申请: the applicant's side opens, the notary office leads. Papers: 公证申请表 (公证程序规则 17), 受理 / 不予受理通知书, 送达回证. */

const BEFORE = ['submitted', 'pre-reviewed'];
/** 审查 after acceptance, and 审批 before issue. */
const REVIEW = ['accepted', 'approving'];
const LAW = '公证法';
const RULES = '公证程序规则';

const refusal = (id: string, item: string): Ground => ({
  id,
  article: `${LAW} 第三十一条第（${item}）项`,
  acts: ['not-accepted', 'refused'],
  status: 'verified',
  kind: 'refusal',
});

const grounds: readonly Ground[] = [
  refusal('no-guardian', '一'),
  refusal('no-interest', '二'),
  refusal('needs-appraisal', '三'),
  refusal('dispute', '四'),
  refusal('falsehood', '五'),
  refusal('insufficient-proof', '六'),
  refusal('untrue-or-illegal', '七'),
  refusal('public-morals', '八'),
  refusal('fee-unpaid', '九'),
  { id: 'out-of-scope', article: `${LAW} 第十一条`, acts: ['not-accepted'], status: 'verified', kind: 'redirection' },
  {
    id: 'no-jurisdiction',
    article: `${LAW} 第二十五条`,
    acts: ['not-accepted'],
    status: 'verified',
    kind: 'redirection',
  },
  {
    id: 'in-person',
    article: `${LAW} 第二十六条；${RULES} 第十一条`,
    acts: ['not-accepted'],
    status: 'verified',
    kind: 'redirection',
  },
  { id: 'six-months', article: `${RULES} 第五十条`, acts: ['terminated'], status: 'unverified', kind: 'end' },
  { id: 'applicant-withdrew', article: `${RULES} 第五十条`, acts: ['terminated'], status: 'unverified', kind: 'end' },
  { id: 'applicant-died', article: `${RULES} 第五十条`, acts: ['terminated'], status: 'unverified', kind: 'end' },
  { id: 'obstruction', article: `${RULES} 第五十条`, acts: ['terminated'], status: 'unverified', kind: 'end' },
];

const submitForm = z.strictObject({
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
  /** 法律援助 recipients pay less (公证法 34). */
  legalAid: z.boolean().optional(),
  appliedOn: day,
  note: note.optional(),
});

const noticeFields = { about: prose(2_000).optional() };

/** Time that does not count (公证法 30): said when it begins and when it is over, and pending in between. */
const excluded = (side: string, stem: string): ProcedureAct[] => [
  notice(`${stem}-started`, { moves: [{ from: REVIEW, notPending: side, opens: side }], fields: noticeFields }),
  notice(`${stem}-ended`, {
    moves: [{ from: [...REVIEW, 'supplementing-accepted'], pending: side, settles: [side] }],
    fields: noticeFields,
  }),
];

const refusalFields = (outcome: string) => ({
  number: paperNumber.optional(),
  ground: groundOf(grounds, outcome),
  reason,
  article: article.optional(),
  redirection: redirection.optional(),
});

export const notarizationRequest: Procedure = {
  type: 'notarization',
  subtype: 'request',
  name: 'notarization-request',
  title: ['applicants.0.name', 'matterName'],
  roles: [
    { id: 'opener', offices: ['law-firm', 'legal-aid-centre', 'notary-office'] },
    { id: 'lead', offices: ['notary-office'] },
  ],
  states: [
    { id: 'submitted', kind: 'way' },
    { id: 'pre-reviewed', kind: 'way' },
    { id: 'supplementing', kind: 'side' },
    { id: 'accepted', kind: 'way' },
    { id: 'supplementing-accepted', kind: 'side' },
    { id: 'approving', kind: 'way' },
    { id: 'issued', kind: 'way' },
    { id: 'delivered', kind: 'way' },
    { id: 'collected', kind: 'way' },
    // 复查 may be asked for within a year: what is archived is not beyond every act
    { id: 'closed', kind: 'way' },
    { id: 'not-accepted', kind: 'side' },
    { id: 'refused', kind: 'side' },
    { id: 'terminated', kind: 'side' },
    { id: 'revoked', kind: 'side' },
    { id: 'withdrawn', kind: 'final' },
    { id: 'ended', kind: 'final' },
  ],
  sides: ['overdue', 'verifying', 'force-majeure', 're-examination'],
  grounds,
  checks: ['in-person', 'e-signature-exception', 'notary-jurisdiction', 'resident-id'],
  acts: [
    defineOpening('submitted', {
      form: submitForm,
      groups: [
        { id: 'applicant', fields: ['applicants', 'agent'] },
        { id: 'matter', fields: ['matterName', 'inPersonOnly', 'use', 'titles'] },
        { id: 'evidence', fields: ['evidence', 'witnesses', 'interestedParties', 'promisedInstead'] },
        { id: 'application', fields: ['legalAid', 'appliedOn', 'note'] },
      ],
      documents: [
        required('identity', { kinds: ['identity', 'entity-licence'], many: true }),
        required('agent-authority', { when: [{ of: 'form', path: 'agent', present: true }] }),
        required('document'),
        required('proof', {
          kinds: ['proof', 'title'],
          many: true,
          when: [{ of: 'form', path: 'promisedInstead', present: false }],
        }),
        required('promise', { when: [{ of: 'form', path: 'promisedInstead', present: true }] }),
        optional('other', { many: true }),
      ],
      papers: ['notarization-application'],
    }),
    step('pre-review', {
      moves: [{ from: ['submitted'], to: 'pre-reviewed' }],
      fields: { handler: contact.optional(), note: note.optional() },
      papers: ['delivery-proof'],
    }),
    supplementRequest(
      ['lead'],
      [
        { from: BEFORE, to: 'supplementing' },
        // After acceptance it pauses the clock and leaves the acceptance in force (公证法 30).
        { from: REVIEW, to: 'supplementing-accepted' },
      ],
    ),
    defineAct({
      id: 'supplement',
      act: 'supplement',
      by: ['opener'],
      moves: [
        { from: ['supplementing'], to: 'submitted' },
        { from: ['supplementing-accepted'], to: 'accepted' },
      ],
      form: commonActs.supplement,
      documents: [optional('supplement', { many: true })],
    }),
    step('accepted', {
      moves: [{ from: BEFORE, to: 'accepted' }],
      fields: { number: paperNumber.optional(), handler: contact.optional(), note: note.optional() },
      papers: ['notarization-accepted'],
    }),
    decision('not-accepted', {
      moves: [{ from: [...BEFORE, 'supplementing'], to: 'not-accepted' }],
      fields: refusalFields('not-accepted'),
      papers: ['notarization-not-accepted'],
    }),
    // 异地核实 by an office elsewhere, a matter of its own (notarization-verification)
    ...excluded('verifying', 'verification'),
    ...excluded('force-majeure', 'force-majeure'),
    notice('approving', {
      moves: [{ from: ['accepted'], to: 'approving', notPending: 'verifying' }],
      fields: { approver: name.optional() },
    }),
    overdue(['opener'], REVIEW, 'issue'),
    decision('issued', {
      moves: [{ from: REVIEW, to: 'issued', notPending: 'verifying', settles: ['overdue', 'force-majeure'] }],
      fields: { certificateNumber: paperNumber, notary: name, approver: name.optional(), note: note.optional() },
    }),
    decision('refused', {
      moves: [
        {
          from: [...REVIEW, 'supplementing-accepted'],
          to: 'refused',
          settles: ['overdue', 'force-majeure', 'verifying'],
        },
      ],
      fields: refusalFields('refused'),
      papers: ['notarization-refused'],
    }),
    decision('terminated', {
      moves: [
        {
          from: [...REVIEW, 'supplementing-accepted'],
          to: 'terminated',
          settles: ['overdue', 'force-majeure', 'verifying'],
        },
      ],
      fields: refusalFields('terminated'),
      papers: ['notarization-terminated'],
    }),
    defineAct({
      id: 'delivered',
      act: 'deliver',
      by: ['lead'],
      moves: [{ from: ['issued'], to: 'delivered' }],
      form: z.strictObject({
        on: day,
        certificates: z
          .array(z.strictObject({ number: paperNumber, title: line(200), copies: z.int().min(1).max(1_000) }))
          .min(1)
          .max(100),
        to: line(200).optional(),
        note: note.optional(),
      }),
      documents: [optional('certificate', { many: true })],
      papers: ['delivery-proof'],
    }),
    step('collected', {
      by: ['opener'],
      moves: [{ from: ['delivered'], to: 'collected' }],
      fields: { note: note.optional() },
    }),
    request('re-examination', {
      by: ['opener'],
      moves: [
        {
          from: ['delivered', 'collected', 'closed', 'refused'],
          notPending: 're-examination',
          opens: 're-examination',
        },
      ],
      fields: { knownOn: day, reason },
      documents: [optional('evidence', { many: true })],
    }),
    decision('re-examination-upheld', {
      moves: [
        {
          from: ['delivered', 'collected', 'closed', 'refused'],
          pending: 're-examination',
          settles: ['re-examination'],
        },
      ],
      fields: { reason, number: paperNumber.optional() },
    }),
    decision('re-examination-correct', {
      moves: [
        {
          from: ['delivered', 'collected', 'closed'],
          to: 'issued',
          pending: 're-examination',
          settles: ['re-examination'],
        },
        { from: ['refused'], to: 'accepted', pending: 're-examination', settles: ['re-examination'] },
      ],
      fields: { reason, number: paperNumber.optional() },
    }),
    decision('re-examination-revoke', {
      moves: [
        {
          from: ['delivered', 'collected', 'closed'],
          to: 'revoked',
          pending: 're-examination',
          settles: ['re-examination'],
        },
      ],
      fields: { reason, number: paperNumber.optional() },
    }),
    withdraw([...BEFORE, 'supplementing', 'accepted', 'approving', 'supplementing-accepted']),
    defineAct({
      ...close(['lead'], []),
      moves: [
        { from: ['delivered', 'collected'], to: 'closed' },
        { from: ['not-accepted', 'refused', 'terminated', 'revoked'], to: 'ended', notPending: 're-examination' },
      ],
    }),
  ],
  clocks: [
    {
      id: 'issue',
      who: 'lead',
      rule: ['gz.30.issue'],
      start: [{ act: 'accepted', at: { form: 'on' } }],
      end: ['issued', 'refused'],
      stop: ['terminated'],
      touched: [
        { cause: 'buzheng', from: ['supplement-request'], to: ['supplement'] },
        { cause: 'heshi', from: ['verification-started'], to: ['verification-ended'] },
        { cause: 'bukekangli', from: ['force-majeure-started'], to: ['force-majeure-ended'] },
      ],
    },
    { ...supplementClock, stop: ['not-accepted', 'refused', 'terminated'] },
    {
      id: 'ask-re-examination',
      who: 'opener',
      rule: ['gz.gz61.review.apply'],
      start: [{ act: 'delivered', at: 'received' }],
      end: ['re-examination'],
    },
    {
      id: 're-examine',
      who: 'lead',
      rule: ['gz.gz64.review.decide'],
      start: [{ act: 're-examination', at: 'received' }],
      end: ['re-examination-upheld', 're-examination-correct', 're-examination-revoke'],
    },
    {
      id: 'correct',
      who: 'lead',
      rule: ['gz.gz64.correct'],
      start: [{ act: 're-examination-correct', at: { form: 'on' } }],
      end: ['delivered'],
      stop: ['refused', 'terminated'],
    },
  ],
};
