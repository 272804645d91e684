import { z } from 'zod';
import {
  article,
  contact,
  day,
  identity,
  lawyer,
  name,
  namedOffice,
  note,
  paperNumber,
  phone,
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
  supplement,
  supplementClock,
  supplementRequest,
  withdraw,
} from '../define.ts';
import type { Condition, Ground, Procedure } from '../procedure.ts';

/**
 * (a) 律师异地阅卷: the lawyer's firm asks, the case-handling office leads and decides, the pick-up office at the place of registration checks originals
 * and hands over. Papers: 阅卷申请书, 律师事务所函, 阅卷承诺书, 阅卷回执.
 */

const PENDING = ['submitted', 'registered', 'first-checked', 'second-checked'];
const OPEN = [
  ...PENDING,
  'supplementing',
  'granted',
  'prepared',
  'pledged',
  'delivered',
  'collected',
  'denied',
  'redirected',
];

/** Who must see the originals first: two offices review, and each signs for itself. */
const namesPickUp = (present: boolean): Condition => ({ of: 'opening', path: 'pickUpOffice.id', present });

/** 刑诉规则 48: permission is asked of defenders who are no lawyers, and of them alone. */
const layman: readonly Condition[] = [{ of: 'opening', path: 'applicant', is: ['other-defender'] }];
const agent: readonly Condition[] = [{ of: 'opening', path: 'role', is: ['litigation-agent'] }];

const RULES = '人民检察院刑事诉讼规则';
const refusalOf48 = (id: string): Ground => ({
  id,
  article: `${RULES} 第四十八条`,
  acts: ['denied'],
  status: 'verified',
  kind: 'refusal',
  when: layman,
});
const grounds: readonly Ground[] = [
  { id: 'credentials-incomplete', article: '律师法 第三十三条', acts: ['denied'], status: 'verified', kind: 'refusal' },
  {
    id: 'agent-not-permitted',
    article: `${RULES} 第五十六条`,
    acts: ['denied'],
    status: 'verified',
    kind: 'refusal',
    when: agent,
  },
  refusalOf48('accomplice-at-large'),
  refusalOf48('facts-unclear'),
  refusalOf48('secrets'),
  refusalOf48('collusion-risk'),
  {
    id: 'before-review',
    article: `${RULES} 第四十七条`,
    acts: ['redirected'],
    status: 'verified',
    kind: 'redirection',
  },
  {
    id: 'no-electronic-dossier',
    article: '依法保障律师阅卷权利工作规定',
    acts: ['redirected'],
    status: 'unverified',
    kind: 'redirection',
  },
  { id: 'case-moved', article: `${RULES} 第四十七条`, acts: ['redirected'], status: 'verified', kind: 'redirection' },
  {
    id: 'court-permission',
    article: '最高人民法院关于适用刑事诉讼法的解释 第六十五条',
    acts: ['redirected'],
    status: 'verified',
    kind: 'redirection',
    when: [...agent, ...layman],
  },
  // Classes that local guides keep offline: on-site review, never a denial
  { id: 'on-site-secret', article: '', acts: ['redirected'], status: 'unverified', kind: 'redirection' },
  { id: 'on-site-minor', article: '', acts: ['redirected'], status: 'unverified', kind: 'redirection' },
  { id: 'on-site-accomplice', article: '', acts: ['redirected'], status: 'unverified', kind: 'redirection' },
  { id: 'on-site-security', article: '', acts: ['redirected'], status: 'unverified', kind: 'redirection' },
  { id: 'on-site-terror', article: '', acts: ['redirected'], status: 'unverified', kind: 'redirection' },
];

const submitForm = z
  .strictObject({
    /** Absent: 律师. A defender who is no lawyer needs permission (48). */
    applicant: z.enum(['lawyer', 'other-defender']).optional(),
    lawyers: z.array(lawyer).min(1).max(2).optional(),
    defender: z.strictObject({ name, identity, relation: line(100), phone }).optional(),
    /** 辩护人 / 诉讼代理人. */
    role: z.enum(['defender', 'litigation-agent']),
    /** 委托 / 法律援助. */
    basis: z.enum(['entrusted', 'legal-aid']),
    party: z.strictObject({
      name: line(100),
      standing: z.enum(['suspect', 'defendant', 'victim', 'other']),
      inCustody: z.boolean().optional(),
    }),
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
  })
  .superRefine(({ applicant, lawyers, defender }, context) => {
    const missing = applicant === 'other-defender' ? defender === undefined : lawyers === undefined;
    const path = [applicant === 'other-defender' ? 'defender' : 'lawyers'];
    if (missing) context.addIssue({ code: 'custom', path, message: 'required' });
  });

const stepFields = {
  number: paperNumber.optional(),
  handler: contact.optional(),
  note: note.optional(),
};

const volumes = z
  .array(z.strictObject({ number: line(40), title: line(200), pages: z.int().min(0).max(1_000_000).optional() }))
  .min(1)
  .max(1_000);

export const fileReview: Procedure = {
  type: 'file-review',
  subtype: '',
  name: 'file-review',
  title: ['party.name', 'charge'],
  roles: [
    { id: 'opener', offices: ['law-firm'] },
    { id: 'lead', offices: ['procuratorate', 'court'] },
    { id: 'pick-up', offices: ['procuratorate', 'court'], path: 'pickUpOffice.id', rest: true },
  ],
  states: [
    { id: 'submitted', kind: 'way' },
    { id: 'registered', kind: 'way' },
    { id: 'supplementing', kind: 'side' },
    { id: 'first-checked', kind: 'way' },
    { id: 'second-checked', kind: 'way' },
    { id: 'granted', kind: 'way' },
    { id: 'prepared', kind: 'way' },
    { id: 'pledged', kind: 'way' },
    { id: 'delivered', kind: 'way' },
    { id: 'collected', kind: 'way' },
    { id: 'denied', kind: 'side' },
    { id: 'redirected', kind: 'side' },
    { id: 'closed', kind: 'final' },
    { id: 'withdrawn', kind: 'final' },
  ],
  sides: ['overdue', 'complaint'],
  grounds,
  checks: ['lawyer-licence', 'state-secret', 'on-site-class', 'stage', 'pick-up-level', 'agent-permission'],
  acts: [
    defineOpening('submitted', {
      form: submitForm,
      groups: [
        { id: 'applicant', fields: ['applicant', 'lawyers', 'defender', 'role', 'basis'] },
        { id: 'case', fields: ['party', 'principal', 'charge', 'caseNumber', 'stage'] },
        { id: 'request', fields: ['mode', 'pickUpOffice', 'scope', 'volumes', 'stateSecret', 'note'] },
      ],
      documents: [
        required('lawyer-licence', { many: true, when: [{ of: 'form', path: 'lawyers', present: true }] }),
        required('firm-letter', { when: [{ of: 'form', path: 'lawyers', present: true }] }),
        // 律师法 33: 委托书 or 法律援助公函
        required('authority', { kinds: ['power-of-attorney', 'legal-aid-letter'] }),
        required('identity', { when: [{ of: 'form', path: 'principal', present: true }] }),
        required('relationship', { when: [{ of: 'form', path: 'principal', present: true }] }),
        optional('reading-application'),
      ],
      papers: ['reading-application', 'firm-letter', 'power-of-attorney'],
    }),
    step('registered', {
      by: ['lead', 'pick-up'],
      moves: [{ from: ['submitted'], to: 'registered' }],
      fields: stepFields,
      papers: ['delivery-proof'],
    }),
    step('first-check', {
      by: ['pick-up'],
      moves: [{ from: ['submitted', 'registered'], to: 'first-checked' }],
      fields: stepFields,
    }),
    step('second-check', {
      moves: [
        { from: ['first-checked'], to: 'second-checked' },
        { from: ['submitted', 'registered'], to: 'second-checked', needs: [namesPickUp(false)] },
      ],
      fields: stepFields,
    }),
    supplementRequest(['lead', 'pick-up'], [{ from: PENDING, to: 'supplementing' }]),
    // What was supplied is looked at anew by both offices
    supplement([{ from: ['supplementing'], to: 'submitted' }]),
    notice('delay-explained', { by: ['lead', 'pick-up'], moves: [{ from: PENDING }], fields: { reason, by: day } }),
    overdue(['opener'], PENDING, 'arrange'),
    decision('granted', {
      moves: [
        { from: ['second-checked'], to: 'granted', settles: ['overdue'] },
        {
          from: ['submitted', 'registered', 'first-checked'],
          to: 'granted',
          needs: [namesPickUp(false)],
          settles: ['overdue'],
        },
      ],
      fields: {
        number: paperNumber.optional(),
        mode: z.enum(['remote', 'online', 'on-site']).optional(),
        volumes: prose(1_000).optional(),
        note: note.optional(),
      },
      papers: ['reading-decision'],
    }),
    decision('denied', {
      moves: [{ from: [...PENDING, 'supplementing'], to: 'denied', settles: ['overdue'] }],
      fields: {
        number: paperNumber.optional(),
        ground: groundOf(grounds, 'denied'),
        reason,
        article: article.optional(),
      },
      papers: ['reading-decision'],
    }),
    decision('redirected', {
      moves: [{ from: [...PENDING, 'supplementing'], to: 'redirected', settles: ['overdue'] }],
      fields: { number: paperNumber.optional(), ground: groundOf(grounds, 'redirected'), reason, redirection },
      papers: ['reading-decision'],
    }),
    // 制卷: what will be handed over is listed, nothing of it is sent before the pledge
    notice('prepared', {
      moves: [{ from: ['granted'], to: 'prepared' }, { from: ['pledged'] }],
      fields: { volumes, note: note.optional() },
    }),
    step('pledge', {
      by: ['opener'],
      moves: [{ from: ['granted', 'prepared'], to: 'pledged' }],
      fields: stepFields,
      documents: [required('pledge')],
      papers: ['pledge'],
    }),
    defineAct({
      id: 'delivered',
      act: 'deliver',
      by: ['lead', 'pick-up'],
      moves: [{ from: ['pledged'], to: 'delivered' }, { from: ['delivered'] }],
      form: z.strictObject({
        on: day,
        volumes,
        /** Text of the watermark on every page. */
        watermark: line(200).optional(),
        passwordSeparately: z.boolean(),
        note: note.optional(),
      }),
      documents: [required('dossier', { many: true })],
      papers: ['delivery-proof'],
    }),
    step('collected', {
      by: ['opener'],
      moves: [{ from: ['delivered'], to: 'collected' }],
      fields: stepFields,
      documents: [optional('reading-receipt')],
      papers: ['reading-receipt'],
    }),
    request('complaint', {
      by: ['opener'],
      moves: [{ from: OPEN, notPending: 'complaint', opens: 'complaint' }],
      fields: { facts: prose(8_000), wanted: prose(2_000) },
      documents: [optional('evidence', { many: true })],
    }),
    decision('complaint-upheld', {
      moves: [
        { from: ['denied', 'redirected'], to: 'registered', pending: 'complaint', settles: ['complaint'] },
        { from: OPEN, pending: 'complaint', settles: ['complaint'] },
      ],
      fields: { reason, number: paperNumber.optional() },
    }),
    decision('complaint-dismissed', {
      moves: [{ from: OPEN, pending: 'complaint', settles: ['complaint'] }],
      fields: { reason, number: paperNumber.optional() },
    }),
    withdraw([...PENDING, 'supplementing', 'granted', 'prepared', 'pledged']),
    close(['lead', 'opener'], ['denied', 'redirected', 'collected']),
  ],
  clocks: [
    {
      id: 'arrange',
      who: 'lead',
      rule: ['yj.gz49.arrange'],
      start: [{ act: 'submit', at: 'received' }],
      end: ['granted', 'denied', 'redirected'],
      touched: [{ cause: 'buzheng', from: ['supplement-request'], to: ['supplement'] }],
      custody: { of: 'opening', path: 'party.inCustody', is: [true] },
    },
    {
      id: 'permit',
      who: 'lead',
      rule: ['yj.gz48.permit'],
      start: [{ act: 'submit', at: 'received' }],
      end: ['granted', 'denied'],
      stop: ['redirected'],
      when: [{ of: 'opening', path: 'applicant', is: ['other-defender'] }],
      custody: { of: 'opening', path: 'party.inCustody', is: [true] },
    },
    {
      id: 'promised',
      who: 'lead',
      rule: null,
      start: [{ act: 'delay-explained', at: 'received', due: 'by' }],
      end: ['granted', 'denied', 'redirected'],
    },
    { ...supplementClock, stop: ['denied', 'redirected'] },
    {
      id: 'complaint',
      who: 'lead',
      rule: ['yj.gz58.complaint'],
      start: [{ act: 'complaint', at: 'received' }],
      end: ['complaint-upheld', 'complaint-dismissed'],
      custody: { of: 'opening', path: 'party.inCustody', is: [true] },
    },
  ],
};
