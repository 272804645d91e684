import { z } from 'zod';
import { contact, day, name, note, paperItem, paperNumber } from '../../model/forms/parts.ts';
import { line, prose } from '../../model/schemas.ts';
import { required } from '../define.ts';
import { ANSWERED, DECIDED, defineLetter, supplementTouch } from '../define-letter.ts';
import type { Ground, Procedure } from '../procedure.ts';

/** 司法鉴定委托: an office that handles a case mandates, the appraisal institution leads. Paper: 司法鉴定委托书 (司法鉴定程序通则 11–16). */

const RULES = '司法鉴定程序通则';

const notAccepted = (id: string): Omit<Ground, 'acts'> => ({
  id,
  article: `${RULES} 第十五条`,
  status: 'unverified',
  kind: 'refusal',
});

export const forensicAppraisal: Procedure = defineLetter({
  type: 'forensic-appraisal',
  title: ['subject', 'purpose'],
  roles: [{ id: 'opener' }, { id: 'lead', offices: ['other'] }],
  checks: [],
  grounds: [
    { id: 'out-of-scope', article: `${RULES} 第十五条`, status: 'unverified', kind: 'redirection' },
    notAccepted('materials-incomplete'),
    notAccepted('purpose-illegal'),
    notAccepted('beyond-ability'),
    notAccepted('conflicting-mandate'),
    { id: 'recusal', article: `${RULES} 第二十条`, status: 'unverified', kind: 'refusal' },
    { id: 'materials-lost', article: `${RULES} 第二十九条`, status: 'unverified', kind: 'end' },
    { id: 'fee-unpaid', article: `${RULES} 第二十九条`, status: 'unverified', kind: 'end' },
  ],
  request: {
    form: z.strictObject({
      number: paperNumber.optional(),
      /** 法医, 物证, 声像资料, 环境损害; others by the registration of the institution. */
      appraisalKind: z.enum(['forensic-medicine', 'trace-evidence', 'audio-visual', 'environment', 'other']),
      subject: line(200),
      caseOutline: prose(8_000),
      matters: z.array(prose(2_000)).min(1).max(50),
      materials: z.array(paperItem).max(200),
      /** What it is for (11): a purpose outside proceedings is a ground of refusal. */
      purpose: line(200),
      repeated: z.boolean(),
      contact,
      note: note.optional(),
    }),
    groups: [
      { id: 'case', fields: ['number', 'subject', 'caseOutline', 'purpose'] },
      { id: 'request', fields: ['appraisalKind', 'matters', 'repeated', 'contact', 'note'] },
      { id: 'evidence', fields: ['materials'] },
    ],
    documents: [
      required('appraisal-mandate'),
      required('appraisal-materials', { many: true }),
      required('earlier-opinion', { when: [{ of: 'form', path: 'repeated', is: [true] }], many: true }),
    ],
  },
  // 28: thirty working days run from the day on which the mandate takes effect, not from its arrival.
  accepted: { effectiveOn: day },
  result: {
    fields: { opinion: prose(8_000), experts: z.array(name).min(2).max(10) },
    documents: [required('appraisal-opinion')],
  },
  clocks: [
    {
      id: 'accept',
      who: 'lead',
      rule: ['jd.13.accept'],
      start: [{ act: 'submit', at: 'received' }],
      end: DECIDED,
      touched: supplementTouch,
    },
    {
      id: 'complete',
      who: 'lead',
      rule: ['jd.28.complete'],
      start: [{ act: 'accepted', at: { form: 'effectiveOn' } }],
      end: ANSWERED,
      touched: supplementTouch,
    },
  ],
});
