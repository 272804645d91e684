import { z } from 'zod';
import { contact, day, namedOffice, note, paperNumber } from '../../model/forms/parts.ts';
import { line, prose } from '../../model/schemas.ts';
import { optional, required } from '../define.ts';
import { agreedClock, defineLetter } from '../define-letter.ts';
import type { Procedure } from '../procedure.ts';

/** 电子卷宗相互查阅: one court or procuratorate asks another for an electronic dossier; the one that keeps it leads. No statutory period: the day is agreed. */
export const dossierReview: Procedure = defineLetter({
  type: 'dossier-review',
  title: ['party', 'caseNumber'],
  roles: [
    { id: 'opener', offices: ['court', 'procuratorate'] },
    { id: 'lead', offices: ['court', 'procuratorate'] },
  ],
  checks: ['on-site-class'],
  grounds: [
    { id: 'not-the-keeper', article: '', status: 'unverified', kind: 'redirection' },
    { id: 'no-electronic-dossier', article: '', status: 'unverified', kind: 'redirection' },
    { id: 'on-site-only', article: '', status: 'unverified', kind: 'redirection' },
    { id: 'purpose-unclear', article: '', status: 'unverified', kind: 'refusal' },
    { id: 'case-in-progress', article: '', status: 'unverified', kind: 'refusal' },
  ],
  request: {
    form: z.strictObject({
      number: paperNumber.optional(),
      /** The case whose dossier is wanted. */
      caseNumber: line(80),
      party: line(100),
      cause: line(200),
      /** The case for which it is wanted. */
      ownCase: line(80),
      purpose: prose(2_000),
      scope: z
        .array(z.enum(['read', 'excerpt', 'copy']))
        .min(1)
        .max(3),
      volumes: prose(1_000).optional(),
      forwardedBy: namedOffice.optional(),
      by: day,
      contact,
      note: note.optional(),
    }),
    groups: [
      { id: 'case', fields: ['number', 'caseNumber', 'party', 'cause', 'ownCase'] },
      { id: 'request', fields: ['purpose', 'scope', 'volumes', 'forwardedBy', 'by', 'contact', 'note'] },
    ],
    documents: [required('review-letter'), optional('handler-permit')],
  },
  result: {
    fields: {
      volumesGiven: z
        .array(z.strictObject({ number: line(40), title: line(200), pages: z.int().min(0).max(1_000_000).optional() }))
        .min(1)
        .max(1_000),
      limits: prose(2_000).optional(),
    },
    documents: [optional('dossier', { many: true })],
  },
  clocks: [agreedClock],
});
