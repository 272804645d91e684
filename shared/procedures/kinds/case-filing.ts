import { z } from 'zod';
import { agent, contact, day, note, paperItem, paperNumber, party, region } from '../../model/forms/parts.ts';
import { line, prose } from '../../model/schemas.ts';
import { optional, required } from '../define.ts';
import { DECIDED, defineLetter, supplementTouch } from '../define-letter.ts';
import type { ClockSpec, Procedure } from '../procedure.ts';

/** 跨域立案: the court that receives forwards, the competent court leads and decides on filing. It answers for the period, which runs from its own receipt. */

const RULES = '最高人民法院关于人民法院登记立案若干问题的规定';

/** Each kind of action has its own period for the same step. */
const decide = (id: string, rule: string, kinds: readonly string[]): ClockSpec => ({
  id,
  who: 'lead',
  rule: [rule],
  start: [{ act: 'submit', at: 'received' }],
  end: DECIDED,
  touched: supplementTouch,
  when: [{ of: 'opening', path: 'action', is: kinds }],
});

export const caseFiling: Procedure = defineLetter({
  type: 'case-filing',
  title: ['claimants.0.name', 'cause'],
  roles: [
    { id: 'opener', offices: ['court'] },
    { id: 'lead', offices: ['court'] },
  ],
  checks: ['limitation', 'filing-jurisdiction', 'same-matter'],
  grounds: [
    { id: 'no-jurisdiction', article: '民事诉讼法 第一百二十二条', status: 'unverified', kind: 'redirection' },
    { id: 'no-standing', article: '民事诉讼法 第一百二十二条', status: 'unverified', kind: 'refusal' },
    { id: 'no-defendant', article: '民事诉讼法 第一百二十二条', status: 'unverified', kind: 'refusal' },
    { id: 'materials-incomplete', article: `${RULES} 第七条`, status: 'verified', kind: 'refusal' },
    { id: 'arbitration-agreed', article: '民事诉讼法 第一百二十七条', status: 'unverified', kind: 'redirection' },
    { id: 'already-decided', article: '民事诉讼法 第一百二十七条', status: 'unverified', kind: 'refusal' },
    { id: 'not-to-be-filed', article: `${RULES} 第十条`, status: 'unverified', kind: 'refusal' },
  ],
  request: {
    form: z.strictObject({
      number: paperNumber.optional(),
      action: z.enum([
        'civil',
        'administrative',
        'private-prosecution',
        'third-party',
        'execution-objection',
        'execution',
      ]),
      claimants: z.array(party).min(1).max(200),
      defendants: z.array(party).min(1).max(200),
      agent: agent.optional(),
      cause: line(200),
      facts: prose(8_000),
      claims: prose(8_000),
      /** Where the competence lies: 被告住所地, 合同履行地 … */
      connection: line(200),
      connectionRegion: region.optional(),
      materials: z.array(paperItem).max(200),
      /** 申请人 asked the receiving court on this day: what interrupts a limitation is the law's to say. */
      appliedOn: day,
      limitationOn: day.optional(),
      contact,
      note: note.optional(),
    }),
    groups: [
      { id: 'applicant', fields: ['claimants', 'defendants', 'agent'] },
      { id: 'case', fields: ['number', 'action', 'cause', 'facts', 'claims', 'connection', 'connectionRegion'] },
      { id: 'evidence', fields: ['materials', 'appliedOn', 'limitationOn', 'contact', 'note'] },
    ],
    documents: [
      required('pleading', { kinds: ['complaint', 'execution-application'] }),
      required('identity', { kinds: ['identity', 'entity-licence'], many: true }),
      required('agent-authority', { when: [{ of: 'form', path: 'agent', present: true }] }),
      required('execution-title', { when: [{ of: 'form', path: 'action', is: ['execution'] }] }),
      optional('service-address'),
      optional('evidence', { many: true }),
    ],
  },
  accepted: { caseNumber: line(80) },
  result: {
    fields: { feeDue: line(100).optional(), chamber: line(200).optional() },
    documents: [required('filing-notice'), optional('fee-notice')],
  },
  clocks: [
    decide('file', 'ms.126.file', ['civil']),
    decide('file-administrative', 'zs.lian8.administrative', ['administrative']),
    decide('file-private', 'zs.lian8.private', ['private-prosecution']),
    decide('file-third-party', 'zs.lian8.third-party', ['third-party']),
    decide('file-objection', 'zs.lian8.objection', ['execution-objection']),
    decide('file-execution', 'zx.gd.file', ['execution']),
  ],
});
